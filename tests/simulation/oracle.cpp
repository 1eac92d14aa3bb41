#include "tests/simulation/oracle.h"

#include <algorithm>
#include <set>

#include "tests/lock/consistency.h"

namespace gilir::simulation {
namespace {

template <class Rows, class Matches>
auto find(Rows& rows, Matches&& matches) {
  return std::find_if(rows.begin(), rows.end(), matches);
}

constexpr Milliseconds asker_time{10'000};

const ServerLock& server_of(const Locks& locks, const ServerName& name) {
  return *find(locks.servers, [&](const ServerLock& lock) { return lock.server == name; });
}

bool has_lease(const Locks& locks, const ServerName& server, const AgentName& agent) {
  return find(locks.leases, [&](const Lease& lease) { return lease.server == server && lease.agent == agent; }) !=
         locks.leases.end();
}

bool names(const Locks& locks, const Place& place, const ServerName& server) {
  return find(locks.place_servers, [&](const PlaceServer& row) {
           return row.place == place.place && row.server == server;
         }) != locks.place_servers.end();
}

bool waits_now(const Locks& locks, const Place& place) {
  if (place.offered) return false;
  return find(locks.waits, [&](const Wait& wait) {
           return wait.place == place.place && locks.clock < wait.deadline.at - Milliseconds(15'000);
         }) != locks.waits.end();
}

// Agents of whom each counts once.
class Agents {
 public:
  void add(const AgentName& agent) {
    for (int i = 0; i < count_; ++i) {
      if (*agents_[i] == agent) return;
    }
    agents_[count_++] = &agent;
  }
  int count() const { return count_; }

 private:
  const AgentName* agents_[64];
  int count_ = 0;
};

// Seats that are held, ending or offered.
int taken(const Locks& locks, const ServerName& server) {
  Agents agents;
  for (const Lease& lease : locks.leases) {
    if (lease.server == server) agents.add(lease.agent);
  }
  for (const Unclosed& mark : locks.unclosed) {
    if (mark.server == server) agents.add(mark.agent);
  }
  for (const Place& place : locks.places) {
    if (place.offered && names(locks, place, server)) agents.add(place.agent);
  }
  return agents.count();
}

}  // namespace

void Oracle::after(const Locks& locks, const std::vector<LockEvent>& events, Now now, const Request* request,
                   const Outcome* outcome) {
  if (!problem_.empty()) return;
  if (request && std::holds_alternative<Reboot>(*request)) note_reboot(now.boot);
  if (const Release* release = request ? std::get_if<Release>(request) : nullptr) {
    note_late_release(locks, *release);
  }
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].due > now.boot || (i && events[i].due < events[i - 1].due)) fail("an event is out of time");
    note(locks, events[i], request);
  }
  if (const Renew* renew = request ? std::get_if<Renew>(request) : nullptr) {
    note_renewal(locks, *renew, *outcome, now.boot);
  }
  if (const KeepAsking* asker = request ? std::get_if<KeepAsking>(request) : nullptr) note_asker(*asker, now.boot);
  if (const QuestionShown* shown = request ? std::get_if<QuestionShown>(request) : nullptr) {
    const auto claim = find(claims_, [&](const Claim& each) { return each.lease == shown->lease; });
    if (std::holds_alternative<Applied>(*outcome) && claim != claims_.end()) claim->shown.push_back(shown->hold);
  }
  note_effect(events);
  cut_leases_.clear();
  check_book(locks, now.boot);
  check_demands(locks);
  check_order(locks, request);
  if (request) check_tickets(locks, *request, events);
  if (!locks.places.empty()) check_line(locks, events);
  if (++checks_ % 16 == 0) {
    if (std::string problem = test::problem_in(locks); !problem.empty()) fail(std::move(problem));
  }
}

void Oracle::note(const Locks& locks, const LockEvent& event, const Request* request) {
  switch (event.kind) {
    case LockEventKind::granted:
    case LockEventKind::shared:
      if (!request || !std::holds_alternative<Acquire>(*request)) return fail("a grant that nobody asked for");
      return note_grant(locks, event, std::get<Acquire>(*request));
    case LockEventKind::released:
    case LockEventKind::closed:
      return note_release(locks, event, request);
    case LockEventKind::expired:
      return note_expiry(locks, event);
    case LockEventKind::ended:
      return note_ended_seat(event);
    case LockEventKind::asked:
      return note_demand(event, request);
    case LockEventKind::demand_ended:
      return note_demand_end(event, request);
    case LockEventKind::cut_ordered:
      return note_cut_order(event, request);
    case LockEventKind::cut:
      return note_cut(locks, event);
    default:
      return;
  }
}

void Oracle::note_grant(const Locks& locks, const LockEvent& event, const Acquire& request) {
  const ServerName& name = event.servers.at(0);
  const ServerLock& server = server_of(locks, name);
  const Hold& hold = *find(locks.holds, [&](const Hold& row) { return row.hold == event.hold; });
  const Milliseconds term = request.kind == HoldKind::kept ? server.term : request.duration;
  const auto same = find(book_, [&](const Entry& entry) { return entry.server == name && entry.agent == event.agent; });
  if (event.kind == LockEventKind::granted) {
    if (same != book_.end()) fail("a second lease for one agent");
    auto last = find(last_tokens_, [&](const auto& each) { return each.first == name; });
    if (last == last_tokens_.end()) last = last_tokens_.insert(last, {name, Token{}});
    if (*event.token <= last->second) fail("I3: a token did not rise");
    last->second = *event.token;
  } else if (same == book_.end() || same->lease != *event.lease) {
    fail("shared without a lease");
  }
  book_.push_back({*event.hold, *event.lease, name, event.agent, hold.set, request.kind, term, event.due + term});
  Agents agents;
  int logins = 0;
  for (const Entry& entry : book_) {
    if (entry.server != name) continue;
    agents.add(entry.agent);
    logins += entry.agent == event.agent && entry.kind == HoldKind::kept;
  }
  for (const Mark& mark : marks_) {
    if (mark.server == name) agents.add(mark.agent);
  }
  if (agents.count() > server.seats) fail("I1: more agents than seats at " + name.value);
  if (server.logins && request.kind == HoldKind::kept && logins > server.logins) fail("I1: more holds than logins");
}

void Oracle::note_release(const Locks& locks, const LockEvent& event, const Request* request) {
  const Release* release = request ? std::get_if<Release>(request) : nullptr;
  if (!release || release->hold != *event.hold || release->lease != *event.lease) {
    return fail("I2: a hold was released that nobody released");
  }
  if (release->over != (event.kind == LockEventKind::released)) fail("closed was taken for over");
  const auto entry = find(book_, [&](const Entry& each) { return each.hold == *event.hold; });
  if (entry == book_.end()) return fail("a hold was released that did not stand");
  const Milliseconds delay = server_of(locks, entry->server).lock_delay;
  if (!release->over && entry->kind == HoldKind::kept && delay > Milliseconds{0}) {
    add_mark({entry->hold, entry->server, entry->agent, event.due + delay, delay});
  }
  book_.erase(entry);
}

// Of a hold that has ended before: over, its mark goes; closed, it stands for the lock-delay at most.
void Oracle::note_late_release(const Locks& locks, const Release& release) {
  for (Mark& mark : marks_) {
    if (mark.hold != release.hold) continue;
    const Milliseconds delay = release.over ? Milliseconds{0} : server_of(locks, mark.server).lock_delay;
    if (locks.clock + delay < mark.until) mark.until = locks.clock + delay, mark.term = delay;
  }
  std::erase_if(marks_, [&](const Mark& mark) { return mark.hold == release.hold && mark.until <= locks.clock; });
}

void Oracle::add_mark(const Mark& mark) {
  marks_.push_back(mark);
  std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.hold < b.hold; });
}

void Oracle::note_expiry(const Locks& locks, const LockEvent& event) {
  const auto entry = find(book_, [&](const Entry& each) { return each.hold == *event.hold; });
  if (entry == book_.end()) return fail("a hold expired that did not stand");
  bool due = entry->until == event.due;
  // Its set's other holds come after it and leave the book with it.
  if (entry->kind == HoldKind::kept && entry->set.value && entry->set == expired_set_) due = true;
  if (!due) return fail("I2: a hold expired before its time");
  expired_set_ = entry->set;
  const Milliseconds delay = server_of(locks, entry->server).lock_delay;
  const BootTime until = std::max(entry->until, event.due) + delay;
  if (entry->kind == HoldKind::kept && until > event.due) {
    marks_.push_back({entry->hold, entry->server, entry->agent, until, until - event.due});
  }
  book_.erase(entry);
}

// Like an expiry, but before its time; only of a lease whose cut was ordered, or of a set with such a one.
void Oracle::note_cut(const Locks& locks, const LockEvent& event) {
  const auto entry = find(book_, [&](const Entry& each) { return each.hold == *event.hold; });
  if (entry == book_.end()) return fail("a hold was cut that did not stand");
  const bool ordered = std::find(cut_leases_.begin(), cut_leases_.end(), entry->lease) != cut_leases_.end();
  const bool with_set = entry->kind == HoldKind::kept && entry->set.value && entry->set == expired_set_;
  if (!ordered && !with_set) return fail("I2: a hold was cut without an order");
  expired_set_ = entry->set;
  const BootTime until = std::max(entry->until, event.due) + server_of(locks, entry->server).lock_delay;
  if (entry->kind == HoldKind::kept && until > event.due) {
    add_mark({entry->hold, entry->server, entry->agent, until, until - event.due});
  }
  book_.erase(entry);
}

void Oracle::note_demand(const LockEvent& event, const Request* request) {
  const auto claim = find(claims_, [&](const Claim& each) { return each.lease == *event.lease; });
  const AskHolder* ask = request ? std::get_if<AskHolder>(request) : nullptr;
  const Acquire* acquire = request ? std::get_if<Acquire>(request) : nullptr;
  if (!ask && !(acquire && acquire->taking)) return fail("a demand that nobody made");
  if (claim != claims_.end()) return fail("a lease has two demands");
  if ((ask ? ask->lease : acquire->taking->lease) != *event.lease) return fail("a demand fell on another lease");
  const bool at_once = ask ? ask->at_once : acquire->taking->at_once;
  const Milliseconds term = at_once ? Milliseconds{0} : ask ? ask->countdown : acquire->taking->countdown;
  const bool stays = ask && ask->stays && ask->kind == DemandKind::knock;
  for (const Denial& denial : denials_) {
    if (*event.demand == DemandKind::knock && denial.lease == *event.lease && denial.by == event.by &&
        denial.reason == event.purpose && denial.until > event.due)
      fail("somebody knocks again for what was denied just now");
  }
  claims_.push_back({*event.lease, *event.demand, event.by, event.to, event.due + term, term, stays,
                     event.due + asker_time, event.purpose});
}

void Oracle::note_demand_end(const LockEvent& event, const Request* request) {
  const auto claim = find(claims_, [&](const Claim& each) { return each.lease == *event.lease; });
  if (claim == claims_.end()) return fail("a demand ended that did not stand");
  const bool is_knock = claim->kind == DemandKind::knock;
  if (*event.demand_end == DemandEnd::lapsed && claim->until != event.due) fail("a hand-over lapsed before its time");
  if (*event.demand_end == DemandEnd::no_asker && !is_knock) {
    claim->kind = DemandKind::break_;
    return;
  }
  if (*event.demand_end == DemandEnd::no_asker && !(claim->stays && claim->asker_until == event.due))
    fail("a knock ended while its asker was there");
  if (*event.demand_end == DemandEnd::unanswered && !(is_knock && claim->until == event.due && may_be_missed(*claim)))
    fail("a knock went unanswered that was not, or gave the lease");
  if (*event.demand_end == DemandEnd::denied && is_knock)
    denials_.push_back({claim->lease, claim->by, claim->reason, event.due + std::chrono::minutes{10}});
  if (*event.demand_end == DemandEnd::withdrawn) {
    const WithdrawDemand* back = request ? std::get_if<WithdrawDemand>(request) : nullptr;
    if (!is_knock || !back || back->by != claim->by || back->lease != claim->lease)
      fail("a demand was taken back by somebody else than who knocked");
  }
  claims_.erase(claim);
}

// Silence gives a lease only when each of its sessions shows the question.
bool Oracle::may_be_missed(const Claim& knock) const {
  return std::any_of(book_.begin(), book_.end(), [&](const Entry& entry) {
    return entry.lease == knock.lease && entry.kind == HoldKind::kept &&
           std::find(knock.shown.begin(), knock.shown.end(), entry.hold) == knock.shown.end();
  });
}

void Oracle::note_asker(const KeepAsking& request, BootTime now) {
  const auto claim = find(claims_, [&](const Claim& each) { return each.lease == request.lease; });
  if (claim == claims_.end() || claim->kind != DemandKind::knock || !claim->stays || claim->by != request.by) return;
  if (claim->asker_until <= now + asker_time / 2) claim->asker_until = now + asker_time;
}

void Oracle::note_cut_order(const LockEvent& event, const Request* request) {
  const auto claim = find(claims_, [&](const Claim& each) { return each.lease == *event.lease; });
  if (claim == claims_.end()) return fail("a cut was ordered for no demand");
  bool due = claim->until == event.due && claim->kind != DemandKind::hand_over;
  const bool knocks_alone = claim->kind == DemandKind::knock && claim->stays && claim->asker_until <= event.due;
  if (knocks_alone) fail("a knock took effect though its asker had gone");
  if (const AnswerDemand* answer = request ? std::get_if<AnswerDemand>(request) : nullptr) {
    due = due || (answer->grant && claim->kind == DemandKind::knock && answer->lease == claim->lease);
  }
  if (const Acquire* acquire = request ? std::get_if<Acquire>(request) : nullptr) {
    due = due || (acquire->taking && acquire->taking->kind == DemandKind::hand_over && acquire->agent == claim->to);
  }
  const bool gives = request && std::holds_alternative<AskHolder>(*request) && claim->kind == DemandKind::hand_over;
  const bool is_knock = claim->kind == DemandKind::knock;
  if (is_knock && event.by_silence && may_be_missed(*claim)) fail("silence gave away what its holder may have missed");
  if (is_knock && !event.by_silence && !(request && std::holds_alternative<AnswerDemand>(*request)))
    fail("silence was told as a consent");
  if (!due && !gives) fail("I2: a cut was ordered before its time");
  cut_leases_.push_back(claim->lease);
  claims_.erase(claim);
}

void Oracle::check_demands(const Locks& locks) {
  if (locks.demands.size() != claims_.size()) return fail("demands came or went without an event");
  for (const Demand& demand : locks.demands) {
    const auto claim = find(claims_, [&](const Claim& each) { return each.lease == demand.lease; });
    if (claim == claims_.end() || claim->kind != demand.kind || claim->until != demand.deadline.at) {
      return fail("a demand was changed without an event");
    }
    if (claim->kind != DemandKind::knock || !claim->stays) continue;
    if (claim->asker_until != demand.asker.at) return fail("it is wrong until when an asker counts as there");
    if (claim->asker_until <= locks.clock) return fail("a knock outlived its asker");
  }
}

// I4: nobody's place in the line moves, but for a steal and a hand-over.
void Oracle::check_order(const Locks& locks, const Request* request) {
  const Acquire* acquire = request ? std::get_if<Acquire>(request) : nullptr;
  const AskHolder* ask = request ? std::get_if<AskHolder>(request) : nullptr;
  const bool may_go_first = (acquire && acquire->taking) || (ask && ask->kind == DemandKind::hand_over);
  std::vector<std::pair<PlaceId, std::int64_t>> now;
  for (const Place& place : locks.places) {
    const auto before = find(sequences_, [&](const auto& each) { return each.first == place.place; });
    if (before != sequences_.end() && before->second != place.sequence && !may_go_first) {
      fail("I4: a place moved in the line");
    }
    now.emplace_back(place.place, place.sequence);
  }
  sequences_ = std::move(now);
}

void Oracle::note_ended_seat(const LockEvent& event) {
  std::erase_if(marks_, [&](const Mark& mark) { return mark.until <= event.due; });
  const auto at_seat = [&](const auto& row) { return row.server == event.servers.at(0) && row.agent == event.agent; };
  if (find(book_, at_seat) != book_.end()) fail("a seat ended that is held");
  if (find(marks_, at_seat) != marks_.end()) fail("I1: a seat was freed that is ending");
}

void Oracle::note_renewal(const Locks& locks, const Renew& request, const Outcome& outcome, BootTime now) {
  const bool renewed = std::holds_alternative<Renewed>(outcome);
  for (const HeldUnder& held : request.holds) {
    const auto entry =
        find(book_, [&](const Entry& each) { return each.hold == held.hold && each.lease == held.lease; });
    if (!renewed) continue;
    if (entry == book_.end()) return fail("I2: a renewal was acknowledged for a hold that is over");
    if (entry->kind == HoldKind::kept) entry->term = server_of(locks, entry->server).term;
    entry->until = std::max(entry->until, now + entry->term);
    if (entry->kind == HoldKind::kept) entry->term = entry->until - now;
  }
}

void Oracle::note_reboot(BootTime now) {
  for (Entry& entry : book_) entry.until = now + entry.term;
  for (Mark& mark : marks_) mark.until = now + mark.term;
  for (Claim& claim : claims_) claim.until = now + claim.term, claim.asker_until = now + asker_time;
}

void Oracle::note_effect(const std::vector<LockEvent>& events) {
  expired_set_ = {};
  const bool effect = std::any_of(events.begin(), events.end(), [](const LockEvent& event) {
    return event.kind == LockEventKind::granted || event.kind == LockEventKind::shared ||
           event.kind == LockEventKind::queued;
  });
  if (effect && !changed_.insert(change_).second) fail("I5: a request had two effects");
}

void Oracle::check_book(const Locks& locks, BootTime now) {
  std::erase_if(marks_, [&](const Mark& mark) { return mark.until <= now; });
  if (locks.holds.size() != book_.size()) return fail("I2: holds came or went without an event");
  for (std::size_t i = 0; i < book_.size(); ++i) {
    const Hold& hold = locks.holds[i];
    const Entry& entry = book_[i];
    if (hold.hold != entry.hold || hold.lease != entry.lease) return fail("I2: a hold was changed without an event");
    if (entry.until <= now) return fail("I6: a hold outlived its term");
    if (hold.deadline.at != entry.until) return fail("a hold's deadline is wrong");
  }
  if (locks.unclosed.size() != marks_.size()) return fail("I6: an ending seat is freed too early or too late");
  for (const Unclosed& row : locks.unclosed) {
    const auto mark = find(marks_, [&](const Mark& each) { return each.hold == row.hold; });
    if (mark == marks_.end() || mark->until != row.until.at) return fail("an unclosed mark is wrong");
  }
}

void Oracle::check_tickets(const Locks& locks, const Request& request, const std::vector<LockEvent>& events) {
  const TicketMerged* merged = std::get_if<TicketMerged>(&request);
  const TicketFinished* finished = std::get_if<TicketFinished>(&request);
  if (!merged && !finished) return;
  const TicketNumber gone = merged ? merged->source : finished->ticket;
  for (const Wait& wait : locks.waits) {
    if (wait.ticket == gone) fail("a wait is left for a ticket that is over");
  }
  if (!merged) return;
  for (const Hold& hold : locks.holds) {
    if (hold.ticket == gone) fail("a hold did not follow its ticket");
  }
  for (const LockEvent& event : events) {
    if (event.kind != LockEventKind::moved || !event.place) continue;
    for (const Entry& entry : book_) {
      const Hold& hold = locks.holds[static_cast<std::size_t>(&entry - book_.data())];
      const bool there = std::find(event.servers.begin(), event.servers.end(), entry.server) != event.servers.end();
      if (there && hold.ticket == merged->target && entry.agent != event.agent) {
        fail("a wait followed its ticket to where another agent holds it");
      }
    }
  }
}

void Oracle::check_line(const Locks& locks, const std::vector<LockEvent>& events) {
  for (auto place = locks.places.begin(); place != locks.places.end(); ++place) {
    const bool waits = waits_now(locks, *place);
    const bool offered_now =
        place->offered && find(events, [&](const LockEvent& event) {
                            return event.kind == LockEventKind::offered && event.place == place->place;
                          }) != events.end();
    if (!waits && !offered_now) continue;
    bool has_all = true;
    for (const PlaceServer& row : locks.place_servers) {
      if (row.place != place->place || has_lease(locks, row.server, place->agent)) continue;
      // Agents who stand before: each needs one seat there, however many places wait for it.
      std::set<AgentName> earlier_agents;
      for (auto earlier = locks.places.begin(); earlier != place; ++earlier) {
        const bool needs_seat = waits_now(locks, *earlier) && names(locks, *earlier, row.server) &&
                                !has_lease(locks, row.server, earlier->agent);
        if (needs_seat) earlier_agents.insert(earlier->agent);
      }
      const auto before = static_cast<int>(earlier_agents.size());
      const int free = server_of(locks, row.server).seats - taken(locks, row.server);
      if (offered_now && free < before) fail("I4: an offer skipped an earlier place");
      if (free <= before) has_all = false;
    }
    if (waits && has_all) fail("I6: a seat is free and the first in line has no offer");
  }
}

}  // namespace gilir::simulation
