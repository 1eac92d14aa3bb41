// Names of servers. getaddrinfo is replaced for two hosts only: the name servers of "silent.example" are silent, and
// "kantor_123" is this machine, which not every machine knows as localhost.
#include "core/ssh/resolve.h"

#include <dlfcn.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "tests/fakes/expect_error.h"
#include "tests/ssh/ssh_probe.h"

namespace {

// The end of a pipe that a look-up of the silent host waits at until the other end is closed. It stays open itself,
// for who was left behind and may not have come so far.
std::atomic<int> silence = -1;

}  // namespace

extern "C" int getaddrinfo(const char* host, const char* port, const addrinfo* wanted, addrinfo** found) {
  using Real = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  const bool by_name = wanted != nullptr && (wanted->ai_flags & AI_NUMERICHOST) == 0;
  if (by_name && std::strcmp(host, "kantor_123") == 0) return real("127.0.0.1", port, wanted, found);
  if (!by_name || std::strcmp(host, "silent.example") != 0) return real(host, port, wanted, found);
  char end = 0;
  while (::read(silence, &end, 1) < 0 && errno == EINTR) {
  }
  return EAI_AGAIN;
}

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

struct Resolve : ::testing::Test {
  Resolve() {
    auto pipe = make_pipe();
    silence = pipe.read_end.release();
    speak_ = std::move(pipe.write_end);
  }

  Resolved look_up(const std::string& host, Milliseconds limit = 20s) {
    Supervision supervision(around.control, around.signals, nullptr);
    return resolve(host, 22, boot_now() + limit, supervision);
  }
  Surroundings around;
  Descriptor speak_;
};

TEST_F(Resolve, ReadsAddressesAndNames) {
  EXPECT_TRUE(look_up("127.0.0.1").addresses);
  EXPECT_TRUE(look_up("::1").addresses);
  EXPECT_TRUE(look_up("kantor_123").addresses);
}

TEST_F(Resolve, ConnectsToNamesThatOnlyLocalNetworksHave) {
  auto target = shared_server().target();
  target.host = "kantor_123";
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(target, shared_server().credentials(), around.limits, supervision);
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Resolve, RenewsTheLockWhileNameServersAreSilent) {
  int ticks = 0;
  around.control.on_tick = [&] {
    if (++ticks == 20) speak_.reset();
    return Instruction{.permit = Permit{60s, boot_now()}, .next_tick = boot_now() + 20ms};
  };
  const auto resolved = look_up("silent.example");
  EXPECT_GE(ticks, 20);
  EXPECT_FALSE(resolved.addresses);
  EXPECT_EQ(resolved.problem, ::gai_strerror(EAI_AGAIN));
}

TEST_F(Resolve, GivesUpInTime) {
  const auto started = boot_now();
  const auto resolved = look_up("silent.example", 200ms);
  EXPECT_FALSE(resolved.addresses);
  EXPECT_EQ(resolved.problem, "Connection timed out");
  EXPECT_LT(boot_now() - started, 10s);
}

TEST_F(Resolve, IsEndedByTheCutAndBySignals) {
  around.control.on_tick = [] { return Instruction{.permit = Permit{200ms, boot_now()}}; };
  EXPECT_EQ(thrown_by([&] { look_up("silent.example"); }).code(), ErrorCode::lost);
  around.control.on_tick = [] { return Instruction{}; };
  ::kill(::getpid(), SIGTERM);
  EXPECT_EQ(thrown_by([&] { look_up("silent.example"); }).code(), ErrorCode::interrupted);
}

}  // namespace
}  // namespace gilir
