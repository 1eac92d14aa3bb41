#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/guardian/beside.h"
#include "core/ssh/key_agent.h"
#include "core/ssh/key_file.h"
#include "core/ssh/secret.h"
#include "core/ssh/ssh_parts.h"

namespace gilir {

namespace {

constexpr int most_attempts = 3;
constexpr int most_question_rounds = 10;

using SharedKeyFile = std::shared_ptr<const KeyFile>;

// One login: tries what the credentials offer until the server is satisfied.
//
// Keys are told apart by their public half, and none is offered twice: a server ends the connection after a few
// refusals. Named ones come first, in their order; then the agent's others, those before the rest that are in a default
// file too; then the default files. A key that the agent has is used through it, so that no passphrase is asked for.
class Authentication {
 public:
  Authentication(SshSession::Parts& parts, Supervision& supervision, const Credentials& credentials,
                 const ConnectLimits& limits)
      : parts_(parts),
        session_(parts.session.get()),
        user_(parts.target.user.c_str()),
        supervision_(supervision),
        credentials_(credentials),
        limits_(limits),
        until_(boot_now() + limits.authentication) {}

  void run();

 private:
  bool keys();
  bool named_keys(const std::vector<SharedKeyFile>& files);
  bool agent_keys(const std::vector<SharedKeyFile>& files);
  bool offer(const SharedKeyFile& file);
  bool offer_private(const SharedKeyFile& file);
  bool offer_through_agent(const std::string& path, const std::string& blob);
  bool offer_certified(const std::string& path, ssh_key key);
  const std::vector<std::string>& agent_blobs();
  bool agent_has(const std::string& blob);
  SshKey import(const SharedKeyFile& file, Secret passphrase);
  SshKey ask_passphrase(const SharedKeyFile& file);
  bool is_welcome(const KeyFile& file);

  bool none();
  bool questions();
  bool password();
  bool answer_questions(bool& declined);

  // True when the server is satisfied; a refusal is remembered under `method`.
  bool attempt(const std::string& method, const std::function<int()>& call);
  int call_until_answered(const std::function<int()>& call);
  void note_method(const std::string& method);
  void note_refusal(int answer);
  std::optional<std::string> ask(const Question& question);
  void wait(std::span<pollfd> own, std::optional<BootTime> until);
  bool can_ask() const { return credentials_.prompt != nullptr && credentials_.prompt->can_ask(); }
  bool server_accepts(int method) { return (::ssh_userauth_list(session_, nullptr) & method) != 0; }
  // Not before it has said what it accepts.
  bool server_refuses(int method) {
    const int accepted = ::ssh_userauth_list(session_, nullptr);
    return accepted != 0 && (accepted & method) == 0;
  }
  [[noreturn]] void fail(std::string_view problem);
  [[noreturn]] void fail_at_end();

  SshSession::Parts& parts_;
  ssh_session session_;
  const char* user_;
  Supervision& supervision_;
  const Credentials& credentials_;
  const ConnectLimits& limits_;
  BootTime until_;
  std::optional<KeyAgent> agent_;
  std::optional<std::vector<std::string>> agent_blobs_;
  std::set<std::string> offered_;  // public halves
  std::vector<std::string> methods_tried_;
  std::vector<std::string> keys_tried_;
  std::string unusable_key_;     // why a key that might have helped could not be used
  bool needs_outdated_ = false;  // a key that would need an outdated signature was not offered
  bool is_waiting_ = false;      // for a person or another process
};

void Authentication::run() {
  try {
    if (keys()) return;
    if (methods_tried_.empty() && none()) return;
    if (questions() || password()) return;
  } catch (const ConnectionEnded&) {
    take_last_words(parts_);
    fail_at_end();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::connection_lost || ::ssh_is_connected(session_) != 0) throw;
    fail_at_end();
  }
  fail(unusable_key_);
}

int Authentication::call_until_answered(const std::function<int()>& call) {
  return complete(parts_, supervision_, until_, SSH_AUTH_AGAIN, call);
}

void Authentication::note_method(const std::string& method) {
  if (std::ranges::find(methods_tried_, method) == methods_tried_.end()) methods_tried_.push_back(method);
}

// A server that has not said that it knows signatures of RSA keys with SHA-2 (RFC 8332, §3.1) wants them with SHA-1.
void Authentication::note_refusal(int answer) {
  if (answer != SSH_AUTH_DENIED) return;
  const std::string_view words = ::ssh_get_error(session_);
  if (words.find("'ssh-rsa' is not allowed") == std::string_view::npos) return;
  constexpr std::string_view problem = "the server takes only outdated signatures of RSA keys";
  unusable_key_ = problem;
  needs_outdated_ = true;
}

bool Authentication::attempt(const std::string& method, const std::function<int()>& call) {
  note_method(method);
  const int answer = call_until_answered(call);
  note_refusal(answer);
  if (answer == SSH_AUTH_SUCCESS) parts_.method = method;
  if (answer == SSH_AUTH_ERROR && ::ssh_is_connected(session_) == 0) throw_connection_lost(parts_);
  return answer == SSH_AUTH_SUCCESS;
}

bool Authentication::keys() {
  std::vector<SharedKeyFile> files;
  for (const auto& path : credentials_.key_files) {
    files.push_back(std::make_shared<const KeyFile>(read_key_file(path)));
  }
  if (credentials_.key_files_named && named_keys(files)) return true;
  return agent_keys(files) || std::ranges::any_of(files, [&](const SharedKeyFile& file) { return offer(file); });
}

bool Authentication::named_keys(const std::vector<SharedKeyFile>& files) {
  for (const auto& file : files) {
    // A mistake is told before anything is tried.
    if (!file->problem.empty() && !agent_has(file->blob)) fail(file->problem);
  }
  return std::ranges::any_of(files, [&](const SharedKeyFile& file) { return offer(file); });
}

bool Authentication::agent_keys(const std::vector<SharedKeyFile>& files) {
  const bool in_file_first = std::ranges::any_of(files, [&](const SharedKeyFile& file) {
    return agent_has(file->blob) && offer_through_agent(file->path, file->blob);
  });
  return in_file_first ||
         std::ranges::any_of(agent_blobs(), [&](const std::string& blob) { return offer_through_agent("", blob); });
}

bool Authentication::offer(const SharedKeyFile& file) {
  if (server_refuses(SSH_AUTH_METHOD_PUBLICKEY) || offered_.contains(file->blob)) return false;
  if (file->private_text.text().empty() || file->is_encrypted) {
    if (agent_has(file->blob)) return offer_through_agent(file->path, file->blob);
  }
  if (!file->private_text.text().empty()) return offer_private(file);
  if (!file->is_missing && !file->problem.empty()) unusable_key_ = file->problem;
  if (!file->problem.empty() || !file->path.ends_with(".pub")) return false;
  // The public half was named, as for a key that is in an agent.
  auto other = std::make_shared<const KeyFile>(read_key_file(file->path.substr(0, file->path.size() - 4)));
  if (other->private_text.text().empty() || (!other->blob.empty() && other->blob != file->blob)) {
    unusable_key_ = "the key is not in ssh-agent, and its private half is not beside it: " + file->path;
    return false;
  }
  return offer_private(other);
}

bool Authentication::offer_private(const SharedKeyFile& file) {
  const auto key = file->is_encrypted ? ask_passphrase(file) : import_private_key(*file, Secret());
  if (!key) {
    if (!file->is_encrypted) unusable_key_ = "the key file is damaged: " + file->path;
    return false;
  }
  if (!offered_.insert(public_blob(key.get())).second) return false;
  keys_tried_.push_back(file->path);
  return offer_certified(file->path, key.get());
}

bool Authentication::offer_certified(const std::string& path, ssh_key key) {
  const auto try_key = [&](ssh_key offered) {
    return attempt("publickey", [&] { return ::ssh_userauth_publickey(session_, user_, offered); });
  };
  const auto certificate = import_public_key(read_key_file(path + "-cert.pub").blob);
  if (!certificate) return try_key(key);
  // It signs with the private key under the certificate's name; the bare key is offered after it.
  const SshKey certified(::ssh_key_dup(key));
  if (certified && ::ssh_pki_copy_cert_to_privkey(certificate.get(), certified.get()) == SSH_OK &&
      try_key(certified.get())) {
    return true;
  }
  return try_key(key);
}

bool Authentication::offer_through_agent(const std::string& path, const std::string& blob) {
  if (server_refuses(SSH_AUTH_METHOD_PUBLICKEY) || !offered_.insert(blob).second) return false;
  if (!path.empty()) keys_tried_.push_back(path);
  const auto base = path.ends_with(".pub") ? path.substr(0, path.size() - 4) : path;
  const auto certificate = path.empty() ? std::string() : read_key_file(base + "-cert.pub").blob;
  return std::ranges::any_of(std::vector{certificate, blob}, [&](const std::string& shown) {
    return !shown.empty() && attempt("publickey", [&] {
      // It may wait for a person, for as long as the server does.
      const auto asked_at = boot_now();
      const int answer = agent_->offer(shown, blob);
      until_ += boot_now() - asked_at;
      return answer;
    });
  });
}

const std::vector<std::string>& Authentication::agent_blobs() {
  if (agent_blobs_) return *agent_blobs_;
  agent_blobs_.emplace();
  if (credentials_.agent_socket.empty()) return *agent_blobs_;
  const auto wait_for_agent = [this](std::span<pollfd> own, std::optional<BootTime> until) { wait(own, until); };
  agent_ = KeyAgent::connect(credentials_.agent_socket, session_, user_, wait_for_agent);
  if (!agent_) return *agent_blobs_;
  agent_blobs_ = agent_->blobs(limits_.agent);
  if (agent_->is_silent()) unusable_key_ = "ssh-agent does not answer";
  return *agent_blobs_;
}

bool Authentication::agent_has(const std::string& blob) {
  return !blob.empty() && std::ranges::find(agent_blobs(), blob) != agent_blobs().end();
}

// How long it takes stands in the file.
SshKey Authentication::import(const SharedKeyFile& file, Secret passphrase) {
  struct Work {
    SharedKeyFile file;
    Secret passphrase;
    SshKey key{};
  };
  const auto work = std::make_shared<Work>(Work{file, std::move(passphrase)});
  Beside call([work] { work->key = import_private_key(*work->file, work->passphrase); });
  while (!call.is_over()) {
    pollfd watched{.fd = call.descriptor(), .events = POLLIN, .revents = 0};
    wait({&watched, 1}, std::nullopt);
  }
  return std::move(work->key);
}

SshKey Authentication::ask_passphrase(const SharedKeyFile& file) {
  if (!can_ask()) {
    unusable_key_ = "the key file needs its passphrase, and nobody can be asked: " + file->path;
    return nullptr;
  }
  if (!is_welcome(*file)) return nullptr;
  for (int i = 0; i < most_attempts; ++i) {
    auto answer = ask({.kind = Question::key_passphrase, .subject = file->path});
    if (!answer) return nullptr;
    if (auto key = import(file, Secret(std::move(*answer)))) return key;
  }
  return nullptr;
}

// Would the server take this key? So that no passphrase is asked for in vain. Without its public half: perhaps.
bool Authentication::is_welcome(const KeyFile& file) {
  const auto key = import_public_key(file.blob);
  if (!key) return true;
  keys_tried_.push_back(file.path);
  note_method("publickey");
  const int answer = call_until_answered([&] { return ::ssh_userauth_try_publickey(session_, user_, key.get()); });
  note_refusal(answer);
  if (answer != SSH_AUTH_SUCCESS) offered_.insert(file.blob);
  return answer == SSH_AUTH_SUCCESS;
}

bool Authentication::none() {
  return attempt("none", [&] { return ::ssh_userauth_none(session_, user_); });
}

bool Authentication::questions() {
  if (!can_ask() || !server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  for (int i = 0; i < most_attempts; ++i) {
    int answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, user_, nullptr); });
    for (int round = 0; answer == SSH_AUTH_INFO && round < most_question_rounds; ++round) {
      bool declined = false;
      if (!answer_questions(declined) || declined) return false;
      answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, user_, nullptr); });
    }
    if (attempt("keyboard-interactive", [&] { return answer; })) return true;
    if (!server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  }
  return false;
}

bool Authentication::answer_questions(bool& declined) {
  const auto given = [](const char* text) { return std::string(text == nullptr ? "" : text); };
  const int count = ::ssh_userauth_kbdint_getnprompts(session_);
  Question question{.kind = Question::server_question, .subject = parts_.target.user + "@" + parts_.target.host};
  question.name = given(::ssh_userauth_kbdint_getname(session_));
  question.instruction = given(::ssh_userauth_kbdint_getinstruction(session_));
  if (count == 0 && !(question.name.empty() && question.instruction.empty())) credentials_.prompt->tell(question);
  for (int i = 0; i < count; ++i) {
    char echo = 0;
    question.text = given(::ssh_userauth_kbdint_getprompt(session_, static_cast<unsigned>(i), &echo));
    question.echo = echo != 0;
    auto answer = ask(question);
    declined = !answer;
    if (declined) return false;
    const Secret secret(std::move(*answer));
    if (::ssh_userauth_kbdint_setanswer(session_, static_cast<unsigned>(i), secret.get()) < 0) return false;
    question.name.clear();
    question.instruction.clear();
  }
  return true;
}

bool Authentication::password() {
  const auto subject = parts_.target.user + "@" + parts_.target.host;
  for (int i = 0; i < most_attempts && can_ask() && server_accepts(SSH_AUTH_METHOD_PASSWORD); ++i) {
    auto answer = ask({.kind = Question::password, .subject = subject});
    if (!answer) return false;
    const Secret secret(std::move(*answer));
    if (attempt("password", [&] { return ::ssh_userauth_password(session_, user_, secret.get()); })) return true;
  }
  return false;
}

std::optional<std::string> Authentication::ask(const Question& question) {
  const auto asked_at = boot_now();
  auto answer = credentials_.prompt->ask(question, [&](int descriptor) {
    pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
    while (watched.revents == 0) wait({&watched, 1}, std::nullopt);
  });
  until_ += boot_now() - asked_at;
  return answer;
}

void Authentication::wait(std::span<pollfd> own, std::optional<BootTime> until) {
  is_waiting_ = true;
  wait_beside_server(parts_, supervision_, own, until);
  is_waiting_ = false;
}

void Authentication::fail_at_end() {
  is_at_end(parts_);
  if (const auto words = last_words(parts_); !words.empty()) fail("the server said: " + words);
  if (!parts_.closed_by_server) throw_connection_lost(parts_);
  fail(is_waiting_ ? "the server closed the connection while it waited for an answer"
                   : "the server closed the connection");
}

void Authentication::fail(std::string_view problem) {
  std::vector<std::string> accepted;
  const auto list = static_cast<unsigned>(::ssh_userauth_list(session_, nullptr));
  if ((list & SSH_AUTH_METHOD_PUBLICKEY) != 0) accepted.push_back("publickey");
  if ((list & SSH_AUTH_METHOD_INTERACTIVE) != 0) accepted.push_back("keyboard-interactive");
  if ((list & SSH_AUTH_METHOD_PASSWORD) != 0) accepted.push_back("password");
  auto error = Error(ErrorCode::authentication_failed)
                   .with("server", parts_.target.server)
                   .with("user", parts_.target.user)
                   .with("methods", methods_tried_)
                   .with("accepted", accepted)
                   .with("keys", keys_tried_)
                   .with("problem", problem);
  if (needs_outdated_) error.add("outdated", true);
  throw error;
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
