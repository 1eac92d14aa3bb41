// What runs under a lock in the contention test: it uses a server, and writes down for itself that it does.
//
//   contention_holder DIRECTORY MILLISECONDS [stubborn] [family]
//
// DIRECTORY/record gets one line when the use begins and one when it ends by itself, each in a single write to
// a file opened with O_APPEND:
//
//   start BOOT_NS PID GROUP PARENT AGENT SERVERS LEASES HOLDS TOKENS     (several servers: separated by commas)
//   end BOOT_NS PID
//
// DIRECTORY/SERVER.N is the N-th seat of SERVER. It is kept with flock(2) while this process or any of its
// children lives: the kernel gives it up with the last of them, however they die, so a seat that is found taken
// was taken by something alive. Then the line begins with "overlap" instead, and the process ends.
//
// stubborn: TERM is ignored. family: a child of the same group goes on after this process, as long again.
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

namespace {

std::int64_t boot_ns() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void sleep_ms(long milliseconds) {
  timespec left{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
  while (nanosleep(&left, &left) != 0) {
  }
}

// Values of several servers are separated by blanks; in a line of the record by commas.
std::string given(const char* name) {
  const char* value = std::getenv(name);
  std::string text = value == nullptr || *value == '\0' ? "-" : value;
  for (char& c : text) {
    if (c == ' ') c = ',';
  }
  return text;
}

class Record {
 public:
  explicit Record(const std::string& path)
      : file_(open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {}
  bool write(const std::string& line) const {
    return ::write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  }

 private:
  int file_;
};

// True when one seat of the server was free and is this process's now.
bool take_seat(const std::string& directory, const std::string& server) {
  for (int number = 0;; ++number) {
    const auto path = directory + "/" + server + "." + std::to_string(number);
    const int seat = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (seat < 0) return false;
    if (flock(seat, LOCK_EX | LOCK_NB) == 0) return true;
    close(seat);
  }
}

bool take_seats(const std::string& directory, const std::string& servers) {
  std::istringstream names(servers);
  for (std::string server; std::getline(names, server, ',');) {
    if (!take_seat(directory, server)) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const std::string directory = arguments[1];
  const long milliseconds = std::atol(arguments[2]);
  bool family = false;
  for (int i = 3; i < count; ++i) {
    if (std::string_view(arguments[i]) == "stubborn") signal(SIGTERM, SIG_IGN);
    if (std::string_view(arguments[i]) == "family") family = true;
  }
  const Record record(directory + "/record");
  const auto servers = given("GILIR_SERVER");
  const bool alone = take_seats(directory, servers);
  std::ostringstream line;
  line << (alone ? "start " : "overlap ") << boot_ns() << ' ' << getpid() << ' ' << getpgrp() << ' ' << getppid() << ' '
       << given("GILIR_AGENT") << ' ' << servers << ' ' << given("GILIR_LEASE") << ' ' << given("GILIR_HOLD") << ' '
       << given("GILIR_TOKEN") << '\n';
  if (!record.write(line.str())) return 3;
  if (!alone) return 4;
  sleep_ms(milliseconds);
  const auto ended = "end " + std::to_string(boot_ns()) + " " + std::to_string(getpid()) + "\n";
  if (family && fork() == 0) {
    sleep_ms(milliseconds);
    _exit(0);
  }
  return record.write(ended) ? 0 : 3;
}
