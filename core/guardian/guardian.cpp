#include "core/guardian/guardian.h"

#include <poll.h>
#include <sys/socket.h>

#include <csignal>

#include "core/base/error.h"
#include "core/guardian/guardian_message.h"
#include "core/process/boot_timer.h"

namespace gilir {

namespace {

using Message = GuardianMessage;

// It answers in well under a millisecond; this is for a machine that thrashes.
constexpr Milliseconds answer_limit{5000};

}  // namespace

Guardian Guardian::start(const std::string& program) {
  auto pair = make_socket_pair(SOCK_SEQPACKET);
  auto process = spawn({.program = program,
                        .arguments = {guardian_name},
                        .descriptors = {{-1, 0}, {-1, 1}, {-1, 2}, {pair.theirs.get(), guardian_descriptor}},
                        .close_others = true,
                        .directory = "/",
                        .own_session = true});
  // Our copy of its end would hide its death.
  pair.theirs.reset();
  Guardian guardian(std::move(pair.ours), std::move(process));
  const auto greeting = guardian.receive(boot_now() + answer_limit);
  if (!greeting || greeting->kind != Message::confirmed) {
    throw Error(ErrorCode::cannot_run)
        .with("command", program)
        .with("problem", "the guardian did not start")
        .with("status", 126);
  }
  return guardian;
}

Guardian::Guardian(Descriptor socket, Child process) : socket_(std::move(socket)), process_(std::move(process)) {}

Guardian::~Guardian() {
  socket_.reset();
  // It ends by itself after it has cut what it guards; killing it would leave that undone.
  process_.release();
}

void Guardian::guard_socket(int socket) {
  request({.kind = Message::guard_socket}, socket);
}

void Guardian::guard_group(pid_t group) {
  request({.kind = Message::guard_group, .value = group});
}

void Guardian::set_deadline(const Permit& permit) {
  tell({.kind = Message::deadline,
        .value = permit.cut_at().time_since_epoch().count(),
        .second = permit.grace().count()});
}

void Guardian::socket_closed() {
  tell({.kind = Message::socket_closed});
}

void Guardian::group_over(pid_t group) {
  tell({.kind = Message::group_over, .value = group});
}

void Guardian::done() noexcept {
  if (!socket_) return;
  tell({.kind = Message::done});
  const auto until = boot_now() + answer_limit;
  while (state_ == GuardianState::watching && boot_now() < until) receive(until);
  if (state_ == GuardianState::watching) process_.send_signal(SIGKILL);
  process_.wait();
  socket_.reset();
}

GuardianState Guardian::poll_state() {
  while (state_ == GuardianState::watching && receive(boot_now())) {
  }
  return state_;
}

void Guardian::request(const Message& message, int passed_descriptor) {
  const auto until = boot_now() + answer_limit;
  int problem = EPIPE;
  if (state_ == GuardianState::watching && send_message(socket_.get(), message, passed_descriptor)) {
    const auto answer = receive(until);
    if (answer && answer->kind == Message::confirmed) return;
    problem = answer && answer->kind == Message::refused ? static_cast<int>(answer->value) : ETIMEDOUT;
  }
  if (poll_state() == GuardianState::has_cut) throw Error(ErrorCode::lost).with("because", "expired");
  throw_system_error("the guardian did not confirm", problem);
}

void Guardian::tell(const Message& message) noexcept {
  send_message(socket_.get(), message);
}

std::optional<Message> Guardian::receive(BootTime until) noexcept {
  while (true) {
    Message message;
    Descriptor none;
    const auto received = receive_message(socket_.get(), message, none);
    if (received == Received::message) {
      if (message.kind == Message::has_cut) state_ = GuardianState::has_cut;
      return message;
    }
    if (received == Received::end) {
      if (state_ == GuardianState::watching) state_ = GuardianState::dead;
      return std::nullopt;
    }
    const auto left = until - boot_now();
    if (left <= Milliseconds{0}) return std::nullopt;
    pollfd answer{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    ::poll(&answer, 1, static_cast<int>(left.count()));
  }
}

}  // namespace gilir
