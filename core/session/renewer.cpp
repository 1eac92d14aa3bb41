#include "core/session/renewer.h"

#include <sys/socket.h>

#include <cerrno>

#include "core/base/json_reader.h"
#include "core/session/renewer_message.h"

namespace gilir {

namespace {

// Some thousand holds; more than the desk lets one process have.
constexpr std::size_t longest_text = 128 * 1024;

template <class T>
T read_text(const std::string& text) {
  T value;
  read_json(parse_json(text), value);
  return value;
}

Error error_of(const AnswerMessage& answer) {
  Error error(*answer.error);
  for (const auto& part : answer.details) error.add(part.key, part.value);
  return error;
}

}  // namespace

bool send_text(int socket, const std::string& text) noexcept {
  ssize_t sent = 0;
  do {
    sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(text.size());
}

ReceivedText receive_text(int socket, bool may_wait) {
  ReceivedText received{ReceivedText::text, std::string(longest_text, '\0')};
  ssize_t got = 0;
  do {
    got = ::recv(socket, received.bytes.data(), received.bytes.size(), may_wait ? 0 : MSG_DONTWAIT);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {ReceivedText::nothing_yet};
  if (got <= 0) return {ReceivedText::end};
  received.bytes.resize(static_cast<std::size_t>(got));
  return received;
}

Renewer Renewer::start(const std::string& program, const RenewerTask& task) {
  auto pair = make_socket_pair(SOCK_SEQPACKET);
  auto process = spawn({.program = program,
                        .arguments = {renewer_name},
                        .descriptors = {{-1, 0}, {-1, 1}, {-1, 2}, {pair.theirs.get(), renewer_descriptor}},
                        .close_others = true,
                        .own_session = true});
  // Our copy of its end would hide its death.
  pair.theirs.reset();
  Renewer renewer(std::move(pair.ours), std::move(process));
  renewer.is_gone_ = !send_text(renewer.socket_.get(), to_json(task));
  return renewer;
}

void Renewer::ask(const RenewalRequest& request) noexcept {
  is_busy_ = true;
  const RequestMessage message{request.asked_at.time_since_epoch().count(), request.cut_at.time_since_epoch().count()};
  if (!send_text(socket_.get(), to_json(message))) is_gone_ = true;
}

std::optional<RenewalAnswer> Renewer::take_answer() {
  const auto received = receive_text(socket_.get(), false);
  if (received.kind == ReceivedText::end) is_gone_ = true;
  if (received.kind != ReceivedText::text) return std::nullopt;
  is_busy_ = false;
  auto answer = read_text<AnswerMessage>(received.bytes);
  RenewalAnswer told{BootTime(Milliseconds(answer.asked_at)), std::move(answer.renewed), std::nullopt};
  if (answer.error) told.error = error_of(answer);
  return told;
}

}  // namespace gilir
