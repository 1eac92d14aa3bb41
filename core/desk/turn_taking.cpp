#include "core/desk/turn_taking.h"

#include <algorithm>

#include "core/lock/line.h"
#include "core/operations/lock/show.h"
#include "core/operations/lock/wait.h"

namespace gilir {
namespace {

// No bell tells that a process has died or that a permit has run out.
constexpr Milliseconds look_at_own_session{1000};

// A place in line, given up when this goes while it still stands.
class PlaceInLine {
 public:
  PlaceInLine(Desk& desk, const Call& call, WaitId wait) : desk_(desk), call_{call.caller}, wait_(wait) {}
  PlaceInLine(const PlaceInLine&) = delete;
  PlaceInLine& operator=(const PlaceInLine&) = delete;
  ~PlaceInLine() {
    if (!stands_) return;
    try {
      leave(false);
    } catch (const Error&) {
      // It lapses by itself.
    }
  }

  void leave(bool timed_out) {
    stands_ = false;
    desk_.perform(call_, LeaveLine{wait_, timed_out});
  }
  // It is gone: taken up, or ended by others.
  void is_over() { stands_ = false; }
  WaitId wait() const { return wait_; }

 private:
  Desk& desk_;
  Call call_;
  WaitId wait_;
  bool stands_ = true;
};

class TurnTaking {
 public:
  TurnTaking(Desk& desk, const Call& call, const Clock& clock, AcquireLock operation, const WaitOptions& options)
      : desk_(desk), call_(call), clock_(clock), operation_(std::move(operation)), options_(options) {
    if (options_.patience) give_up_at_ = now() + *options_.patience;
    // What is only tried out has no place in line to wait at.
    if (call.dry_run) operation_.wait = false;
  }

  Turn run() {
    while (!ask_for_it()) {
      if (call_.dry_run) {
        // A steal or a taking would begin with a place in line; that place is not there.
        report_place(turn_.acquired.positions);
        return turn_;
      }
      try {
        if (stand_in_line()) return turn_;
      } catch (const Error& error) {
        wait_for_own_session(error);
      }
      operation_.in_line.reset();
      // What was handed over is taken from its holder since the first time.
      operation_.accept = false;
    }
    return turn_;
  }

 private:
  BootTime now() const { return clock_.now().boot; }

  // Only the first request is the one that is dry, repeatable or bound to a version.
  Call again() const {
    Call call{call_.caller};
    call.patience = call_.patience;
    return call;
  }

  // True when it was granted, false for a place in line.
  bool ask_for_it() {
    for (;;) {
      try {
        const bool is_granted = ask_patiently(was_answered_ ? again() : call_);
        was_answered_ = true;
        return is_granted;
      } catch (const Error& error) {
        // The steal came to its end while our place did.
        if (was_answered_ && operation_.steal && error.code() == ErrorCode::lease_over)
          operation_.steal.reset();
        else
          wait_for_own_session(error);
      }
    }
  }

  // Sleeps until the agent's own session, which stands in the way, may be over. Throws any other error on.
  void wait_for_own_session(const Error& refusal) {
    if (refusal.code() == ErrorCode::own_session && options_.is_ours && options_.is_ours(refusal))
      throw Error(refusal).with("within", true);
    if (!operation_.wait || !is_about_own_session(refusal)) throw Error(refusal);
    if (options_.on_own_session) options_.on_own_session(refusal);
    auto limit = look_at_own_session;
    if (give_up_at_) limit = std::clamp(*give_up_at_ - now(), Milliseconds{0}, limit);
    seen_ = desk_.await(operation_.servers, seen_, limit, options_.interrupt);
    check_interrupted();
    if (give_up_at_ && now() >= *give_up_at_) throw timed_out();
  }

  // Of the refusals to who would wait only this one is `held`: what is left of the agent's last session.
  bool is_about_own_session(const Error& refusal) const {
    if (refusal.code() == ErrorCode::own_session) return true;
    return refusal.code() == ErrorCode::held && refusal.text("agent") == call_.caller.value;
  }

  // Who would stand in line waits for a busy desk too, no longer than a place stands without a renewal.
  bool ask_patiently(const Call& call) {
    const auto until = std::min(now() + wait_term, give_up_at_.value_or(BootTime::max()));
    for (;;) {
      try {
        return ask(call);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::busy) throw;
        // A signal ends the wait for the gate as well.
        check_interrupted();
        if (!operation_.wait || now() >= until) throw;
      }
    }
  }

  // True when it was granted.
  bool ask(const Call& call) {
    turn_.sent_at = now();
    auto reply = desk_.perform(call, operation_);
    turn_.acquired = std::move(reply.result);
    turn_.replayed = reply.replayed;
    return !turn_.acquired.leases.empty();
  }

  // True when the turn came; false when the place is gone though its ticket is open still: another process
  // of this agent took it up, or this one was stopped for too long. Then asking afresh is right.
  bool stand_in_line() {
    PlaceInLine place(desk_, call_, *turn_.acquired.wait);
    operation_.in_line = place.wait();
    operation_.ticket = turn_.acquired.ticket;
    renew_at_ = now() + wait_renewal;
    report_place(turn_.acquired.positions);
    try {
      for (EventNumber seen;;) {
        seen = desk_.await(operation_.servers, seen, until_next_look(), options_.interrupt);
        check_interrupted();
        if (look_unless_busy(place)) return true;
        if (give_up_at_ && now() >= *give_up_at_) give_up(place);
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::wait_lapsed) throw;
      return false;
    }
  }

  // A desk that is busy for a moment costs nobody his place: it stands as long as it need not have been renewed.
  bool look_unless_busy(PlaceInLine& place) {
    try {
      if (options_.on_news) options_.on_news();
      return look(place);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::busy) throw;
      if (now() < renew_at_ + (wait_term - wait_renewal)) return false;
      check_interrupted();
      throw;
    }
  }

  bool look(PlaceInLine& place) {
    const auto state = desk_.perform(Call{call_.caller}, LookAtWait{place.wait()}).result;
    due_at_.reset();
    if (state.next_due_ms) due_at_ = now() + Milliseconds{*state.next_due_ms};
    if (!state.there) place.is_over();
    if (!state.there || state.offered || now() >= renew_at_) {
      if (ask(again())) {
        place.is_over();
        return true;
      }
      renew_at_ = now() + wait_renewal;
    }
    report_place(state.positions);
    return false;
  }

  Milliseconds until_next_look() const {
    auto at = renew_at_;
    if (due_at_) at = std::min(at, *due_at_);
    if (give_up_at_) at = std::min(at, *give_up_at_);
    return std::max(at - now(), Milliseconds{0});
  }

  void report_place(const std::vector<PositionView>& positions) {
    std::vector<int> numbers;
    for (const auto& position : positions) numbers.push_back(position.position);
    if (numbers.empty() || numbers == reported_ || !options_.on_place) return;
    reported_ = std::move(numbers);
    auto standing = turn_.acquired;
    standing.positions = positions;
    options_.on_place(standing);
  }

  void check_interrupted() const {
    if (!options_.interrupted) return;
    if (const auto signal = options_.interrupted()) throw Error(ErrorCode::interrupted).with("signal", *signal);
  }

  [[noreturn]] void give_up(PlaceInLine& place) {
    place.leave(true);
    throw timed_out();
  }

  Error timed_out() const {
    Error error(ErrorCode::timed_out);
    error.add("server", operation_.servers.front());
    error.add("ticket", operation_.ticket);
    error.add("lock", desk_.perform(Call{call_.caller}, ShowLock{operation_.servers.front()}).result);
    if (!reported_.empty()) error.add("position", reported_.front());
    error.add("desk", desk_.address());
    return error;
  }

  Desk& desk_;
  const Call& call_;
  const Clock& clock_;
  AcquireLock operation_;
  const WaitOptions& options_;
  Turn turn_;
  bool was_answered_ = false;
  EventNumber seen_;  // beside the agent's own session
  BootTime renew_at_{};
  std::optional<BootTime> give_up_at_;
  std::optional<BootTime> due_at_;
  std::vector<int> reported_;
};

}  // namespace

Turn take_turn_at(Desk& desk, const Call& call, const Clock& clock, AcquireLock operation, const WaitOptions& options) {
  try {
    return TurnTaking(desk, call, clock, std::move(operation), options).run();
  } catch (const Error&) {
    if (options.on_leaving) options.on_leaving();
    throw;
  }
}

}  // namespace gilir
