#include "core/ssh/key_agent.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/guardian/beside.h"
#include "core/ssh/ssh_wire.h"

namespace gilir {

namespace {

// draft-ietf-sshm-ssh-agent §6.1.
enum Message : char {
  failure = 5,
  request_identities = 11,
  identities_answer = 12,
  sign_request = 13,
};

constexpr std::size_t longest_message = 256 * 1024;
constexpr std::size_t most_keys = 1024;
// A listener whose queue is full refuses at once, and tells nobody when it has room again.
constexpr Milliseconds connect_again{100};
constexpr Milliseconds connect_limit{5000};

std::string framed(std::string_view message) {
  std::string bytes;
  append_text(bytes, message);
  return bytes;
}

bool is_too_long(std::string_view bytes) {
  return WireReader(bytes).number().value_or(0) > longest_message;
}

// The first whole message of what has come, taken out of it.
std::optional<std::string> take_message(std::string& bytes) {
  const auto message = WireReader(bytes).text();
  if (!message || is_too_long(bytes)) return std::nullopt;
  std::string taken(*message);
  bytes.erase(0, 4 + taken.size());
  return taken;
}

// False at the end of what the other side will ever send.
bool read_some(int descriptor, std::string& into) {
  std::array<char, 16384> part;
  const auto got = ::recv(descriptor, part.data(), part.size(), MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  into.append(part.data(), static_cast<std::size_t>(got));
  return got != 0;
}

}  // namespace

std::optional<KeyAgent> KeyAgent::connect(const std::string& path, ssh_session session, const std::string& user,
                                          const WaitForAny& wait) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.data(), path.size());
  Descriptor agent(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!agent) return std::nullopt;
  const auto until = boot_now() + connect_limit;
  while (::connect(agent.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno != EAGAIN || boot_now() >= until) return std::nullopt;
    wait({}, boot_now() + connect_again);
  }
  auto pair = make_socket_pair(SOCK_STREAM);
  // libssh owns its end, and closes it with the session.
  if (::ssh_set_agent_socket(session, pair.theirs.get()) != SSH_OK) return std::nullopt;
  static_cast<void>(pair.theirs.release());
  return KeyAgent(std::move(agent), std::move(pair.ours), session, user, wait);
}

std::optional<std::string> KeyAgent::ask(std::string_view message, std::optional<BootTime> until) {
  auto unsent = framed(message);
  std::string came;
  while (!is_silent_ && (!until || boot_now() < *until)) {
    if (auto answer = take_message(came)) return answer;
    if (!unsent.empty()) {
      const auto sent = ::send(agent_.get(), unsent.data(), unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent > 0) unsent.erase(0, static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EAGAIN && errno != EINTR) break;
    }
    pollfd watched{.fd = agent_.get(), .events = POLLIN, .revents = 0};
    if (!unsent.empty()) watched.events |= POLLOUT;
    wait_({&watched, 1}, until);
    if (watched.revents != 0 && (!read_some(agent_.get(), came) || is_too_long(came))) break;
  }
  // What it may answer later would be taken for the answer to something else.
  is_silent_ = true;
  return std::nullopt;
}

std::vector<std::string> KeyAgent::blobs(Milliseconds limit) {
  std::vector<std::string> found;
  const auto answer = ask(std::string(1, request_identities), boot_now() + limit);
  if (!answer) return found;
  WireReader reader(*answer);
  const auto kind = reader.byte();
  const auto count = reader.number();
  if (!kind || *kind != identities_answer || !count) return found;
  for (std::size_t i = 0; i < *count && i < most_keys; ++i) {
    const auto blob = reader.text();
    const auto comment = reader.text();
    if (!blob || !comment) break;
    found.emplace_back(*blob);
  }
  return found;
}

std::string KeyAgent::answer_to(std::string_view request, const std::string& shown, const std::string& blob) {
  const std::string refusal(1, failure);
  WireReader reader(request);
  const auto kind = reader.byte();
  if (kind == request_identities) {
    std::string answer(1, identities_answer);
    append_number(answer, 1);
    append_text(answer, shown);
    append_text(answer, "");
    return answer;
  }
  if (kind != sign_request || !reader.text()) return refusal;
  // The agent knows the key, not what certifies it.
  std::string message(1, sign_request);
  append_text(message, blob);
  message += reader.rest();
  return ask(message, std::nullopt).value_or(refusal);
}

int KeyAgent::offer(const std::string& shown, const std::string& blob) {
  int result = SSH_AUTH_ERROR;
  Beside call([&] { result = ::ssh_userauth_agent(session_, user_.c_str()); });
  try {
    while (!call.is_over()) serve(call, shown, blob);
  } catch (...) {
    // What libssh waits for will not come any more.
    ::shutdown(ours_.get(), SHUT_RDWR);
    call.join();
    throw;
  }
  call.join();
  return result;
}

void KeyAgent::serve(const Beside& call, const std::string& shown, const std::string& blob) {
  std::array<pollfd, 2> watched{};
  watched[0] = {.fd = ours_.get(), .events = POLLIN, .revents = 0};
  watched[1] = {.fd = call.descriptor(), .events = POLLIN, .revents = 0};
  wait_(watched, std::nullopt);
  if (watched[0].revents == 0) return;
  if (!read_some(ours_.get(), from_library_) || is_too_long(from_library_)) throw_system_error("ssh-agent", EPROTO);
  while (const auto request = take_message(from_library_)) {
    write_all(ours_.get(), framed(answer_to(*request, shown, blob)));
  }
}

}  // namespace gilir
