#include "cli/session/lock_keeper.h"

#include <algorithm>
#include <utility>

#include "cli/output/demand_words.h"
#include "cli/output/error_words.h"
#include "cli/output/loss_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/base/text.h"
#include "core/operations/lock/ask.h"
#include "core/operations/lock/renew.h"

namespace gilir::cli {
namespace {

// A renewal that cannot pass the gate in time is tried again; the permit runs on meanwhile.
constexpr Milliseconds renewal_patience{3000};
// Closing an inotify descriptor waits for the kernel's readers: 14 to 24 ms were measured.
constexpr Milliseconds unwatched_start{250};
// How often it looks for what no bell told: its ringer may have died, and the system may have had no watch to give.
constexpr Milliseconds look_again{1000};

std::vector<SessionHold> session_holds(const std::vector<LeaseView>& leases) {
  std::vector<SessionHold> holds;
  for (const auto& lease : leases) holds.push_back({lease.server, lease.hold});
  return holds;
}

bool is_same(const DemandView& a, const DemandView& b) {
  return a.lease == b.lease && a.kind == b.kind && a.by == b.by && a.reason == b.reason && a.silence == b.silence &&
         a.demand == b.demand;
}

Permit permit_of(const Turn& turn) {
  Milliseconds term = turn.acquired.leases.front().expires_in_s;
  for (const auto& lease : turn.acquired.leases) term = std::min(term, lease.expires_in_s);
  return {term, turn.sent_at};
}

}  // namespace

LockKeeper::LockKeeper(Desk& desk, AgentName caller, Turn turn, std::string kind)
    : desk_(desk), call_{std::move(caller)}, turn_(std::move(turn)), kind_(std::move(kind)), permit_(permit_of(turn_)) {
  call_.patience = renewal_patience;
}

LockKeeper::~LockKeeper() {
  if (opened_ || finished_) return;
  EndSession nothing_opened;
  nothing_opened.closed = true;
  finish(std::move(nothing_opened));
}

Instruction LockKeeper::tick(BootTime now) {
  Instruction instruction;
  if (!started_) {
    started_ = true;
    instruction.permit = permit_;
    renew_at_ = permit_.renew_at();
    instruction.next_tick = std::min(now + unwatched_start, renew_at_);
  } else {
    // What was asked before the bells were watched rang them for nobody.
    const bool first_look = !std::exchange(watches_, true);
    if (first_look) descriptors();
    if (first_look) start_renewer();
    if (is_renewal_due(now)) renew(instruction, now);
    if (!instruction.lost) look_for_news(instruction, now, first_look);
    instruction.next_tick = std::min(now + look_again, renew_at_);
  }
  instruction.notices.insert(instruction.notices.end(), notices_.begin(), notices_.end());
  notices_.clear();
  return instruction;
}

// A demand whose time has come takes effect by a write, which a renewal is.
bool LockKeeper::is_renewal_due(BootTime now) const {
  if (renewer_ && renewer_->is_busy()) return false;
  return now >= renew_at_ || (demand_ && now >= demand_until_);
}

std::vector<ServerName> LockKeeper::servers() const {
  std::vector<ServerName> servers;
  for (const auto& lease : leases()) servers.push_back(lease.server);
  return servers;
}

std::vector<int> LockKeeper::descriptors() const {
  std::vector<int> descriptors;
  if (watches_) {
    if (const int bells = desk_.descriptor_of(servers()); bells >= 0) descriptors.push_back(bells);
  }
  if (renewer_) descriptors.push_back(renewer_->descriptor());
  return descriptors;
}

Instruction LockKeeper::readable(int descriptor, BootTime now) {
  Instruction instruction;
  if (renewer_ && descriptor == renewer_->descriptor())
    take_answer(instruction, now);
  else
    hear();
  if (!instruction.lost) look(instruction, now);
  return instruction;
}

bool LockKeeper::hear() {
  const auto before = seen_;
  try {
    seen_ = desk_.await(servers(), seen_, Milliseconds{0}, -1);
  } catch (const Error&) {
    // The next renewal tells what is wrong with the desk.
  }
  return seen_ != before;
}

// What is asked may also end by time alone, when its asker has gone.
void LockKeeper::look_for_news(Instruction& instruction, BootTime now, bool in_any_case) {
  const bool news = hear();
  if (news || in_any_case || demand_) look(instruction, now);
}

void LockKeeper::look(Instruction& instruction, BootTime now) {
  try {
    LookAtHolds operation;
    for (const auto& lease : leases()) {
      operation.servers.push_back(lease.server);
      operation.holds.push_back(lease.hold);
    }
    show_demand(instruction, desk_.perform(call_, operation).result.demands, now);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::lost) take_loss(instruction, error);
  }
}

void LockKeeper::show_demand(Instruction& instruction, const std::vector<DemandView>& demands, BootTime now) {
  auto asked =
      std::ranges::find_if(demands, [](const DemandView& demand) { return demand.kind != DemandKind::hand_over; });
  // What he has offered himself stands there until it is taken or lapses.
  if (asked == demands.end()) asked = demands.begin();
  if (asked == demands.end()) {
    if (demand_) instruction.banner.emplace();
    demand_.reset();
    return;
  }
  const auto until = now + asked->expires_in_s;
  if (demand_ && is_same(*demand_, *asked) && std::chrono::abs(until - demand_until_) < Seconds{1}) return;
  demand_ = *asked;
  demand_until_ = until;
  // What others wrote is escaped here: the loop sends it to the terminal as it is.
  Banner banner;
  banner.until = until;
  banner.rows = [demand = *asked](Seconds left) {
    std::vector<std::string> rows;
    for (const auto& row : demand_rows(demand, left)) rows.push_back(printable_line(plain_text(row)));
    return rows;
  };
  if (asked->kind == DemandKind::knock) {
    banner.keys = knock_answers;
    banner.needed_rows = 2;
  }
  banner.sentence = [demand = *asked](Seconds left) {
    return printable_line(plain_text(demand_sentence(demand, left)));
  };
  instruction.banner.emplace(std::move(banner));
}

void LockKeeper::take_loss(Instruction& instruction, const Error& error) {
  loss_ = error;
  instruction.lost = true;
  instruction.because = error.text("because");
}

Line LockKeeper::loss_line(const std::string& because) const {
  const auto words = loss_words(loss_ ? *loss_ : Error(ErrorCode::lost).with("because", because));
  const auto& server = leases().front().server;
  const bool is_session = kind_ == "ssh";
  if (because == "knock" || because == "silence" || because == "hand_over") {
    return warning(plain_text(phrase(is_session ? _("{} was given away ({}); the session was closed")
                                                : _("{} was given away ({}); the command was ended"),
                                     server, words)));
  }
  return bad(plain_text(phrase(is_session ? _("the lock on {} was lost ({}); the session was cut")
                                          : _("the lock on {} was lost ({}); the command was ended"),
                               server, words)));
}

Instruction LockKeeper::answer(char key, BootTime now) {
  if (!demand_ || demand_->kind != DemandKind::knock) return {};
  std::string problem;
  try {
    if (key == key_hands_over)
      desk_.perform(call_, HandOverLock{demand_->server, demand_->by, ""});
    else
      desk_.perform(call_, AnswerKnock{demand_->server, key == key_grants});
  } catch (const Error& error) {
    problem = error_words(error).message;
  }
  Instruction instruction;
  look(instruction, now);
  if (!problem.empty()) instruction.notices.push_back(problem);
  return instruction;
}

Instruction LockKeeper::shown(BootTime now) {
  if (!demand_ || demand_->kind != DemandKind::knock || demand_->silence == Silence::gives || now < tell_shown_at_)
    return {};
  tell_shown_at_ = now + look_again;
  Instruction instruction;
  try {
    for (const auto& lease : leases()) {
      if (lease.lease == demand_->lease)
        show_demand(instruction, {desk_.perform(call_, ShowQuestion{lease.server, demand_->demand, lease.hold}).result},
                    now);
    }
  } catch (const Error&) {
    // What silence means stays as it is: the lock is kept.
  }
  return instruction;
}

KeepHolds LockKeeper::kept_holds() const {
  KeepHolds operation;
  for (const auto& lease : leases()) operation.holds.push_back({lease.server, lease.hold, lease.lease, lease.token});
  return operation;
}

void LockKeeper::start_renewer() {
  // A directory's name that is no text could not be told.
  if (program_.empty() || !is_utf8(desk_.address())) return;
  try {
    renewer_ = Renewer::start(program_, {desk_.address(), call_.caller, kept_holds().holds});
  } catch (const Error&) {
    // A machine that has no process left for it: the loop renews.
  }
}

void LockKeeper::renew(Instruction& instruction, BootTime now) {
  if (!renewer_) return renew_here(instruction, now);
  renewer_->ask({now, permit_.cut_at()});
  // Nothing is asked for again before it has answered; should it never, this is the end.
  renew_at_ = permit_.cut_at();
}

void LockKeeper::take_answer(Instruction& instruction, BootTime now) {
  const auto answer = renewer_->take_answer();
  // A newer gilir has changed the desk before the first renewal. Here it is open since before.
  const bool comes_late = answer && answer->error && answer->error->code() == ErrorCode::newer_schema;
  if (renewer_->is_gone() || comes_late) {
    renewer_.reset();
    renew_here(instruction, now);
  } else if (answer && answer->error) {
    take_failure(instruction, *answer->error, now);
  } else if (answer) {
    take_renewal(instruction, answer->renewed, answer->asked_at);
  }
  instruction.next_tick = std::min(now + look_again, renew_at_);
}

void LockKeeper::renew_here(Instruction& instruction, BootTime now) {
  try {
    take_renewal(instruction, desk_.perform(call_, kept_holds()).result, now);
  } catch (const Error& error) {
    take_failure(instruction, error, now);
  }
}

void LockKeeper::take_renewal(Instruction& instruction, const RenewedHolds& renewed, BootTime asked_at) {
  Milliseconds term = permit_.term;
  for (const auto& hold : renewed.holds) term = std::min(term, hold.expires_in_s);
  permit_ = {term, asked_at};
  instruction.permit = permit_;
  renew_at_ = permit_.renew_at();
  if (std::exchange(failure_, {}).empty()) return;
  instruction.notices.push_back(plain_text(phrase(_("the lock on {} is renewed again"), leases().front().server)));
}

void LockKeeper::take_failure(Instruction& instruction, const Error& error, BootTime now) {
  if (error.code() == ErrorCode::lost) return take_loss(instruction, error);
  renew_at_ = permit_.retry_at(now);
  demand_until_ = std::max(demand_until_, renew_at_);
  auto failure = std::string(enum_name(error.code())).append(error.text("problem"));
  // It is tried again and again; what stays the same is no news, whoever is in the way this time.
  if (failure == failure_) return;
  failure_ = std::move(failure);
  const auto left = std::chrono::duration_cast<Seconds>(std::max(permit_.cut_at() - now, Milliseconds{0}));
  instruction.notices.push_back(
      plain_text(phrase(_("the lock on {} cannot be renewed ({}); the session ends in {} s unless it can be"),
                        leases().front().server, error_words(error).message, left.count())));
}

void LockKeeper::record_start(const std::string& command) {
  try {
    desk_.perform(call_, StartSession{session_holds(leases()), kind_, replace_invalid_utf8(command.substr(0, 4000)),
                                      turn_.acquired.ticket});
  } catch (const Error& error) {
    notices_.push_back(
        plain_text(phrase(_("the start of the session could not be recorded ({})"), error_words(error).message)));
  }
}

void LockKeeper::finish(EndSession end) noexcept {
  if (finished_) return;
  finished_ = true;
  try {
    end.holds = session_holds(leases());
    end.kind = kind_;
    end.ticket = turn_.acquired.ticket;
    end.started = opened_;
    const auto recorded = desk_.perform(Call{call_.caller}, end).result;
    if (recorded.leases_over < static_cast<std::int64_t>(leases().size())) stays_ = servers();
  } catch (const std::exception&) {
    // The holds run out by themselves.
  }
}

}  // namespace gilir::cli
