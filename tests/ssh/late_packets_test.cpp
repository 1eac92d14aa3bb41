// The last packets of a session, when they come between two readings: libssh takes in packets for both streams whenever
// one of them is read, so reading the error output is held back here until something has come.
#include <dlfcn.h>
#include <libssh/libssh.h>
#include <poll.h>

#include "tests/ssh/ssh_probe.h"

extern "C" int ssh_channel_read_nonblocking(ssh_channel channel, void* into, std::uint32_t most, int is_error_output) {
  using Real = decltype(&ssh_channel_read_nonblocking);
  static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "ssh_channel_read_nonblocking"));
  if (is_error_output != 0 && ::ssh_channel_is_eof(channel) == 0) {
    pollfd socket{.fd = ::ssh_get_fd(::ssh_channel_get_session(channel)), .events = POLLIN, .revents = 0};
    ::poll(&socket, 1, 1000);
  }
  return real(channel, into, most, is_error_output);
}

namespace gilir {
namespace {

using namespace test;

using LatePackets = SshTest;

TEST_F(LatePackets, AreReadWhenTheServersCloseComesWithThem) {
  for (int round = 0; round < 10; ++round) {
    const auto outcome = run_command("echo the answer");
    EXPECT_EQ(outcome.result.status, 0);
    EXPECT_EQ(outcome.output, "the answer\n");
  }
}

}  // namespace
}  // namespace gilir
