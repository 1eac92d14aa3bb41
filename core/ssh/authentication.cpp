#include <string.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/ssh/ssh_parts.h"

namespace gilir {

namespace {

constexpr int most_attempts = 3;
constexpr int most_question_rounds = 10;

// A secret that does not stay in memory.
class Secret {
 public:
  explicit Secret(std::string text) : text_(std::move(text)) {}
  ~Secret() { ::explicit_bzero(text_.data(), text_.size()); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  const char* get() const { return text_.c_str(); }

 private:
  std::string text_;
};

// One login: tries what the credentials offer until the server is satisfied.
class Authentication {
 public:
  Authentication(SshSession::Parts& parts, Supervision& supervision, const Credentials& credentials,
                 const ConnectLimits& limits)
      : parts_(parts),
        session_(parts.session.get()),
        supervision_(supervision),
        credentials_(credentials),
        until_(boot_now() + limits.authentication) {}

  void run() {
    if (first_named_key() || agent() || key_files()) return;
    if (methods_tried_.empty() && none()) return;
    if (questions() || password()) return;
    fail("");
  }

 private:
  bool first_named_key();
  bool agent();
  bool key_files();
  bool none();
  bool questions();
  bool password();

  bool key_file(const std::string& path, bool may_ask);
  bool try_key(ssh_key key);
  SshKey read_key(const std::string& path, bool may_ask);
  bool is_welcome(const std::string& path);
  bool answer_questions(bool& declined);
  // True when the server is satisfied; a refusal is remembered under `method`.
  bool attempt(const std::string& method, const std::function<int()>& call);
  int call_until_answered(const std::function<int()>& call);
  std::optional<std::string> ask(const Question& question);
  bool can_ask() const { return credentials_.prompt != nullptr && credentials_.prompt->can_ask(); }
  bool server_accepts(int method) { return (::ssh_userauth_list(session_, nullptr) & method) != 0; }
  [[noreturn]] void fail(std::string_view problem);

  SshSession::Parts& parts_;
  ssh_session session_;
  Supervision& supervision_;
  const Credentials& credentials_;
  BootTime until_;
  std::vector<std::string> methods_tried_;
  std::vector<std::string> keys_tried_;
};

int Authentication::call_until_answered(const std::function<int()>& call) {
  return complete(parts_, supervision_, until_, SSH_AUTH_AGAIN, call);
}

bool Authentication::attempt(const std::string& method, const std::function<int()>& call) {
  const int answer = call_until_answered(call);
  if (std::find(methods_tried_.begin(), methods_tried_.end(), method) == methods_tried_.end()) {
    methods_tried_.push_back(method);
  }
  if (answer == SSH_AUTH_SUCCESS) parts_.method = method;
  if (answer == SSH_AUTH_ERROR && !::ssh_is_connected(session_)) {
    // sshd ends the connection after MaxAuthTries refusals; that is a refusal too.
    if (std::string_view(::ssh_get_error(session_)).find("Too many auth") != std::string_view::npos) {
      fail("too many attempts were refused");
    }
    throw_connection_lost(parts_);
  }
  return answer == SSH_AUTH_SUCCESS;
}

// The fast way: a key that the user named and that needs no passphrase is offered before anything is asked.
bool Authentication::first_named_key() {
  if (!credentials_.key_files_named || credentials_.key_files.size() != 1) return false;
  return key_file(credentials_.key_files.front(), credentials_.agent_socket.empty());
}

bool Authentication::agent() {
  if (credentials_.agent_socket.empty()) return false;
  ::ssh_options_set(session_, SSH_OPTIONS_IDENTITY_AGENT, credentials_.agent_socket.c_str());
  return attempt("publickey", [&] { return ::ssh_userauth_agent(session_, nullptr); });
}

bool Authentication::key_files() {
  return std::any_of(credentials_.key_files.begin(), credentials_.key_files.end(), [&](const std::string& path) {
    const bool was_tried = std::find(keys_tried_.begin(), keys_tried_.end(), path) != keys_tried_.end();
    return !was_tried && key_file(path, true);
  });
}

bool Authentication::key_file(const std::string& path, bool may_ask) {
  if (::access(path.c_str(), R_OK) != 0) {
    if (credentials_.key_files_named) fail("the key file cannot be read: " + path);
    return false;
  }
  auto key = read_key(path, may_ask);
  if (!key) return false;
  keys_tried_.push_back(path);
  const auto certificate_path = path + "-cert.pub";
  ssh_key certificate = nullptr;
  if (::access(certificate_path.c_str(), R_OK) == 0 &&
      ::ssh_pki_import_cert_file(certificate_path.c_str(), &certificate) == SSH_OK) {
    const SshKey owned(certificate);
    // It signs with the private key under the certificate's name; the bare key is offered after it.
    SshKey bare(::ssh_key_dup(key.get()));
    if (::ssh_pki_copy_cert_to_privkey(certificate, key.get()) == SSH_OK && try_key(key.get())) return true;
    if (bare) key = std::move(bare);
  }
  return try_key(key.get());
}

bool Authentication::try_key(ssh_key key) {
  return attempt("publickey", [&] { return ::ssh_userauth_publickey(session_, nullptr, key); });
}

SshKey Authentication::read_key(const std::string& path, bool may_ask) {
  ssh_key key = nullptr;
  if (::ssh_pki_import_privkey_file(path.c_str(), nullptr, nullptr, nullptr, &key) == SSH_OK) return SshKey(key);
  if (!may_ask || !can_ask() || !is_welcome(path)) return nullptr;
  for (int i = 0; i < most_attempts; ++i) {
    auto answer = ask({.kind = Question::key_passphrase, .subject = path, .text = "", .echo = false});
    if (!answer) return nullptr;
    const Secret passphrase(std::move(*answer));
    if (::ssh_pki_import_privkey_file(path.c_str(), passphrase.get(), nullptr, nullptr, &key) == SSH_OK) {
      return SshKey(key);
    }
  }
  return nullptr;
}

// Would the server take this key? So that no passphrase is asked for in vain. Without its public half:
// perhaps.
bool Authentication::is_welcome(const std::string& path) {
  ssh_key key = nullptr;
  if (::ssh_pki_import_pubkey_file((path + ".pub").c_str(), &key) != SSH_OK) return true;
  const SshKey owned(key);
  const int answer = call_until_answered([&] { return ::ssh_userauth_try_publickey(session_, nullptr, key); });
  return answer == SSH_AUTH_SUCCESS;
}

bool Authentication::none() {
  return attempt("none", [&] { return ::ssh_userauth_none(session_, nullptr); });
}

bool Authentication::questions() {
  if (!can_ask() || !server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  for (int i = 0; i < most_attempts; ++i) {
    int answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, nullptr, nullptr); });
    for (int round = 0; answer == SSH_AUTH_INFO && round < most_question_rounds; ++round) {
      bool declined = false;
      if (!answer_questions(declined) || declined) return false;
      answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, nullptr, nullptr); });
    }
    if (attempt("keyboard-interactive", [&] { return answer; })) return true;
    if (!server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  }
  return false;
}

bool Authentication::answer_questions(bool& declined) {
  const int count = ::ssh_userauth_kbdint_getnprompts(session_);
  for (int i = 0; i < count; ++i) {
    char echo = 0;
    const char* words = ::ssh_userauth_kbdint_getprompt(session_, static_cast<unsigned>(i), &echo);
    const auto subject = parts_.target.user + "@" + parts_.target.host;
    auto answer = ask({Question::server_question, subject, words != nullptr ? words : "", echo != 0});
    declined = !answer;
    if (declined) return false;
    const Secret secret(std::move(*answer));
    if (::ssh_userauth_kbdint_setanswer(session_, static_cast<unsigned>(i), secret.get()) < 0) return false;
  }
  return true;
}

bool Authentication::password() {
  const auto subject = parts_.target.user + "@" + parts_.target.host;
  for (int i = 0; i < most_attempts && can_ask() && server_accepts(SSH_AUTH_METHOD_PASSWORD); ++i) {
    auto answer = ask({.kind = Question::password, .subject = subject, .text = "", .echo = false});
    if (!answer) return false;
    const Secret secret(std::move(*answer));
    if (attempt("password", [&] { return ::ssh_userauth_password(session_, nullptr, secret.get()); })) return true;
  }
  return false;
}

std::optional<std::string> Authentication::ask(const Question& question) {
  const auto asked_at = boot_now();
  auto answer = credentials_.prompt->ask(question, [&](int descriptor) {
    pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
    while (watched.revents == 0) {
      supervision_.wait({&watched, 1}, std::nullopt);
      supervision_.throw_if_over();
    }
  });
  until_ += boot_now() - asked_at;
  return answer;
}

void Authentication::fail(std::string_view problem) {
  std::vector<std::string> accepted;
  const auto list = static_cast<unsigned>(::ssh_userauth_list(session_, nullptr));
  if ((list & SSH_AUTH_METHOD_PUBLICKEY) != 0) accepted.push_back("publickey");
  if ((list & SSH_AUTH_METHOD_INTERACTIVE) != 0) accepted.push_back("keyboard-interactive");
  if ((list & SSH_AUTH_METHOD_PASSWORD) != 0) accepted.push_back("password");
  throw Error(ErrorCode::authentication_failed)
      .with("server", parts_.target.server)
      .with("user", parts_.target.user)
      .with("methods", methods_tried_)
      .with("accepted", accepted)
      .with("keys", keys_tried_)
      .with("problem", problem);
}

}  // namespace

std::vector<std::string> default_key_files(const std::string& home) {
  return {home + "/.ssh/id_ed25519", home + "/.ssh/id_ecdsa", home + "/.ssh/id_rsa"};
}

void authenticate(SshSession::Parts& parts, Supervision& supervision, const Credentials& credentials,
                  const ConnectLimits& limits) {
  Authentication(parts, supervision, credentials, limits).run();
}

}  // namespace gilir
