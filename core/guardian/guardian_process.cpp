#include "core/guardian/guardian_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "core/guardian/guardian.h"
#include "core/guardian/guardian_message.h"
#include "core/process/boot_timer.h"

namespace gilir {

namespace {

using Message = GuardianMessage;

// More than any one holder opens; what does not fit is refused, not forgotten.
constexpr std::size_t most_sockets = 8;
constexpr std::size_t most_groups = 8;
// How often a group whose leader is over is looked at, so that its number is not kept past its end.
constexpr int group_check_ms = 1000;

struct Group {
  pid_t number = 0;
  // Tells of the leader's end. It was opened while the leader waited to run, so it cannot be another process.
  Descriptor leader;
  bool leader_over = false;

  bool is_gone() const { return ::kill(-number, 0) != 0 && errno == ESRCH; }
};

class GuardianProcess {
 public:
  explicit GuardianProcess(int holder) : holder_(holder) { choose_signals(); }

  int run() {
    while (true) {
      poll_once();
      switch (read_messages()) {
        case Heard::done:
          return 0;
        case Heard::end_of_holder:
          cut();
          return 0;
        case Heard::nothing:
          break;
      }
      if (cut_at_ && boot_now() >= *cut_at_) {
        cut();
        send_message(holder_, {.kind = Message::has_cut});
        return 0;
      }
      forget_finished_groups();
    }
  }

  // For the way out of run() that should not exist.
  void cut();

 private:
  enum class Heard { nothing, done, end_of_holder };

  void poll_once();
  Heard read_messages();
  void obey(const Message& message, Descriptor passed);
  int guard_socket(Descriptor passed);
  int guard_group(std::int64_t number);
  void forget_group(pid_t number);
  void forget_finished_groups();
  void choose_signals() const;
  bool guards_something() const { return socket_count_ + group_count_ > 0; }

  int holder_;
  BootTimer timer_;
  std::optional<BootTime> cut_at_;
  Milliseconds grace_{2000};
  std::array<Descriptor, most_sockets> sockets_;
  std::size_t socket_count_ = 0;
  std::array<Group, most_groups> groups_;
  std::size_t group_count_ = 0;
};

void GuardianProcess::poll_once() {
  std::array<pollfd, 2 + most_groups> watched{};
  watched[0] = {.fd = holder_, .events = POLLIN, .revents = 0};
  watched[1] = {.fd = timer_.descriptor(), .events = POLLIN, .revents = 0};
  std::size_t count = 2;
  bool check_groups = false;
  for (std::size_t i = 0; i < group_count_; ++i) {
    if (groups_[i].leader_over)
      check_groups = true;
    else
      watched[count++] = {.fd = groups_[i].leader.get(), .events = POLLIN, .revents = 0};
  }
  ::poll(watched.data(), count, check_groups ? group_check_ms : -1);
  for (std::size_t i = 2; i < count; ++i) {
    if (watched[i].revents == 0) continue;
    for (auto& group : groups_) {
      if (group.leader.get() == watched[i].fd) group.leader_over = true;
    }
  }
}

GuardianProcess::Heard GuardianProcess::read_messages() {
  while (true) {
    Message message;
    Descriptor passed;
    switch (receive_message(holder_, message, passed)) {
      case Received::nothing_yet:
        return Heard::nothing;
      case Received::end:
        return Heard::end_of_holder;
      case Received::message:
        if (message.kind == Message::done) return Heard::done;
        obey(message, std::move(passed));
    }
  }
}

void GuardianProcess::obey(const Message& message, Descriptor passed) {
  // Whoever hears the answer may count on it: what a terminal sends no longer ends this process.
  const auto answer = [&](int problem) {
    choose_signals();
    send_message(holder_, {.kind = problem == 0 ? Message::confirmed : Message::refused, .value = problem});
  };
  switch (message.kind) {
    case Message::guard_socket:
      answer(guard_socket(std::move(passed)));
      break;
    case Message::guard_group:
      answer(guard_group(message.value));
      break;
    case Message::deadline:
      cut_at_ = BootTime(Milliseconds(message.value));
      grace_ = Milliseconds(std::clamp<std::int64_t>(message.second, 0, 2000));
      timer_.set(cut_at_);
      break;
    case Message::socket_closed:
      for (auto& socket : sockets_) socket.reset();
      socket_count_ = 0;
      break;
    case Message::group_over:
      forget_group(static_cast<pid_t>(message.value));
      break;
    default:
      break;
  }
  choose_signals();
}

int GuardianProcess::guard_socket(Descriptor passed) {
  if (!passed) return EBADF;
  if (socket_count_ == most_sockets) return ENOSPC;
  sockets_[socket_count_++] = std::move(passed);
  return 0;
}

int GuardianProcess::guard_group(std::int64_t number) {
  if (number < 2 || number > INT32_MAX) return EINVAL;
  if (group_count_ == most_groups) return ENOSPC;
  const auto leader = static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(number), 0));
  if (leader < 0) return errno;
  ::fcntl(leader, F_SETFD, FD_CLOEXEC);
  auto& group = groups_[group_count_++];
  group = {.number = static_cast<pid_t>(number), .leader = Descriptor(leader)};
  return 0;
}

void GuardianProcess::forget_group(pid_t number) {
  for (std::size_t i = 0; i < group_count_; ++i) {
    if (groups_[i].number != number) continue;
    --group_count_;
    if (i != group_count_) groups_[i] = std::move(groups_[group_count_]);
    groups_[group_count_] = {};
    return;
  }
}

void GuardianProcess::forget_finished_groups() {
  for (std::size_t i = 0; i < group_count_;) {
    if (groups_[i].leader_over && groups_[i].is_gone())
      forget_group(groups_[i].number);
    else
      ++i;
  }
  choose_signals();
}

void GuardianProcess::cut() {
  for (const auto& socket : sockets_) {
    if (socket) ::shutdown(socket.get(), SHUT_RDWR);
  }
  for (std::size_t i = 0; i < group_count_; ++i) {
    ::kill(-groups_[i].number, SIGTERM);
    ::kill(-groups_[i].number, SIGCONT);
  }
  const auto until = boot_now() + grace_;
  const auto all_gone = [&] {
    return std::all_of(groups_.begin(), groups_.begin() + group_count_, [](auto& group) { return group.is_gone(); });
  };
  while (!all_gone() && boot_now() < until) ::poll(nullptr, 0, 5);
  for (std::size_t i = 0; i < group_count_; ++i) {
    if (!groups_[i].is_gone()) ::kill(-groups_[i].number, SIGKILL);
  }
}

// A guardian that guards nothing may be ended like any process; its holder notices.
void GuardianProcess::choose_signals() const {
  const auto disposition = guards_something() ? SIG_IGN : SIG_DFL;
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU}) {
    ::signal(signal, disposition);
  }
}

bool is_holder_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

}  // namespace

int guardian_main(int descriptor) noexcept {
  if (!is_holder_socket(descriptor)) return 2;
  ::prctl(PR_SET_NAME, guardian_name);
  ::signal(SIGPIPE, SIG_IGN);
  try {
    GuardianProcess guardian(descriptor);
    send_message(descriptor, {.kind = Message::confirmed});
    try {
      return guardian.run();
    } catch (...) {
      guardian.cut();
      return 1;
    }
  } catch (...) {
    return 1;
  }
}

}  // namespace gilir
