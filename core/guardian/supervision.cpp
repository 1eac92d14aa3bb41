#include "core/guardian/supervision.h"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "core/base/error.h"

namespace gilir {

namespace {

// A keeper that asks for a tick in the past gets it soon, but cannot keep the loop from its own work.
constexpr Milliseconds least_pause{10};

}  // namespace

Instruction SessionControl::readable(int, BootTime) {
  return {};
}

Instruction SessionControl::answer(char, BootTime) {
  return {};
}

Instruction SessionControl::shown(BootTime) {
  return {};
}

Supervision::Supervision(SessionControl& control, SignalSet& signals, Guardian* guardian)
    : control_(control), signals_(signals), guardian_(guardian) {
  obey(control_.tick(boot_now()));
}

void Supervision::wait(std::span<pollfd> own, std::optional<BootTime> until) {
  const auto bells = control_.descriptors();
  polled_.assign(own.begin(), own.end());
  polled_.push_back({.fd = timer_.descriptor(), .events = POLLIN, .revents = 0});
  polled_.push_back({.fd = signals_.descriptor(), .events = POLLIN, .revents = 0});
  polled_.push_back({.fd = guardian_ ? guardian_->descriptor() : -1, .events = POLLIN, .revents = 0});
  for (const int bell : bells) polled_.push_back({.fd = bell, .events = POLLIN, .revents = 0});
  timer_.set(next_due(until));
  if (::poll(polled_.data(), polled_.size(), ending_ != Ending::none ? 0 : -1) < 0) {
    if (errno != EINTR && errno != EAGAIN) throw_system_error("poll", errno);
    for (auto& entry : polled_) entry.revents = 0;
  }
  std::copy_n(polled_.begin(), own.size(), own.begin());
  while (const auto signal = signals_.next()) arrived_signals_.push_back(*signal);
  // The cut is looked at before a renewal is tried: a process that was stopped past it must not renew.
  for (std::size_t i = own.size() + 3; i < polled_.size() && ending() == Ending::none; ++i) {
    if (polled_[i].revents != 0) obey(control_.readable(polled_[i].fd, boot_now()));
  }
  if (banner_ && !banner_is_over_ && boot_now() >= banner_->until) {
    // Whoever set the time need not be there any more to see that it has come.
    banner_is_over_ = true;
    next_tick_ = boot_now();
  }
  if (ending() == Ending::none && next_tick_ && boot_now() >= *next_tick_) {
    next_tick_.reset();
    obey(control_.tick(boot_now()));
  }
}

std::optional<BootTime> Supervision::next_due(std::optional<BootTime> until) const {
  auto due = until;
  const auto consider = [&](std::optional<BootTime> at) {
    if (at && (!due || *at < *due)) due = at;
  };
  if (ending_ != Ending::none) return due;
  consider(next_tick_);
  if (permit_) consider(permit_->cut_at());
  if (banner_ && !banner_is_over_)
    consider(boot_now() + (banner_->until - boot_now() - Milliseconds{1}) % Seconds{1} + Milliseconds{1});
  return due;
}

void Supervision::obey(Instruction instruction) {
  if (instruction.next_tick) next_tick_ = std::max(*instruction.next_tick, boot_now() + least_pause);
  if (instruction.permit && (!permit_ || instruction.permit != permit_)) {
    permit_ = instruction.permit;
    if (guardian_) guardian_->set_deadline(*permit_);
  }
  for (auto& notice : instruction.notices) notices_.push_back(std::move(notice));
  if (instruction.banner) {
    banner_ = std::move(*instruction.banner);
    banner_lines_ = 0;
    banner_is_over_ = false;
  }
  if (instruction.lost) end(Ending::lost, std::move(instruction.because));
}

bool Supervision::may_send() {
  return ending() == Ending::none && (!permit_ || boot_now() < permit_->freeze_at());
}

Ending Supervision::ending() {
  if (ending_ != Ending::none) return ending_;
  if (permit_ && boot_now() >= permit_->cut_at()) {
    end(Ending::expired, "expired");
  } else if (guardian_ != nullptr) {
    const auto state = guardian_->poll_state();
    if (state == GuardianState::has_cut) end(Ending::expired, "expired");
    if (state == GuardianState::dead) end(Ending::guardian_gone, "guardian");
  }
  return ending_;
}

void Supervision::end(Ending ending, std::string because) {
  if (ending_ != Ending::none) return;
  ending_ = ending;
  because_ = std::move(because);
}

std::optional<int> Supervision::take_signal() {
  if (arrived_signals_.empty()) return std::nullopt;
  const int signal = arrived_signals_.front();
  arrived_signals_.pop_front();
  return signal;
}

std::optional<std::string> Supervision::take_notice() {
  if (notices_.empty()) return std::nullopt;
  auto notice = std::move(notices_.front());
  notices_.pop_front();
  return notice;
}

std::optional<std::string> Supervision::take_banner_line() {
  if (!banner_) return std::nullopt;
  const auto left = std::max(banner_->until - boot_now(), Milliseconds{0});
  const bool is_urgent = left <= Seconds{10};
  if (banner_lines_ >= (is_urgent ? 2 : 1)) return std::nullopt;
  banner_lines_ = is_urgent ? 2 : 1;
  return banner_->sentence(std::chrono::ceil<Seconds>(left));
}

void Supervision::answer(char key) {
  obey(control_.answer(key, boot_now()));
}

void Supervision::banner_is_shown() {
  if (banner_ && !banner_is_over_) obey(control_.shown(boot_now()));
}

void Supervision::throw_if_over() {
  while (const auto signal = take_signal()) {
    if (*signal == SIGTSTP) suspend();
    if (*signal == SIGHUP || *signal == SIGINT || *signal == SIGQUIT || *signal == SIGTERM) {
      throw Error(ErrorCode::interrupted).with("signal", *signal);
    }
  }
  if (ending() != Ending::none) throw Error(ErrorCode::lost).with("because", because_);
}

}  // namespace gilir
