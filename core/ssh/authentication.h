// The login on a connection that stands: authenticate() of core/ssh/ssh_parts.h. Its keys are in
// authentication_keys.cpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ssh/key_agent.h"
#include "core/ssh/key_file.h"
#include "core/ssh/library_log.h"
#include "core/ssh/secret.h"
#include "core/ssh/ssh_parts.h"

namespace gilir {

using SharedKeyFile = std::shared_ptr<const KeyFile>;

// The server has taken this one, and wants another beside it.
struct PartlyLetIn {
  bool by_key = false;
};

// So many times is a person asked for the same thing.
inline constexpr int most_attempts = 3;

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
        log_(session_),
        until_(boot_now() + limits.authentication) {}

  void run();

 private:
  bool other_ways();
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

  // True when the server is satisfied, PartlyLetIn when that was one step; a refusal is remembered under `method`.
  bool attempt(const std::string& method, const std::function<int()>& call);
  int call_until_answered(const std::function<int()>& call);
  void tell_banners();
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
  LoginLog log_;
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

}  // namespace gilir
