#include "core/process/signal_set.h"

#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;

TEST(SignalSet, TurnsSignalsIntoSomethingToPoll) {
  SignalSet signals;
  EXPECT_FALSE(wait_readable(signals.descriptor(), Milliseconds{0}));
  ::kill(::getpid(), SIGTERM);
  EXPECT_TRUE(wait_readable(signals.descriptor()));
  EXPECT_EQ(signals.next(), SIGTERM);
  EXPECT_EQ(signals.next(), std::nullopt);
}

TEST(SignalSet, DropsWhatWasNotReadAndRestoresTheMask) {
  sigset_t before;
  ::sigprocmask(SIG_BLOCK, nullptr, &before);
  {
    SignalSet signals;
    ::kill(::getpid(), SIGTERM);
  }
  sigset_t after;
  ::sigprocmask(SIG_BLOCK, nullptr, &after);
  EXPECT_EQ(::sigismember(&before, SIGTERM), ::sigismember(&after, SIGTERM));
}

TEST(SignalSet, LeavesIgnoredSignalsIgnoredAsUnderNohup) {
  auto pipe = make_pipe();
  SpawnOptions options{.program = "sh"};
  options.arguments = {"sh", "-c", std::string("trap '' HUP; exec ") + PROCESS_HELPER + " listen"};
  options.descriptors = {{pipe.write_end.get(), 1}};
  auto child = spawn(options);
  pipe.write_end.reset();
  EXPECT_EQ(read_line(pipe.read_end.get()), "ready");
  child.send_signal(SIGHUP);
  child.send_signal(SIGINT);
  EXPECT_EQ(read_line(pipe.read_end.get()), std::to_string(SIGINT));
  child.send_signal(SIGTERM);
  EXPECT_EQ(child.wait().shell_status(), 0);
}

TEST(SignalSet, IgnoresPipeWhileItLives) {
  SignalSet signals;
  auto pipe = make_pipe();
  pipe.read_end.reset();
  EXPECT_FALSE(write_all(pipe.write_end.get(), "nobody reads"));
}

}  // namespace
}  // namespace gilir
