// Whom to connect to, and as whom.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace gilir {

struct SshTarget {
  std::string server{};  // the desk's name for it, for errors
  std::string host{};    // name or address; checked with is_host() by whoever stores it
  std::uint16_t port = 22;
  std::string user{};
  std::string host_key{};  // the pinned key, "type base64"; empty: none is pinned yet
  // Outdated algorithms (SHA-1, CBC) are taken as well, after the others: for a server that has no better.
  bool legacy = false;
};

struct ConnectLimits {
  Milliseconds connect{10'000};         // TCP, over all addresses together
  Milliseconds handshake{15'000};       // version and key exchange
  Milliseconds authentication{60'000};  // in all, the time for answering questions not counted
  Milliseconds agent{5'000};            // for ssh-agent's list of keys, which needs no person
};

// One thing to ask the person at the terminal. Words are made by the caller; what comes from the server is hostile and
// of any length (core/base/text.h).
struct Question {
  enum Kind { key_passphrase, password, server_question } kind = password;
  std::string subject{};      // the key's file, or user@host
  std::string text{};         // the server's own words, for server_question
  std::string name{};         // what stands above the first of several questions: RFC 4256 §3.2
  std::string instruction{};  // what is to be done first, such as an address to open and a code
  bool echo = false;
};

// Asks a person. The one implementation with a terminal is TerminalPrompt (core/ssh/terminal_prompt.h).
class Prompt {
 public:
  // Waits until the descriptor is readable while the permit is kept alive; throws when the wait must end.
  using WaitReadable = std::function<void(int descriptor)>;

  virtual ~Prompt() = default;
  // False in a pipe and with --no-input; then nothing is ever asked.
  virtual bool can_ask() const = 0;
  // A server's name and instruction that ask nothing.
  virtual void tell(const Question& question) = 0;
  // Nothing when the person declines (end of input).
  virtual std::optional<std::string> ask(const Question& question, const WaitReadable& wait_readable) = 0;
};

struct Credentials {
  // Private keys to try, in order. A certificate NAME-cert.pub beside a key is used with it.
  std::vector<std::string> key_files{};
  // True: the names come from the user, so one that cannot be read is an error; a single one is tried first.
  // False: the defaults, of which any may be missing.
  bool key_files_named = false;
  // $SSH_AUTH_SOCK; empty: no agent.
  std::string agent_socket{};
  // May be null: then nothing is asked.
  Prompt* prompt = nullptr;
  // Told each of the server's banners (RFC 4252 §5.4) as soon as it has come, before any error: one may be what the
  // login waits for, an address to open. As it came: hostile, of any length. May be empty.
  std::function<void(const std::string&)> hear_banner{};
};

// ~/.ssh/id_ed25519, id_ecdsa, id_rsa under `home`.
std::vector<std::string> default_key_files(const std::string& home);

}  // namespace gilir
