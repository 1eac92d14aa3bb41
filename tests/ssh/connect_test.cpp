#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <csignal>

#include "core/ssh/tcp_connect.h"
#include "tests/ssh/ssh_probe.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

struct Connect : SshTest {
  Error connect_error(const SshTarget& target, const Credentials& credentials) {
    return error_of([&] {
      Supervision supervision(around.control, around.signals, nullptr);
      SshSession::open(target, credentials, around.limits, supervision);
    });
  }
  Error connect_error(const SshTarget& target) { return connect_error(target, server.credentials()); }
};

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// Accepts connections into a queue and never says a word.
struct SilentServer {
  explicit SilentServer(int backlog) : listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener.get(), backlog);
    target = {.server = "kantor-9", .host = "127.0.0.1", .port = port_of(listener.get()), .user = "nobody"};
  }
  // Fills the queue: from now on the kernel drops what comes, as a black hole does.
  void fill_queue() {
    for (int i = 0; i < 4; ++i) {
      queued.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(target.port);
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      ::connect(queued.back().get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
  }
  Descriptor listener;
  std::vector<Descriptor> queued;
  SshTarget target;
};

TEST_F(Connect, IsLetInWithTheNamedKey) {
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = open(supervision);
  EXPECT_EQ(session.authenticated_with(), "publickey");
  EXPECT_EQ(session.host_key().line() + " test\n", server.host_key());
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Connect, ConfirmsTheCloseOnlyWhenTheServerHasRecordedIt) {
  for (int i = 0; i < 5; ++i) {
    const auto before = server.log().size();
    EXPECT_TRUE(run_command("true").was_confirmed);
    const auto log = server.log().substr(before);
    EXPECT_NE(log.find("Disconnected from user"), std::string::npos) << log;
    EXPECT_NE(log.find("do_cleanup"), std::string::npos) << log;
  }
}

TEST_F(Connect, LogsInUnderNamesOfEveryKindOfDirectory) {
  for (const auto& user : {std::string("CORP\\siti"), std::string("siti@corp.local"), std::string("siti+ops"),
                           std::string("Siti Rahma"), std::string(40, 's')}) {
    PrivateServer other({.user = user});
    Supervision supervision(around.control, around.signals, nullptr);
    EXPECT_TRUE(SshSession::open(other.target(), other.credentials(), around.limits, supervision).close_and_confirm())
        << user;
  }
}

TEST_F(Connect, RefusesAnUnknownHostKeyAndShowsItsFingerprint) {
  auto target = server.target();
  target.host_key.clear();
  const auto error = connect_error(target);
  EXPECT_EQ(error.code(), ErrorCode::host_key_unknown);
  EXPECT_EQ(error.text("fingerprint"), parse_host_key(server.host_key()).fingerprint);
  EXPECT_EQ(error.text("type"), "ssh-ed25519");
  EXPECT_EQ(error.text("server"), "kantor-123");
}

TEST_F(Connect, RefusesAnotherKeyOfTheSameType) {
  PrivateServer other;
  auto target = server.target();
  target.host_key = other.host_key();
  const auto error = connect_error(target);
  EXPECT_EQ(error.code(), ErrorCode::host_key_changed);
  EXPECT_EQ(error.text("fingerprint"), parse_host_key(server.host_key()).fingerprint);
  EXPECT_EQ(error.text("expected"), parse_host_key(other.host_key()).fingerprint);
}

TEST_F(Connect, RefusesAServerThatNoLongerHasAKeyOfThePinnedType) {
  PrivateServer other({.host_key_type = "rsa"});
  auto target = server.target();
  target.host_key = other.host_key();
  const auto error = connect_error(target);
  EXPECT_EQ(error.code(), ErrorCode::host_key_changed);
  EXPECT_EQ(error.text("fingerprint"), parse_host_key(server.host_key()).fingerprint);
}

TEST_F(Connect, AcceptsPinnedKeysOfEveryType) {
  for (const std::string type : {"rsa", "ecdsa"}) {
    PrivateServer other({.host_key_type = type});
    Supervision supervision(around.control, around.signals, nullptr);
    auto session = SshSession::open(other.target(), other.credentials(), around.limits, supervision);
    EXPECT_TRUE(session.close_and_confirm()) << type;
  }
}

TEST_F(Connect, SaysWhichAlgorithmsOfAnOldServerAreOutdated) {
  const auto problem = [&](const std::string& configuration) {
    PrivateServer old({.host_key_type = "rsa", .configuration = configuration});
    const auto error = connect_error(old.target(), old.credentials());
    EXPECT_EQ(error.code(), ErrorCode::connection_lost);
    EXPECT_EQ(error.text("outdated"), "true");
    return error.text("problem");
  };
  EXPECT_EQ(problem("KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1"),
            "the server has only outdated key exchanges: diffie-hellman-group14-sha1,diffie-hellman-group1-sha1");
  EXPECT_EQ(problem("Ciphers aes128-cbc,3des-cbc"), "the server has only outdated ciphers: aes128-cbc,3des-cbc");
  EXPECT_EQ(problem("Ciphers aes128-ctr\nMACs hmac-sha1"),
            "the server has only outdated message authentication codes: hmac-sha1");
  EXPECT_EQ(problem("HostKeyAlgorithms ssh-rsa"), "the server has only outdated signatures of its host key: ssh-rsa");
}

TEST_F(Connect, LogsInAtAnOldServerThatMayBeOld) {
  for (const std::string exchange :
       {"diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1"}) {
    PrivateServer old({.host_key_type = "rsa",
                       .configuration = "KexAlgorithms " + exchange +
                                        "\nCiphers aes128-cbc\nMACs hmac-sha1\nHostKeyAlgorithms ssh-rsa"});
    auto target = old.target();
    target.legacy = true;
    Supervision supervision(around.control, around.signals, nullptr);
    auto session = SshSession::open(target, old.credentials(), around.limits, supervision);
    EXPECT_TRUE(session.close_and_confirm()) << exchange;
  }
}

TEST_F(Connect, UsesTodaysAlgorithmsAtAServerThatMayBeOldAndIsNot) {
  PrivateServer mended({.host_key_type = "rsa"});
  auto target = mended.target();
  target.legacy = true;
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(target, mended.credentials(), around.limits, supervision);
  EXPECT_TRUE(session.close_and_confirm());
  const auto log = mended.log();
  EXPECT_NE(log.find("kex: algorithm: curve25519-sha256"), std::string::npos) << log;
  EXPECT_NE(log.find("kex: host key algorithm: rsa-sha2-512"), std::string::npos) << log;
  EXPECT_NE(log.find("cipher: aes128-gcm@openssh.com"), std::string::npos) << log;
}

TEST_F(Connect, HintsAtNothingWhereOldAlgorithmsWouldNotHelpEither) {
  PrivateServer old({.configuration = "MACs umac-64@openssh.com\nCiphers aes128-ctr"});
  const auto error = connect_error(old.target(), old.credentials());
  EXPECT_TRUE(error.text("problem").starts_with(
      "the server and gilir share no message authentication code: umac-64@openssh.com (gilir: hmac-"))
      << error.text("problem");
  EXPECT_EQ(error.text("outdated"), "");
}

TEST_F(Connect, TakesTheLongestGroup) {
  PrivateServer other({.configuration = "KexAlgorithms diffie-hellman-group18-sha512"});
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(other.target(), other.credentials(), around.limits, supervision);
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Connect, CallsNothingOutdatedThatIsNewer) {
  PrivateServer newer({.configuration = "KexAlgorithms sntrup761x25519-sha512@openssh.com"});
  const auto exchange = connect_error(newer.target(), newer.credentials());
  EXPECT_TRUE(exchange.text("problem").starts_with(
      "the server and gilir share no key exchange: sntrup761x25519-sha512@openssh.com (gilir: curve25519-sha256,"))
      << exchange.text("problem");
  EXPECT_EQ(exchange.text("outdated"), "");
}

TEST_F(Connect, FetchesAHostKeyWithoutALogin) {
  const auto before = server.log().size();
  Supervision supervision(around.control, around.signals, nullptr);
  const auto key = fetch_host_key(server.target(), around.limits, supervision);
  EXPECT_EQ(key.line() + " test\n", server.host_key());
  EXPECT_EQ(server.log().substr(before).find("Accepted"), std::string::npos);
}

TEST_F(Connect, SaysWhichWaysOfLoginWereTriedAndAreAccepted) {
  auto credentials = server.credentials();
  credentials.key_files = {server.make_key("stranger", "ed25519")};
  const auto error = connect_error(server.target(), credentials);
  EXPECT_EQ(error.code(), ErrorCode::authentication_failed);
  EXPECT_EQ(error.detail("methods"), R"(["publickey"])");
  EXPECT_EQ(error.detail("accepted"), R"(["publickey"])");
  EXPECT_EQ(error.text("user"), server.target().user);
  EXPECT_EQ(error.text("login_over"), "true");
}

TEST_F(Connect, TriesTheNextKeyAfterARefusal) {
  auto credentials = server.credentials();
  credentials.key_files = {server.make_key("first", "ecdsa"), server.key_file()};
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(server.target(), credentials, around.limits, supervision);
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Connect, SkipsDefaultKeysThatAreMissingButNotNamedOnes) {
  auto credentials = server.credentials();
  credentials.key_files = {"/nowhere/id_ed25519", server.key_file()};
  EXPECT_EQ(connect_error(server.target(), credentials).code(), ErrorCode::authentication_failed);
  credentials.key_files_named = false;
  Supervision supervision(around.control, around.signals, nullptr);
  EXPECT_TRUE(SshSession::open(server.target(), credentials, around.limits, supervision).close_and_confirm());
}

TEST_F(Connect, EndsALoginThatASignalInterrupts) {
  struct Interrupted : Answers {
    std::optional<std::string> ask(const Question&, const WaitReadable& wait_readable) override {
      ::kill(::getpid(), SIGTERM);
      wait_readable(silence.read_end.get());
      return std::nullopt;
    }
    Pipe silence = make_pipe();
  } prompt;
  auto credentials = server.credentials();
  credentials.key_files = {server.make_key("locked-alone", "ecdsa", "rahasia", {"-m", "PEM"})};
  std::filesystem::remove(credentials.key_files.front() + ".pub");
  credentials.prompt = &prompt;
  const auto error = connect_error(server.target(), credentials);
  EXPECT_EQ(error.code(), ErrorCode::interrupted);
  EXPECT_EQ(error.text("login_over"), "true");
}

TEST_F(Connect, SaysThatNobodyListens) {
  auto target = server.target();
  target.port = free_port();
  const auto error = connect_error(target);
  EXPECT_EQ(error.code(), ErrorCode::connect_failed);
  EXPECT_EQ(error.text("problem"), "Connection refused");
  EXPECT_EQ(error.text("address"), "127.0.0.1:" + std::to_string(target.port));
}

TEST_F(Connect, SaysThatTheHostHasNoAddress) {
  auto target = server.target();
  target.host = "no-such-host.invalid";
  EXPECT_EQ(connect_error(target).code(), ErrorCode::connect_failed);
}

TEST_F(Connect, GivesUpWithinTwoMinutesOnANetworkThatAcknowledgesNothing) {
  Supervision supervision(around.control, around.signals, nullptr);
  const auto socket = tcp_connect(server.target(), 5s, supervision);
  int limit_ms = 0;
  socklen_t size = sizeof limit_ms;
  ASSERT_EQ(::getsockopt(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit_ms, &size), 0);
  EXPECT_EQ(limit_ms, 120'000);
}

TEST_F(Connect, GivesUpOnABlackHoleInTime) {
  SilentServer hole(0);
  hole.fill_queue();
  around.limits.connect = 300ms;
  const auto started = boot_now();
  const auto error = connect_error(hole.target);
  EXPECT_EQ(error.code(), ErrorCode::connect_failed);
  EXPECT_EQ(error.text("problem"), "Connection timed out");
  EXPECT_LT(boot_now() - started, 2s);
}

TEST_F(Connect, GivesUpOnAServerThatSaysNothing) {
  SilentServer silent(5);
  around.limits.handshake = 300ms;
  const auto error = connect_error(silent.target);
  EXPECT_EQ(error.code(), ErrorCode::connection_lost);
  EXPECT_EQ(error.text("problem"), "the server did not answer in time");
}

TEST_F(Connect, IsEndedBySignals) {
  SilentServer silent(5);
  ::kill(::getpid(), SIGINT);
  const auto error = connect_error(silent.target);
  EXPECT_EQ(error.code(), ErrorCode::interrupted);
  EXPECT_EQ(error.text("signal"), std::to_string(SIGINT));
}

TEST_F(Connect, IsEndedByTheCut) {
  SilentServer silent(5);
  around.control.on_tick = [] { return Instruction{.permit = Permit{300ms, boot_now()}}; };
  const auto error = connect_error(silent.target);
  EXPECT_EQ(error.code(), ErrorCode::lost);
  EXPECT_EQ(error.text("because"), "expired");
}

}  // namespace
}  // namespace gilir
