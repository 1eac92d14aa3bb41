#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <csignal>

#include "tests/ssh/helper_process.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

// A person at a terminal, running the helper in it.
struct Person {
  static constexpr struct InOurSession {
  } in_our_session{};

  Person(const PrivateServer& server, std::vector<std::string> last, InOurSession) {
    int outside = -1;
    int inside = -1;
    EXPECT_EQ(::openpty(&outside, &inside, nullptr, nullptr, nullptr), 0);
    terminal.reset(outside);
    const Descriptor given(inside);
    ::fcntl(outside, F_SETFD, FD_CLOEXEC);
    process = spawn({.program = SSH_HELPER,
                     .arguments = helper_arguments(server, std::move(last)),
                     .descriptors = {{inside, 0}, {inside, 1}, {inside, 2}},
                     .own_group = true});
  }
  Person(const PrivateServer& server, std::vector<std::string> last) {
    auto arguments = helper_arguments(server, std::move(last));
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    winsize size{.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
    int number = -1;
    const pid_t started = ::forkpty(&number, nullptr, nullptr, &size);
    if (started == 0) {
      ::execv(SSH_HELPER, pointers.data());
      ::_exit(127);
    }
    terminal.reset(number);
    process = Child(started, false);
  }
  void type(const std::string& keys) { write_all(terminal.get(), keys); }
  std::string sees(const std::string& text) { return read_until(terminal.get(), text); }
  void resize(unsigned short columns, unsigned short rows) {
    winsize size{.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    ::ioctl(terminal.get(), TIOCSWINSZ, &size);
  }
  // The modes are the same from either end of a pseudo-terminal.
  bool is_in_line_mode() const {
    termios modes{};
    ::tcgetattr(terminal.get(), &modes);
    return (modes.c_lflag & (ICANON | ECHO)) == (ICANON | ECHO);
  }
  Descriptor terminal;
  Child process;
};

std::vector<std::string> command(const std::string& words, const std::string& term_ms = "0") {
  return {term_ms, term_ms == "0" ? "once" : "renewed", "terminal", words};
}

TEST(TerminalSession, GivesTheRemoteSideATerminalOfTheSameSizeAndFollowsIt) {
  Person person(shared_server(), command("stty size; read go; stty size"));
  person.sees("30 100");
  person.resize(120, 40);
  person.type("\r");
  person.sees("40 120");
  EXPECT_EQ(person.process.wait().shell_status(), 0);
  EXPECT_TRUE(person.is_in_line_mode());
}

TEST(TerminalSession, PassesControlCAsAKey) {
  Person person(shared_server(), command("trap 'echo caught; exit 9' INT; echo ready; while :; do sleep 0.1; done"));
  person.sees("ready");
  person.type("\x03");
  person.sees("caught");
  EXPECT_EQ(person.process.wait().shell_status(), 9);
}

TEST(TerminalSession, RunsALoginShell) {
  auto last = command("");
  last.pop_back();
  Person person(shared_server(), last);
  person.type("echo $((40 + 2)); exit 3\r");
  person.sees("42");
  EXPECT_EQ(person.process.wait().shell_status(), 3);
}

TEST(TerminalSession, RestoresTheTerminalWhenASignalEndsIt) {
  Person person(shared_server(), command("echo ready; exec sleep 1000"));
  person.sees("ready");
  EXPECT_FALSE(person.is_in_line_mode());
  person.process.send_signal(SIGTERM);
  EXPECT_EQ(person.process.wait().shell_status(), 128 + SIGTERM);
  EXPECT_TRUE(person.is_in_line_mode());
}

TEST(TerminalSession, RestoresTheTerminalAfterTheCut) {
  auto last = command("echo ready; exec sleep 1000");
  last[0] = "1200";
  Person person(shared_server(), last);
  person.sees("ready");
  person.sees("ended: expired");
  person.process.wait();
  EXPECT_TRUE(person.is_in_line_mode());
}

TEST(TerminalSession, RestoresTheTerminalWhileItIsStoppedAndReturnsToTheSession) {
  // A job of a shell: who leads a session of his own is not stopped, because nobody could continue him.
  Person person(shared_server(), command("echo ready; read line; echo got $line", "60000"), Person::in_our_session);
  person.sees("ready");
  person.process.send_signal(SIGTSTP);
  const auto until = boot_now() + patience;
  while (person.process.poll().kind != ChildStatus::stopped && boot_now() < until) ::poll(nullptr, 0, 2);
  EXPECT_TRUE(person.is_in_line_mode());
  person.process.send_signal(SIGCONT);
  person.type("on\r");
  person.sees("got on");
  EXPECT_EQ(person.process.wait().shell_status(), 0);
}

}  // namespace
}  // namespace gilir
