#include "core/ssh/ssh_parts.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ssh/host_key_reader.h"
#include "core/ssh/library_log.h"
#include "core/ssh/tcp_connect.h"

namespace gilir {

namespace {

// So many packets may stand between us and the server's last words.
constexpr int most_last_rounds = 64;
// Of a server's algorithms, in an error.
constexpr std::size_t longest_list = 200;

void set(ssh_session session, ssh_options_e option, const void* value) {
  if (::ssh_options_set(session, option, value) != SSH_OK) {
    throw Error(ErrorCode::failed).with("problem", std::string("libssh option: ") + ::ssh_get_error(session));
  }
}

// What is used with every server, in the order of preference, and what stands behind it for one that has no better.
struct Algorithms {
  const char* today;
  const char* outdated;

  std::string list(bool legacy) const { return legacy ? std::string(today) + "," + outdated : today; }
};

// Preferred for speed, with what else a server may insist on behind it; all are in OpenSSH's defaults.
constexpr Algorithms key_exchanges{
    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
    "diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group14-sha1,diffie-hellman-group-exchange-sha1,diffie-hellman-group1-sha1"};
constexpr Algorithms ciphers{
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr",
    "aes256-cbc,aes192-cbc,aes128-cbc,3des-cbc"};
constexpr Algorithms message_codes{
    "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512", "hmac-sha1"};
constexpr Algorithms signatures{
    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256", "ssh-rsa"};
// An RSA key signs with SHA-2 (RFC 8332); every other key type is the name of its own signature.
constexpr Algorithms rsa_signatures{"rsa-sha2-512,rsa-sha2-256", "ssh-rsa"};

// Where no list is set, libssh's own stands, which has nothing that is outdated.
void set_algorithms(ssh_session session, bool legacy, const std::string& pinned_type) {
  const auto choose = [&](ssh_options_e option, const std::string& list) { set(session, option, list.c_str()); };
  choose(SSH_OPTIONS_KEY_EXCHANGE, key_exchanges.list(legacy));
  choose(SSH_OPTIONS_CIPHERS_C_S, ciphers.list(legacy));
  choose(SSH_OPTIONS_CIPHERS_S_C, ciphers.list(legacy));
  if (legacy) {
    choose(SSH_OPTIONS_HMAC_C_S, message_codes.list(true));
    choose(SSH_OPTIONS_HMAC_S_C, message_codes.list(true));
    choose(SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, signatures.list(true));
    choose(SSH_OPTIONS_HOSTKEYS, signatures.list(true));
  }
  if (pinned_type.empty()) return;
  choose(SSH_OPTIONS_HOSTKEYS, pinned_type == "ssh-rsa" ? rsa_signatures.list(legacy) : pinned_type);
}

void set_options(SshSession::Parts& parts, const std::string& pinned_type) {
  auto* session = parts.session.get();
  const bool no = false;
  set(session, SSH_OPTIONS_PROCESS_CONFIG, &no);
  // Nothing in a home is looked at, so there need be none. libssh takes fewer names of hosts and users than systems do:
  // the connection needs no host, because it is there already, and each way of login is told the user.
  set(session, SSH_OPTIONS_SSH_DIR, "/");
  set(session, SSH_OPTIONS_USER, "nobody");
  set_algorithms(session, parts.target.legacy, pinned_type);
  // libssh has this one to itself, and closes it except in ssh_disconnect(): then the process's end does.
  Descriptor own = duplicate_descriptor(parts.socket.get());
  const socket_t number = own.get();
  set(session, SSH_OPTIONS_FD, &number);
  static_cast<void>(own.release());
  ::ssh_set_blocking(session, 0);
}

HostKey server_key(SshSession::Parts& parts) {
  ssh_key shown = nullptr;
  if (::ssh_get_server_publickey(parts.session.get(), &shown) != SSH_OK) throw_connection_lost(parts);
  return describe_key(SshKey(shown).get());
}

Error key_error(ErrorCode code, const SshSession::Parts& parts, const HostKey& shown) {
  return Error(code)
      .with("server", parts.target.server)
      .with("fingerprint", shown.fingerprint)
      .with("type", shown.type);
}

// The desk checked that it is a key; that libssh cannot use it is damage all the same, and not a word typed wrong.
HostKey pinned_key(const SshTarget& target) {
  if (target.host_key.empty()) return {};
  try {
    return parse_host_key(target.host_key);
  } catch (const Error&) {
    throw Error(ErrorCode::damaged).with("server", target.server).with("problem", "the pinned host key cannot be read");
  }
}

// What two sides could not agree on, as libssh tells it: "kex error : no match for method WHAT: server [A,B], client
// […".
struct NoMatch {
  std::string_view what{};
  std::string_view offered{};  // by the server; cut when it is long
  std::string_view ours{};     // likewise, or missing

  bool offers(std::string_view algorithm) const {
    const auto whole = "," + std::string(offered) + ",";
    return whole.find("," + std::string(algorithm) + ",") != std::string::npos;
  }
  bool offers_one_of(std::string_view list) const {
    while (!list.empty()) {
      const auto algorithm = list.substr(0, list.find(','));
      list.remove_prefix(std::min(algorithm.size() + 1, list.size()));
      if (offers(algorithm)) return true;
    }
    return false;
  }
};

std::optional<NoMatch> no_match_of(std::string_view words) {
  constexpr std::string_view before = "no match for method ";
  constexpr std::string_view between = ": server [";
  const auto start = words.find(before);
  const auto list = words.find(between);
  if (start == std::string_view::npos || list == std::string_view::npos || list < start) return std::nullopt;
  NoMatch found;
  found.what = words.substr(start + before.size(), list - start - before.size());
  words.remove_prefix(list + between.size());
  found.offered = words.substr(0, words.find(']'));
  constexpr std::string_view between_ours = "], client [";
  if (const auto client = words.find(between_ours); client != std::string_view::npos) {
    words.remove_prefix(client + between_ours.size());
    found.ours = words.substr(0, words.find(']'));
  }
  return found;
}

// Without what stands in the list of key exchanges and is none (RFC 8308, and OpenSSH's answer to Terrapin).
std::string without_markers(std::string_view list) {
  std::string algorithms;
  while (!list.empty()) {
    const auto algorithm = list.substr(0, list.find(','));
    list.remove_prefix(std::min(algorithm.size() + 1, list.size()));
    if (algorithm.starts_with("kex-strict-") || algorithm.starts_with("ext-info-")) continue;
    algorithms += (algorithms.empty() ? "" : ",") + std::string(algorithm);
  }
  return algorithms;
}

struct Disagreement {
  std::string_view what;     // how libssh's name of it starts
  std::string_view problem;  // the server has some that gilir takes when it is told to
  std::string_view unknown;  // it has none that gilir knows, newer ones perhaps
  const Algorithms& ours;
};

constexpr Disagreement disagreements[] = {
    {.what = "kex",
     .problem = "the server has only outdated key exchanges",
     .unknown = "the server and gilir share no key exchange",
     .ours = key_exchanges},
    {.what = "server",
     .problem = "the server has only outdated signatures of its host key",
     .unknown = "the server and gilir share no signature of its host key",
     .ours = signatures},
    {.what = "encryption",
     .problem = "the server has only outdated ciphers",
     .unknown = "the server and gilir share no cipher",
     .ours = ciphers},
    {.what = "mac",
     .problem = "the server has only outdated message authentication codes",
     .unknown = "the server and gilir share no message authentication code",
     .ours = message_codes},
};

// Hears what libssh writes while this thread shakes hands, for what two sides could not agree on: when the server's
// list of algorithms comes with its banner, libssh goes on to say that the socket had an error, which it had not, and
// ssh_get_error() tells nothing else any more.
class Disagreements final : public LibraryLog {
 public:
  std::optional<NoMatch> heard() const { return no_match_of(words_); }

 private:
  void hear(std::string_view text) override {
    if (words_.empty() && no_match_of(text)) words_ = text;
  }

  std::string words_;
};

std::string shown_list(std::string_view algorithms) {
  return replace_invalid_utf8(without_markers(algorithms.substr(0, longest_list)));
}

// For the person who has to bring the server up to date, or to admit it as it is.
[[noreturn]] void throw_no_match(const SshSession::Parts& parts, const NoMatch& found) {
  const auto known =
      std::ranges::find_if(disagreements, [&](const auto& one) { return found.what.starts_with(one.what); });
  const bool is_known = known != std::end(disagreements);
  const bool is_outdated = is_known && found.offers_one_of(known->ours.outdated);
  std::string problem(is_outdated ? known->problem
                      : is_known  ? known->unknown
                                  : "the server and gilir share no algorithm");
  problem += ": " + shown_list(found.offered);
  if (!is_outdated && !found.ours.empty()) problem += " (gilir: " + shown_list(found.ours) + ")";
  auto error = Error(ErrorCode::connection_lost).with("server", parts.target.server).with("problem", problem);
  if (is_outdated && !parts.target.legacy) error.add("outdated", true);
  throw error;
}

// The server no longer has a key of the pinned type: then its key has changed, whatever it shows now.
[[noreturn]] void throw_key_type_gone(const SshSession::Parts& parts, const HostKey& pinned,
                                      const ConnectLimits& limits, Supervision& supervision) {
  const auto shown = fetch_host_key(parts.target, limits, supervision);
  throw key_error(ErrorCode::host_key_changed, parts, shown).with("expected", pinned.fingerprint);
}

}  // namespace

std::string last_words(const SshSession::Parts& parts) {
  constexpr std::string_view disconnect = "Received SSH_MSG_DISCONNECT: ";
  std::string_view words = ::ssh_get_error(parts.session.get());
  if (!words.starts_with(disconnect)) return {};
  words.remove_prefix(disconnect.size());
  words.remove_prefix(std::min(words.find(':') + 1, words.size()));
  return words == "no error" ? std::string() : replace_invalid_utf8(words.substr(0, max_line_bytes));
}

std::string library_words(const SshSession::Parts& parts) {
  // "Socket error: Success" stands for every end of a connection.
  const std::string_view words = ::ssh_get_error(parts.session.get());
  if ((words.find("reset by peer") != std::string_view::npos) || (words.find("Broken pipe") != std::string_view::npos))
    return "the server broke the connection";
  if (words.empty() || words.starts_with("Socket error") || (words.find("known hosts") != std::string_view::npos)) {
    return "the server closed the connection";
  }
  return replace_invalid_utf8(words.substr(0, max_line_bytes));
}

void take_last_words(SshSession::Parts& parts) noexcept {
  const SshEvent event(::ssh_event_new());
  if (!event || ::ssh_event_add_session(event.get(), parts.session.get()) != SSH_OK) return;
  for (int round = 0; round < most_last_rounds && ::ssh_is_connected(parts.session.get()) != 0; ++round) {
    if (::ssh_event_dopoll(event.get(), 0) != SSH_OK) break;
  }
  ::ssh_event_remove_session(event.get(), parts.session.get());
}

void throw_connection_lost(SshSession::Parts& parts, std::string_view problem) {
  std::string words = last_words(parts);
  if (!words.empty())
    words = "the server said: " + words;
  else if (!problem.empty())
    words = problem;
  else
    words = library_words(parts);
  throw Error(ErrorCode::connection_lost).with("server", parts.target.server).with("problem", words);
}

bool is_at_end(SshSession::Parts& parts) noexcept {
  char next = 0;
  const auto got = ::recv(parts.socket.get(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
  if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) return false;
  if (tcp_state(parts.socket.get()) == TCP_CLOSE_WAIT) parts.closed_by_server = true;
  return true;
}

short wanted_events(SshSession::Parts& parts) {
  const bool to_send = (::ssh_get_poll_flags(parts.session.get()) & SSH_WRITE_PENDING) != 0;
  return static_cast<short>(to_send ? POLLIN | POLLOUT : POLLIN);
}

void wait_for_server(SshSession::Parts& parts, Supervision& supervision, std::optional<BootTime> until) {
  acknowledge_quickly(parts.socket.get());
  pollfd watched{.fd = parts.socket.get(), .events = wanted_events(parts), .revents = 0};
  supervision.wait({&watched, 1}, until);
  supervision.throw_if_over();
}

void wait_beside_server(SshSession::Parts& parts, Supervision& supervision, std::span<pollfd> own,
                        std::optional<BootTime> until) {
  std::vector<pollfd> watched(own.begin(), own.end());
  // Not what it sends, which is for libssh to read.
  watched.push_back({.fd = parts.socket.get(), .events = POLLRDHUP, .revents = 0});
  supervision.wait(watched, until);
  std::copy_n(watched.begin(), own.size(), own.begin());
  supervision.throw_if_over();
  if (watched.back().revents != 0) throw ConnectionEnded{};
}

int complete(SshSession::Parts& parts, Supervision& supervision, const BootTime& until, int again,
             const std::function<int()>& call) {
  while (true) {
    const int answer = call();
    if (answer != again) return answer;
    // libssh goes on to answer so when there is no connection any more.
    if (::ssh_is_connected(parts.session.get()) == 0) throw_connection_lost(parts);
    if (boot_now() >= until) throw_connection_lost(parts, "the server did not answer in time");
    wait_for_server(parts, supervision, until);
  }
}

void shake_hands(SshSession::Parts& parts, Supervision& supervision, const ConnectLimits& limits, bool any_key) {
  const auto until = boot_now() + limits.handshake;
  const auto pinned = pinned_key(parts.target);
  parts.session.reset(::ssh_new());
  if (!parts.session) throw Error(ErrorCode::failed).with("problem", "libssh: out of memory");
  set_options(parts, any_key ? "" : pinned.type);
  const Disagreements disagreements;
  const auto connect = [&] {
    const int answer = ::ssh_connect(parts.session.get());
    // What they could not agree on ends it, though libssh may ask for patience.
    return disagreements.heard() ? SSH_ERROR : answer;
  };
  if (complete(parts, supervision, until, SSH_AGAIN, connect) != SSH_OK) {
    const auto no_match = disagreements.heard();
    if (!no_match) throw_connection_lost(parts);
    // A server that has the pinned key still, but signs with it in the old way only, has not changed it.
    const bool key_type_gone = no_match->what == "server host key algo" && !no_match->offers(pinned.type);
    if (key_type_gone && !pinned.type.empty() && !any_key) throw_key_type_gone(parts, pinned, limits, supervision);
    throw_no_match(parts, *no_match);
  }
  parts.host_key = server_key(parts);
  if (any_key) return;
  if (pinned.type.empty()) throw key_error(ErrorCode::host_key_unknown, parts, parts.host_key);
  if (parts.host_key.line() != pinned.line()) {
    throw key_error(ErrorCode::host_key_changed, parts, parts.host_key).with("expected", pinned.fingerprint);
  }
}

}  // namespace gilir
