// Measures how long a writer waits at a desk's gate while others contend for it: enters and leaves again, about
// thirty times a second, until its standard input ends. Prints the waits in microseconds, one a line.
//
//   contention_gate_probe DESK
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <random>
#include <vector>

#include "core/base/error.h"
#include "core/store/write_gate.h"

namespace {

std::int64_t boot_us() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

bool input_has_ended(int milliseconds) {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&input, 1, milliseconds) > 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    gilir::store::WriteGate gate(std::string(arguments[1]) + "/gate");
    // Irregular, so that it keeps no step with what it measures.
    std::minstd_rand random(1);
    std::uniform_int_distribution<int> pause(10, 55);
    std::vector<std::int64_t> waits;
    while (!input_has_ended(pause(random))) {
      const auto before = boot_us();
      const auto inside = gate.enter(gilir::Seconds{30});
      waits.push_back(boot_us() - before);
    }
    for (const auto wait : waits) std::cout << wait << '\n';
    return std::cout.flush() ? 0 : 1;
  } catch (const gilir::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
