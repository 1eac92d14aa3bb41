#include "core/lock/asking.h"

#include "core/lock/rows.h"

namespace gilir {
namespace {

bool is_firm(DemandKind kind) {
  return kind == DemandKind::break_ || kind == DemandKind::steal;
}

// A holder may give away what others knock for; what must end stays so.
bool replaces(DemandKind kind, const Demand& standing) {
  if (is_firm(standing.kind)) return false;
  return is_firm(kind) || kind == DemandKind::hand_over;
}

// The cut: every hold of the lease ends, whatever is left of its time.
enum class Because { it_was_said, nobody_answered };

void order_cut(Transition& t, const Demand& demand, Because because = Because::it_was_said) {
  const Lease* lease = find_row(t.locks.leases, &Lease::lease, demand.lease);
  LockEvent& event = report_demand(t, LockEventKind::cut_ordered, demand);
  event.token = lease->token;
  event.by_silence = because == Because::nobody_answered;
  std::erase_if(t.locks.demands, [&](const Demand& row) { return row.demand == demand.demand; });
  while (const Hold* hold = find_row(t.locks.holds, &Hold::lease, demand.lease)) cut_hold(t, hold->hold);
}

PlaceId live_place(const Locks& locks, const AgentName& agent, const ServerName& server) {
  for (const Place& place : locks.places) {
    if (place.agent == agent && !place.passed_over && servers_of(locks, place.place) == std::vector{server})
      return place.place;
  }
  return {};
}

// A knock of his at that lease, or null.
Demand* knock_of(Locks& locks, LeaseId lease, const ServerName& server, const AgentName& by) {
  Demand* demand = find_row(locks.demands, &Demand::lease, lease);
  const bool is_his = demand != nullptr && demand->server == server && demand->by == by;
  return is_his && demand->kind == DemandKind::knock ? demand : nullptr;
}

bool stays_for_answer(const Demand& demand) {
  return demand.kind == DemandKind::knock && demand.asker.term > Milliseconds{0};
}

const Refusal* refusal_of(const Transition& t, const AskHolder& request) {
  for (const Refusal& refusal : t.locks.refusals) {
    const bool is_same = refusal.lease == request.lease && refusal.by == request.by && refusal.reason == request.reason;
    if (is_same && refusal.until.at > t.at) return &refusal;
  }
  return nullptr;
}

void note_refusal(Transition& t, const Demand& knock) {
  std::erase_if(t.locks.refusals, [&](const Refusal& row) { return row.until.at <= t.at; });
  t.locks.refusals.push_back(
      {knock.demand, knock.lease, knock.server, knock.by, knock.reason, {t.at + refusal_term, refusal_term}});
}

const Lease* standing_lease(const Locks& locks, LeaseId id, const ServerName& server) {
  const Lease* lease = find_row(locks.leases, &Lease::lease, id);
  return lease != nullptr && lease->server == server ? lease : nullptr;
}

}  // namespace

Outcome ask_holder(Transition& t, const AskHolder& request) {
  if (standing_lease(t.locks, request.lease, request.server) == nullptr) return LeaseOver{};
  if (const Demand* standing = find_row(t.locks.demands, &Demand::lease, request.lease)) {
    if (!request.at_once && !replaces(request.kind, *standing)) return AskedAlready{*standing};
    end_demand(t, standing->demand, DemandEnd::replaced);
  }
  if (request.kind == DemandKind::knock) {
    if (const Refusal* refusal = refusal_of(t, request)) return RefusedLately{*refusal};
  }
  const Milliseconds countdown = request.at_once ? Milliseconds{0} : request.countdown;
  Demand demand{DemandId{++t.locks.last.demand.value},
                request.lease,
                request.server,
                request.kind,
                request.by,
                request.to,
                {},
                request.reason,
                {t.at + countdown, countdown}};
  if (request.stays) demand.asker = {t.at + asker_term, asker_term};
  t.locks.demands.push_back(demand);
  report_demand(t, LockEventKind::asked, demand);
  const PlaceId taker =
      demand.kind == DemandKind::hand_over ? live_place(t.locks, demand.to, demand.server) : PlaceId{};
  const bool is_cut = request.at_once || taker.value != 0;
  if (is_cut) order_cut(t, demand);
  if (taker.value != 0) put_first(t.locks, taker);
  return Asked{demand, is_cut, is_cut ? Silence::gives : silence_of(t.locks, demand)};
}

Outcome keep_asking(Transition& t, const KeepAsking& request) {
  Demand* demand = knock_of(t.locks, request.lease, request.server, request.by);
  if (demand == nullptr || !stays_for_answer(*demand)) return NoDemand{};
  if (demand->asker.at - t.at <= asker_term / 2) demand->asker = {t.at + asker_term, asker_term};
  return Applied{};
}

Outcome answer_demand(Transition& t, const AnswerDemand& request) {
  const Lease* lease = standing_lease(t.locks, request.lease, request.server);
  const Demand* demand = find_row(t.locks.demands, &Demand::lease, request.lease);
  if (lease == nullptr || lease->agent != request.holder || demand == nullptr) return NoDemand{};
  if (demand->kind == DemandKind::hand_over && !request.grant) {
    // He takes his own offer back.
    end_demand(t, demand->demand, DemandEnd::denied);
    return Applied{};
  }
  if (demand->kind != DemandKind::knock) return NoDemand{};
  if (request.grant)
    order_cut(t, Demand(*demand));
  else {
    note_refusal(t, *demand);
    end_demand(t, demand->demand, DemandEnd::denied);
  }
  return Applied{};
}

Outcome show_question(Transition& t, const QuestionShown& request) {
  const Demand* demand = find_row(t.locks.demands, &Demand::demand, request.demand);
  Hold* hold = find_row(t.locks.holds, &Hold::hold, request.hold);
  if (demand == nullptr || hold == nullptr || demand->lease != request.lease || hold->lease != request.lease)
    return NoDemand{};
  hold->shows = request.demand;
  return Applied{};
}

Silence silence_of(const Locks& locks, const Demand& demand) {
  if (demand.kind != DemandKind::knock) return Silence::gives;
  const bool may_be_missed = std::any_of(locks.holds.begin(), locks.holds.end(), [&](const Hold& hold) {
    return hold.lease == demand.lease && hold.kind == HoldKind::kept && hold.shows != demand.demand;
  });
  return may_be_missed ? Silence::keeps : Silence::gives;
}

Outcome withdraw_demand(Transition& t, const WithdrawDemand& request) {
  const Demand* demand = knock_of(t.locks, request.lease, request.server, request.by);
  if (demand == nullptr) return NoDemand{};
  end_demand(t, demand->demand, DemandEnd::withdrawn);
  return Applied{};
}

std::optional<Outcome> begin_taking(Transition& t, const AgentName& taker, const ServerName& server,
                                    const TakeOver& taking) {
  const Lease* lease = standing_lease(t.locks, taking.lease, server);
  if (lease == nullptr || lease->agent == taker) return LeaseOver{};
  if (taking.kind == DemandKind::steal) {
    AskHolder ask{taking.lease, server, DemandKind::steal, taker, {}, taking.reason, taking.countdown, taking.at_once};
    Outcome outcome = ask_holder(t, ask);
    if (std::holds_alternative<Asked>(outcome)) return std::nullopt;
    return outcome;
  }
  const Demand* offer = find_row(t.locks.demands, &Demand::lease, taking.lease);
  if (offer == nullptr || offer->kind != DemandKind::hand_over || offer->to != taker) return NoDemand{};
  order_cut(t, Demand(*offer));
  return std::nullopt;
}

void bind_taking(Transition& t, const TakeOver& taking, std::optional<WaitId> wait) {
  Demand* demand = find_row(t.locks.demands, &Demand::lease, taking.lease);
  if (demand == nullptr || demand->kind != DemandKind::steal) return;
  demand->wait = wait;
  if (!wait) end_demand(t, demand->demand, DemandEnd::satisfied);
}

BootTime due_of(const Demand& demand) {
  return stays_for_answer(demand) ? std::min(demand.deadline.at, demand.asker.at) : demand.deadline.at;
}

void fire_or_lapse(Transition& t, DemandId id) {
  const Demand demand = row_of(t.locks.demands, &Demand::demand, id);
  if (stays_for_answer(demand) && demand.asker.at <= t.at)
    end_demand(t, id, DemandEnd::no_asker);
  else if (demand.kind == DemandKind::hand_over)
    end_demand(t, id, DemandEnd::lapsed);
  else if (silence_of(t.locks, demand) == Silence::keeps)
    end_demand(t, id, DemandEnd::unanswered);
  else
    order_cut(t, demand, demand.kind == DemandKind::knock ? Because::nobody_answered : Because::it_was_said);
}

bool is_ordered_to_end(const Locks& locks, LeaseId lease) {
  const Demand* demand = find_row(locks.demands, &Demand::lease, lease);
  return demand != nullptr && is_firm(demand->kind);
}

void put_first(Locks& locks, PlaceId id) {
  const auto at =
      std::find_if(locks.places.begin(), locks.places.end(), [&](const Place& place) { return place.place == id; });
  // Below 0 are only those who were put first, so that nobody's number in line is ever given out twice.
  const std::int64_t first = std::min<std::int64_t>(locks.places.front().sequence, 0);
  if (at != locks.places.begin()) at->sequence = first - 1;
  std::rotate(locks.places.begin(), at, at + 1);
}

}  // namespace gilir
