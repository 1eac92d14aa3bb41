#include "core/operations/lock/lock_access.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/lock/lock_table.h"

namespace gilir {
namespace {

EventKind event_kind(LockEventKind kind) { return *enum_from_name<EventKind>("lock_" + std::string(enum_name(kind))); }

// Wall time of a due time on the boot clock, by the reading that both clocks gave together.
WallTime wall_of(const Now& now, BootTime due) { return now.wall - (now.boot - due); }

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
  if (event.reason) facts.because = std::string(enum_name(*event.reason));
  facts.due = wall_of(now, event.due);
  return facts;
}

void log_events(Context& context, const std::vector<LockEvent>& events) {
  for (const auto& event : events) {
    std::vector<Subject> subjects{subject(event.agent)};
    for (const auto& server : event.servers) {
      subjects.push_back(subject(server));
      context.ring(server);
    }
    if (event.ticket) subjects.push_back(subject(*event.ticket));
    if (event.into) subjects.push_back(subject(*event.into));
    context.log(event_kind(event.kind), std::move(subjects), facts_of(context.now(), event));
  }
}

Stepped step_and_store(Context& context, const Request& request, Locks before) {
  auto stepped = step(before, request, context.now());
  store_locks(context.connection(), before, stepped.locks);
  log_events(context, stepped.events);
  return stepped;
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

}  // namespace

Outcome change_locks(Context& context, const Request& request, const std::vector<ServerName>& servers) {
  return step_and_store(context, request, load_locks(context.connection(), servers, context.caller().name)).outcome;
}

std::string move_ticket(Context& context, TicketNumber source, TicketNumber target) {
  auto servers = servers_of_ticket(context.connection(), source);
  if (servers.empty()) return {};
  std::ranges::copy(servers_of_ticket(context.connection(), target), std::back_inserter(servers));
  const auto stepped =
      step_and_store(context, TicketMerged{source, target}, load_locks(context.connection(), servers, {}));
  return moved_ids(stepped.events);
}

void finish_ticket(Context& context, TicketNumber ticket) {
  const auto servers = servers_of_ticket(context.connection(), ticket);
  if (servers.empty()) return;
  step_and_store(context, TicketFinished{ticket}, load_locks(context.connection(), servers, {}));
}

Locks view_locks(Context& context, const std::vector<ServerName>& servers) {
  auto locks = load_locks(context.connection(), servers, {});
  if (context.sees_restart()) return step(std::move(locks), Reboot{}, context.now()).locks;
  return settle(std::move(locks), context.now().boot).locks;
}

void settle_locks(Context& context) {
  const auto before = load_all_locks(context.connection());
  const auto settled = settle(before, context.now().boot);
  store_locks(context.connection(), before, settled.locks);
  log_events(context, settled.events);
}

void restart_locks(Context& context) { step_and_store(context, Reboot{}, load_all_locks(context.connection())); }

}  // namespace gilir
