// The last packets of a session, when they come at a moment at which nobody looks for them: libssh takes in what is
// there whenever it has to wait for something. Here that is when the end of input has been sent.
#include <dlfcn.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <poll.h>

#include "tests/ssh/ssh_probe.h"

extern "C" int ssh_channel_send_eof(ssh_channel channel) {
  using Real = decltype(&ssh_channel_send_eof);
  static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "ssh_channel_send_eof"));
  const int answer = real(channel);
  const auto session = ::ssh_channel_get_session(channel);
  while (true) {
    const bool is_sending = (::ssh_get_poll_flags(session) & SSH_WRITE_PENDING) != 0;
    if (::ssh_channel_is_closed(channel) != 0 && !is_sending) break;
    pollfd socket{.fd = ::ssh_get_fd(session), .events = POLLIN, .revents = 0};
    if (is_sending) socket.events = POLLIN | POLLOUT;
    if (::poll(&socket, 1, 200) != 1) break;
    ::ssh_execute_message_callbacks(session);
  }
  return answer;
}

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

struct LatePackets : SshTest {
  LatePackets() {
    around.control.on_tick = [term = Permit{10s, boot_now()}] { return Instruction{.permit = term}; };
  }
};

TEST_F(LatePackets, AreReadWhenTheServersCloseComesWithThem) {
  const auto started = boot_now();
  const auto outcome = run_command("cat; echo the answer", "the question\n");
  EXPECT_LT(boot_now() - started, 9s);
  EXPECT_EQ(outcome.result.status, 0);
  EXPECT_EQ(outcome.output, "the question\nthe answer\n");
  EXPECT_EQ(outcome.error_output, "");
}

TEST_F(LatePackets, EndTheSessionThoughNothingIsToBeReadAnyMore) {
  const auto started = boot_now();
  EXPECT_EQ(run_command("cat >/dev/null; exit 4").result.status, 4);
  EXPECT_LT(boot_now() - started, 9s);
}

}  // namespace
}  // namespace gilir
