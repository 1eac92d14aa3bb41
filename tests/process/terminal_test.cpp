#include "core/process/terminal.h"

#include <fcntl.h>
#include <pty.h>

#include <csignal>

#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;

struct Terminal {
  Terminal() {
    int ends[2] = {-1, -1};
    winsize size{.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
    if (::openpty(&ends[0], &ends[1], nullptr, nullptr, &size) != 0) ADD_FAILURE() << "no pseudo-terminal";
    outside.reset(ends[0]);
    inside.reset(ends[1]);
  }
  bool echoes() const {
    termios modes{};
    ::tcgetattr(inside.get(), &modes);
    return (modes.c_lflag & ECHO) != 0;
  }
  Descriptor outside;
  Descriptor inside;
};

TEST(TerminalState, IsRestoredWhenItGoes) {
  Terminal terminal;
  {
    TerminalState state(terminal.inside.get());
    state.make_raw();
    EXPECT_TRUE(state.is_raw());
    EXPECT_FALSE(terminal.echoes());
  }
  EXPECT_TRUE(terminal.echoes());
}

TEST(TerminalState, CanBeRestoredAndMadeRawAgain) {
  Terminal terminal;
  TerminalState state(terminal.inside.get());
  state.make_raw();
  state.restore();
  EXPECT_TRUE(terminal.echoes());
  state.make_raw();
  EXPECT_FALSE(terminal.echoes());
}

TEST(TerminalState, DoesNothingToAPipe) {
  auto pipe = make_pipe();
  TerminalState state(pipe.read_end.get());
  state.make_raw();
  EXPECT_FALSE(state.is_terminal());
  EXPECT_FALSE(state.is_raw());
}

TEST(WindowSize, IsTheTerminals) {
  Terminal terminal;
  EXPECT_EQ(window_size(terminal.inside.get()), (WindowSize{100, 30}));
  EXPECT_EQ(window_size(make_pipe().read_end.get()), std::nullopt);
}

TEST(ForegroundLoan, LetsAChildReadTheTerminalAndTakesItBack) {
  int outside = -1;
  const pid_t process = ::forkpty(&outside, nullptr, nullptr, nullptr);
  ASSERT_GE(process, 0);
  if (process == 0) {
    ::execl(PROCESS_HELPER, PROCESS_HELPER, "lend-the-terminal", nullptr);
    ::_exit(127);
  }
  Descriptor terminal(outside);
  Child child(process, false);
  read_until(outside, "ready");
  write_all(outside, "one\n");
  read_until(outside, "child=one");
  write_all(outside, "two\n");
  read_until(outside, "parent=two status=0");
  EXPECT_EQ(child.wait().shell_status(), 0);
}

}  // namespace
}  // namespace gilir
