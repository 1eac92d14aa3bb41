// An ssh-agent (draft-ietf-sshm-ssh-agent), asked without ever blocking: it may ask a person (ssh-add -c, a security
// key) or may have stopped. libssh can only wait for one, so it is given a socket at whose other end this stands: its
// call runs beside (core/guardian/beside.h), what it asks is passed on, and a signal or the lock's end takes the socket
// away from it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/guardian/supervision.h"
#include "core/process/descriptor.h"
#include "core/ssh/libssh_owners.h"

namespace gilir {

class Beside;

// Waits until one of the descriptors has something, or `until`, serving what must be served; throws when the login has
// to end.
using WaitForAny = std::function<void(std::span<pollfd> own, std::optional<BootTime> until)>;

// Not thread-safe.
class KeyAgent {
 public:
  // `session` is given the near end of the socket, to log `user` in. Nothing when nobody listens at `path`.
  static std::optional<KeyAgent> connect(const std::string& path, ssh_session session, const std::string& user,
                                         const WaitForAny& wait);

  // The public keys and certificates that it has, at most 1,024; none when it does not answer within `limit`.
  std::vector<std::string> blobs(Milliseconds limit);
  // One call of ssh_userauth_agent for one key; SSH_AUTH_AGAIN as libssh means it. `shown` is what the server is shown:
  // the key's own blob, or that of a certificate for it.
  int offer(const std::string& shown, const std::string& blob);
  // It did not answer, or went away.
  bool is_silent() const { return is_silent_; }

 private:
  KeyAgent(Descriptor agent, Descriptor ours, ssh_session session, std::string user, WaitForAny wait)
      : agent_(std::move(agent)),
        ours_(std::move(ours)),
        session_(session),
        user_(std::move(user)),
        wait_(std::move(wait)) {}

  // The agent's answer to one message; nothing when it goes away or `until` comes.
  std::optional<std::string> ask(std::string_view message, std::optional<BootTime> until);
  void serve(const Beside& call, const std::string& shown, const std::string& blob);
  std::string answer_to(std::string_view request, const std::string& shown, const std::string& blob);

  Descriptor agent_;
  Descriptor ours_;
  ssh_session session_;
  std::string user_;
  WaitForAny wait_;
  std::string from_library_;
  bool is_silent_ = false;
};

}  // namespace gilir
