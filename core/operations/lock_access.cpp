#include "core/operations/lock_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/lock/ended_table.h"
#include "core/lock/lock_table.h"
#include "core/operations/processes.h"

namespace gilir {
namespace {

EventKind event_kind(LockEventKind kind) {
  // The same for who looks for the end of a hold; the facts say more.
  if (kind == LockEventKind::closed) return EventKind::lock_released;
  return *enum_from_name<EventKind>("lock_" + std::string(enum_name(kind)));
}

// Wall time of a due time on the boot clock, by the reading that both clocks gave together.
WallTime wall_of(const Now& now, BootTime due) {
  return now.wall - (now.boot - due);
}

void add_demand(EventFacts& facts, const LockEvent& event) {
  facts.kind = std::string(enum_name(*event.demand));
  if (event.kind == LockEventKind::cut_ordered) facts.because = event.by_silence ? "silence" : facts.kind;
  if (event.demand_end) facts.because = std::string(enum_name(*event.demand_end));
  facts.by = event.by;
  if (!event.to.empty()) facts.to = event.to;
}

EventFacts facts_of(const Now& now, const LockEvent& event) {
  EventFacts facts;
  facts.ticket = event.ticket;
  facts.into = event.into;
  facts.agent = event.agent;
  if (event.servers.size() == 1) facts.server = event.servers.front();
  facts.lease = event.lease;
  facts.token = event.token;
  facts.hold = event.hold;
  facts.place = event.place;
  facts.wait = event.wait;
  if (!event.purpose.empty()) facts.reason = event.purpose;
  if (event.hold_kind) facts.kind = std::string(enum_name(*event.hold_kind));
  const bool is_end_of_hold = event.kind == LockEventKind::released || event.kind == LockEventKind::expired;
  if (is_end_of_hold && event.held_still) facts.because = "held_still";
  if (event.kind == LockEventKind::closed) facts.because = "not_confirmed";
  if (event.reason) facts.because = std::string(enum_name(*event.reason));
  if (event.demand) add_demand(facts, event);
  facts.due = wall_of(now, event.due);
  return facts;
}

std::vector<Subject> subjects_of(const LockEvent& event) {
  std::vector<Subject> subjects{subject(event.agent)};
  for (const auto& server : event.servers) subjects.push_back(subject(server));
  for (const auto& other : {event.by, event.to}) {
    if (!other.empty() && other != event.agent) subjects.push_back(subject(other));
  }
  if (event.ticket) subjects.push_back(subject(*event.ticket));
  if (event.into) subjects.push_back(subject(*event.into));
  return subjects;
}

void log_events(Context& context, const std::vector<LockEvent>& events) {
  for (const auto& event : events) {
    for (const auto& server : event.servers) context.ring(server);
    context.log(event_kind(event.kind), subjects_of(event), facts_of(context.now(), event));
  }
}

// With what is known of processes applied first, and what that led to.
struct Looked {
  Locks locks;
  std::vector<LockEvent> events;
  std::vector<GroupSignal> signals;
};

Looked look_first(Context& context, Locks locks) {
  auto found = look_at_processes(locks, context.now().boot);
  Looked looked{std::move(locks), {}, std::move(found.signals)};
  for (const auto& over : found.over) {
    auto stepped = step(std::move(looked.locks), over, context.now());
    looked.locks = std::move(stepped.locks);
    std::ranges::move(stepped.events, std::back_inserter(looked.events));
  }
  return looked;
}

Stepped step_and_store(Context& context, const Request& request, const Locks& before) {
  auto looked = look_first(context, before);
  for (auto& signal : looked.signals) context.send(std::move(signal));
  auto stepped = step(std::move(looked.locks), request, context.now());
  store_locks(context.connection(), before, stepped.locks);
  looked.events.insert(looked.events.end(), stepped.events.begin(), stepped.events.end());
  stepped.events = std::move(looked.events);
  store_ended(context.connection(), stepped.events, context.now().wall);
  log_events(context, stepped.events);
  return stepped;
}

// The locks as they stand now, and what came of the time since the last change.
Settled look(Context& context, const std::vector<ServerName>& servers) {
  auto locks = load_locks(context.connection(), servers, {});
  if (context.sees_restart()) {
    auto stepped = step(std::move(locks), Reboot{}, context.now());
    return {std::move(stepped.locks), std::move(stepped.events)};
  }
  auto looked = look_first(context, std::move(locks));
  auto settled = settle(std::move(looked.locks), context.now().boot);
  std::ranges::move(settled.events, std::back_inserter(looked.events));
  return {std::move(settled.locks), std::move(looked.events)};
}

std::string moved_ids(const std::vector<LockEvent>& events) {
  std::string moved;
  for (const auto& event : events) {
    if (event.kind != LockEventKind::moved) continue;
    if (!moved.empty()) moved += ' ';
    moved += event.hold ? fmt::format("hold:{}", event.hold->value) : fmt::format("wait:{}", event.wait->value);
  }
  return moved;
}

// Adds the number of "hold:12" to `ids` when it is of that kind.
template <class Id>
void read_id(std::string_view word, std::string_view kind, std::vector<Id>& ids) {
  Id id;
  if (!word.starts_with(kind)) return;
  std::from_chars(word.data() + kind.size(), word.data() + word.size(), id.value);
  ids.push_back(id);
}

// What moved_ids wrote.
void read_ids(std::string_view moved, TicketUnmerged& unmerged) {
  while (!moved.empty()) {
    const auto end = std::min(moved.find(' '), moved.size());
    read_id(moved.substr(0, end), "hold:", unmerged.holds);
    read_id(moved.substr(0, end), "wait:", unmerged.waits);
    moved.remove_prefix(std::min(end + 1, moved.size()));
  }
}

}  // namespace

Outcome change_locks(Context& context, const Request& request, const std::vector<ServerName>& servers,
                     std::vector<LockEvent>* events) {
  auto stepped = step_and_store(context, request, load_locks(context.connection(), servers, context.caller().name));
  if (events != nullptr) *events = std::move(stepped.events);
  return std::move(stepped.outcome);
}

std::string move_ticket(Context& context, TicketNumber source, TicketNumber target) {
  auto servers = servers_of_ticket(context.connection(), source);
  if (servers.empty()) return {};
  std::ranges::copy(servers_of_ticket(context.connection(), target), std::back_inserter(servers));
  const auto stepped =
      step_and_store(context, TicketMerged{source, target}, load_locks(context.connection(), servers, {}));
  return moved_ids(stepped.events);
}

void move_ticket_back(Context& context, TicketNumber source, TicketNumber target, const std::string& moved) {
  TicketUnmerged request{source, target, {}, {}};
  read_ids(moved, request);
  const auto servers = servers_of_ticket(context.connection(), target);
  if (moved.empty() || servers.empty()) return;
  step_and_store(context, request, load_locks(context.connection(), servers, {}));
}

void finish_ticket(Context& context, TicketNumber ticket) {
  const auto servers = servers_of_ticket(context.connection(), ticket);
  if (servers.empty()) return;
  step_and_store(context, TicketFinished{ticket}, load_locks(context.connection(), servers, {}));
}

Locks view_locks(Context& context, const std::vector<ServerName>& servers) {
  return look(context, servers).locks;
}

std::vector<Event> events_due(Context& context, const std::vector<ServerName>& servers) {
  std::vector<Event> events;
  for (const auto& event : look(context, servers).events) {
    events.push_back({{},
                      context.now().wall,
                      context.caller().name,
                      event_name(event_kind(event.kind)),
                      subjects_of(event),
                      facts_of(context.now(), event)});
  }
  return events;
}

void settle_locks(Context& context) {
  step_and_store(context, Settle{}, load_all_locks(context.connection()));
}

void restart_locks(Context& context) {
  step_and_store(context, Reboot{}, load_all_locks(context.connection()));
}

}  // namespace gilir
