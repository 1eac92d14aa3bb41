#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "tests/programs.h"
#include "tests/ssh/agent_probe.h"
#include "tests/ssh/ssh_probe.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

struct Authentication : SshTest {
  Error refusal(PrivateServer& at, const Credentials& credentials) {
    return error_of([&] {
      Supervision supervision(around.control, around.signals, nullptr);
      SshSession::open(at.target(), credentials, around.limits, supervision);
    });
  }
  Error refusal(const Credentials& credentials) { return refusal(server, credentials); }

  // Lets the session in or fails, and closes it.
  void log_in(PrivateServer& at, const Credentials& credentials) {
    Supervision supervision(around.control, around.signals, nullptr);
    EXPECT_TRUE(SshSession::open(at.target(), credentials, around.limits, supervision).close_and_confirm());
  }
  void log_in(const Credentials& credentials) { log_in(server, credentials); }

  static Credentials named(const std::vector<std::string>& files) {
    Credentials credentials;
    credentials.key_files = files;
    credentials.key_files_named = true;
    return credentials;
  }
};

TEST_F(Authentication, AsksForThePassphraseOfAKeyThatTheServerWelcomes) {
  PrivateServer other;
  const auto key = other.make_key("locked", "ed25519", "rahasia");
  std::filesystem::copy_file(key + ".pub", other.path("authorized_keys"),
                             std::filesystem::copy_options::overwrite_existing);
  Answers prompt;
  prompt.prepared = {"wrong", "rahasia"};
  auto credentials = other.credentials();
  credentials.key_files = {key};
  credentials.prompt = &prompt;
  Supervision supervision(around.control, around.signals, nullptr);
  EXPECT_TRUE(SshSession::open(other.target(), credentials, around.limits, supervision).close_and_confirm());
  ASSERT_EQ(prompt.asked.size(), 2u);
  EXPECT_EQ(prompt.asked[0].kind, Question::key_passphrase);
  EXPECT_EQ(prompt.asked[0].subject, key);
}

TEST_F(Authentication, AsksForNoPassphraseThatCannotHelp) {
  Answers prompt;
  auto credentials = server.credentials();
  credentials.key_files = {server.make_key("locked-stranger", "ed25519", "rahasia")};
  credentials.prompt = &prompt;
  EXPECT_EQ(refusal(credentials).code(), ErrorCode::authentication_failed);
  EXPECT_TRUE(prompt.asked.empty());
}

TEST_F(Authentication, UsesTheAgentsKeys) {
  Agent agent(server);
  agent.add(server.key_file());
  Credentials credentials;
  credentials.agent_socket = agent.socket();
  log_in(credentials);
}

TEST_F(Authentication, UsesTheCertificateBesideAKey) {
  PrivateServer other({.configuration = ""});
  const auto authority = other.make_key("authority", "ed25519");
  const auto key = other.make_key("certified", "ed25519");
  const auto user = other.target().user;
  SpawnOptions sign{.program = program("ssh-keygen")};
  sign.arguments = {"ssh-keygen", "-q", "-s", authority, "-I", "sari", "-n", user, key + ".pub"};
  ASSERT_EQ(run(sign).status.shell_status(), 0);
  SpawnOptions trust{.program = "sh"};
  trust.arguments = {"sh", "-c",
                     "echo \"cert-authority $(cat " + authority + ".pub)\" > " + other.path("authorized_keys")};
  ASSERT_EQ(run(trust).status.shell_status(), 0);
  auto credentials = other.credentials();
  credentials.key_files = {key};
  Supervision supervision(around.control, around.signals, nullptr);
  EXPECT_TRUE(SshSession::open(other.target(), credentials, around.limits, supervision).close_and_confirm());
  EXPECT_NE(other.log().find("ED25519-CERT"), std::string::npos);
}

TEST_F(Authentication, IsRefusedAtOnceWhenTheServerHasSeenEnoughKeys) {
  PrivateServer strict({.configuration = "MaxAuthTries 2"});
  const auto started = boot_now();
  const auto error = refusal(strict, named({strict.make_key("f1", "ed25519"), strict.make_key("f2", "ed25519"),
                                            strict.make_key("f3", "ed25519"), strict.key_file()}));
  EXPECT_EQ(error.code(), ErrorCode::authentication_failed);
  EXPECT_EQ(error.text("problem"), "the server said: Too many authentication failures");
  EXPECT_EQ(error.text("login_over"), "true");
  EXPECT_LT(boot_now() - started, 10s);
}

TEST_F(Authentication, IsRefusedAtOnceWhenTheAgentHasMoreKeysThanTheServerTakes) {
  Agent agent(server);
  for (int i = 0; i < 7; ++i) agent.add(server.make_key("other-" + std::to_string(i), "ed25519"));
  Credentials credentials;
  credentials.agent_socket = agent.socket();
  const auto started = boot_now();
  EXPECT_EQ(refusal(credentials).text("problem"), "the server said: Too many authentication failures");
  EXPECT_LT(boot_now() - started, 10s);
}

TEST_F(Authentication, OffersANamedKeyFirstWhereverItIs) {
  PrivateServer other;
  Agent agent(other);
  for (int i = 0; i < 7; ++i) agent.add(other.make_key("other-" + std::to_string(i), "ed25519"));
  const auto key = other.make_key("enc", "ed25519", "rahasia");
  other.accept_key(key);
  agent.add(key, {}, "rahasia");
  for (const auto& name : {key, key + ".pub"}) {
    auto credentials = named({name});
    credentials.agent_socket = agent.socket();
    log_in(other, credentials);
  }
  // Its public half is enough, and a key that is in no agent comes before the agent's too.
  std::filesystem::remove(key);
  for (const auto& name : {key + ".pub", other.key_file()}) {
    auto credentials = named({name});
    credentials.agent_socket = agent.socket();
    log_in(other, credentials);
  }
}

TEST_F(Authentication, OffersTheAgentsKeysOfDefaultFilesBeforeItsOthers) {
  PrivateServer other;
  Agent agent(other);
  for (int i = 0; i < 7; ++i) agent.add(other.make_key("other-" + std::to_string(i), "ed25519"));
  const auto key = other.make_key("default", "ed25519", "rahasia");
  other.accept_key(key);
  agent.add(key, {}, "rahasia");
  Credentials credentials;
  credentials.key_files = {other.path("none"), key};
  credentials.agent_socket = agent.socket();
  log_in(other, credentials);
}

TEST_F(Authentication, OffersNoKeyTwice) {
  PrivateServer other({.configuration = "MaxAuthTries 2"});
  Agent agent(other);
  const auto key = other.make_key("stranger", "ed25519");
  agent.add(key);
  auto credentials = named({key, key, key + ".pub"});
  credentials.agent_socket = agent.socket();
  // The second refusal would end the connection.
  const auto error = refusal(other, credentials);
  EXPECT_EQ(error.text("problem"), "");
  EXPECT_EQ(error.detail("accepted"), R"(["publickey"])");
}

TEST_F(Authentication, GoesOnWhereTheServerWantsAnotherStep) {
  PrivateServer careful({.configuration = "AuthenticationMethods publickey,publickey"});
  const auto second = careful.make_key("second", "ed25519");
  careful.accept_key(second);
  log_in(careful, named({careful.make_key("stranger", "ed25519"), careful.key_file(), second}));
  // The first step's key is not the second's.
  const auto error = refusal(careful, named({careful.key_file()}));
  EXPECT_EQ(error.code(), ErrorCode::authentication_failed);
  EXPECT_EQ(error.detail("accepted"), R"(["publickey"])");
}

TEST_F(Authentication, OffersNothingWhereTheServerAsksForNothing) {
  // Behind Match, because the first word on a setting counts.
  PrivateServer open(
      {.configuration = "Match all\nPasswordAuthentication yes\nPermitEmptyPasswords yes", .empty_password = true});
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(open.target(), open.credentials(), around.limits, supervision);
  EXPECT_EQ(session.authenticated_with(), "none");
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Authentication, CountsNoAttemptAgainstAKeyForAskingFirst) {
  PrivateServer strict({.configuration = "MaxAuthTries 1"});
  log_in(strict, strict.credentials());
}

TEST_F(Authentication, TellsTheServersBannerBeforeARefusal) {
  std::ofstream(server.path("banner")) << "Only for the staff.\n";
  PrivateServer closed({.configuration = "DenyUsers *\nBanner " + server.path("banner")});
  std::vector<std::string> heard;
  auto credentials = closed.credentials();
  credentials.hear_banner = [&](const std::string& banner) { heard.push_back(banner); };
  EXPECT_EQ(refusal(closed, credentials).code(), ErrorCode::authentication_failed);
  EXPECT_EQ(heard, std::vector<std::string>{"Only for the staff.\n"});
}

TEST_F(Authentication, UsesTheCertificateBesideAKeyThatIsInTheAgent) {
  PrivateServer other;
  Agent agent(other);
  const auto authority = other.make_key("authority", "ed25519");
  const auto key = other.make_key("certified", "ed25519", "rahasia");
  agent.add(key, {}, "rahasia");
  SpawnOptions sign{.program = program("ssh-keygen")};
  sign.arguments = {"ssh-keygen", "-q", "-s", authority, "-I", "sari", "-n", other.target().user, key + ".pub"};
  ASSERT_EQ(run(sign).status.shell_status(), 0);
  std::ifstream line(authority + ".pub");
  std::ofstream(other.path("authorized_keys")) << "cert-authority " << line.rdbuf();
  auto credentials = named({key});
  credentials.agent_socket = agent.socket();
  log_in(other, credentials);
  EXPECT_NE(other.log().find("ED25519-CERT"), std::string::npos);
}

// ssh-keygen of OpenSSH writes them, libssh crashes on them.
TEST_F(Authentication, SaysWhichKeyFilesItCannotReadAndWhatCan) {
  PrivateServer other;
  for (const std::string cipher : {"aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"}) {
    const auto key = other.make_key(cipher, "ed25519", "rahasia", {"-Z", cipher});
    other.accept_key(key);
    EXPECT_EQ(refusal(other, named({key})).text("problem"),
              "the cipher of the key file cannot be read here, but ssh-agent can; add it with ssh-add: " + key);
    Credentials as_default;
    as_default.key_files = {key};
    EXPECT_NE(refusal(other, as_default).text("problem").find("ssh-agent can"), std::string::npos);
    Agent agent(other);
    agent.add(key, {}, "rahasia");
    auto credentials = named({key});
    credentials.agent_socket = agent.socket();
    log_in(other, credentials);
  }
}

TEST_F(Authentication, SaysWhatIsWrongWithANamedFile) {
  const auto with = [&](const std::string& text) {
    std::ofstream(server.path("wrong")) << text;
    return server.path("wrong");
  };
  const auto problem = [&](const std::string& path) { return refusal(named({path})).text("problem"); };
  EXPECT_EQ(problem(with("")), "the key file is empty: " + server.path("wrong"));
  EXPECT_EQ(
      problem(with("PuTTY-User-Key-File-3: ssh-ed25519\n")),
      "a PuTTY key must be converted first, with puttygen KEY -O private-openssh -o NEW: " + server.path("wrong"));
  EXPECT_EQ(problem(with("hello\n")), "the file is no private key: " + server.path("wrong"));
  EXPECT_EQ(problem(with("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")),
            "the key file is damaged: " + server.path("wrong"));
  EXPECT_EQ(problem(with("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n")),
            "the key file is damaged: " + server.path("wrong"));
  EXPECT_EQ(problem(server.path("home")), "a directory is no key file: " + server.path("home"));
  EXPECT_EQ(problem(server.path("nothing")),
            "the key file cannot be read: " + server.path("nothing") + ": No such file or directory");
  // Nobody writes into it, and nobody waits for that.
  ::mkfifo(server.path("pipe").c_str(), 0600);
  EXPECT_EQ(problem(server.path("pipe")), "the key file is no ordinary file: " + server.path("pipe"));
  const auto alone = server.make_key("alone", "ed25519");
  std::filesystem::remove(alone);
  EXPECT_EQ(problem(alone + ".pub"),
            "the key is not in ssh-agent, and its private half is not beside it: " + alone + ".pub");
}

TEST_F(Authentication, AsksForThePassphraseOfKeysInEveryFormat) {
  PrivateServer other;
  for (const std::string format : {"PEM", "PKCS8", "RFC4716"}) {
    const auto key = other.make_key("locked-" + format, "ecdsa", "rahasia", {"-m", format});
    other.accept_key(key);
    Answers prompt;
    prompt.prepared = {"wrong", "rahasia"};
    auto credentials = named({key});
    credentials.prompt = &prompt;
    log_in(other, credentials);
    EXPECT_EQ(prompt.asked.size(), 2u) << format;
    EXPECT_EQ(refusal(other, named({key})).text("problem"),
              "the key file needs its passphrase, and nobody can be asked: " + key);
  }
}

TEST_F(Authentication, EndsAtOnceWhenTheServerWaitsNoLongerForAnAnswer) {
  struct Silent : Answers {
    std::optional<std::string> ask(const Question& question, const WaitReadable& wait_readable) override {
      asked.push_back(question);
      wait_readable(silence.read_end.get());
      return std::nullopt;
    }
    Pipe silence = make_pipe();
  } prompt;
  PrivateServer hasty({.configuration = "LoginGraceTime 1"});
  const auto key = hasty.make_key("locked", "ed25519", "rahasia");
  hasty.accept_key(key);
  auto credentials = named({key});
  credentials.prompt = &prompt;
  const auto error = refusal(hasty, credentials);
  EXPECT_EQ(prompt.asked.size(), 1u);
  EXPECT_EQ(error.code(), ErrorCode::authentication_failed);
  EXPECT_EQ(error.text("problem"), "the server closed the connection while it waited for an answer");
  EXPECT_EQ(error.text("login_over"), "true");
}

TEST_F(Authentication, KeepsTheLockWhileTheAgentAsksAPerson) {
  const auto asked = server.path("asked");
  const auto answered = server.path("answered");
  Agent agent(server, "touch " + asked + "; while [ ! -e " + answered + " ]; do sleep 0.02; done; exit 0");
  agent.add(server.key_file(), {"-c"});
  int ticks = 0;
  around.control.on_tick = [&] {
    if (std::filesystem::exists(asked) && ++ticks == 5) std::ofstream(answered) << "yes";
    return Instruction{.permit = Permit{10s, boot_now()}, .next_tick = boot_now() + 20ms};
  };
  Credentials credentials;
  credentials.agent_socket = agent.socket();
  log_in(credentials);
  EXPECT_GE(ticks, 5);
}

TEST_F(Authentication, IsEndedBySignalsAndByTheCutWhileTheAgentAsksAPerson) {
  const auto end_while_asking = [&](const std::function<Instruction()>& end) {
    const auto asked = server.path("asked-again");
    std::filesystem::remove(asked);
    Agent agent(server, "touch " + asked + "; while kill -0 $PPID; do sleep 0.1; done");
    agent.add(server.key_file(), {"-c"});
    Credentials credentials;
    credentials.agent_socket = agent.socket();
    around.control.on_tick = [&] {
      auto instruction = std::filesystem::exists(asked) ? end() : Instruction{};
      instruction.next_tick = boot_now() + 20ms;
      return instruction;
    };
    return refusal(credentials);
  };
  const auto by_signal = [] {
    ::kill(::getpid(), SIGTERM);
    return Instruction{};
  };
  EXPECT_EQ(end_while_asking(by_signal).code(), ErrorCode::interrupted);
  EXPECT_EQ(end_while_asking([] { return Instruction{.lost = true, .because = "stolen"}; }).text("because"), "stolen");
}

TEST_F(Authentication, GoesOnWithoutAnAgentThatHangs) {
  Agent agent(server);
  agent.add(server.key_file());
  agent.stop();
  Credentials credentials;
  credentials.agent_socket = agent.socket();
  around.control.on_tick = [&] {
    ::kill(::getpid(), SIGTERM);
    return Instruction{};
  };
  EXPECT_EQ(refusal(credentials).code(), ErrorCode::interrupted);
  around.control.on_tick = [] { return Instruction{}; };
  around.limits.agent = 300ms;
  EXPECT_EQ(refusal(credentials).text("problem"), "ssh-agent does not answer");
  credentials.key_files = {server.key_file()};
  log_in(credentials);
}

}  // namespace
}  // namespace gilir
