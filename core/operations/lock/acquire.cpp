#include "core/operations/lock/acquire.h"

#include <algorithm>
#include <array>

#include "core/lock/ended_table.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock/ask.h"
#include "core/operations/lock/demand_effects.h"
#include "core/operations/lock/lock_view.h"
#include "core/operations/lock_access.h"
#include "core/operations/processes.h"
#include "core/operations/ticket/answer.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/likeness.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr Milliseconds longest_timed_hold = std::chrono::hours{24 * 7};
constexpr std::int64_t most_servers = 16;

constexpr std::array lock_acquire_fields{
    FieldSpec{"servers", "the servers, all or none", most_servers},
    FieldSpec{"kind", "kept: renewed by a running process; timed: ends by itself", 0},
    FieldSpec{"duration_s", "how long a timed hold lasts, in milliseconds", longest_timed_hold.count()},
    FieldSpec{"ticket", "the ticket it is for", 0},
    FieldSpec{"reason", "what it is for, for people", max_line_bytes},
    FieldSpec{"exclusive", "refuse to share a lease that the caller has already", 0},
    FieldSpec{"wait", "take a place in line instead of being refused", 0},
    FieldSpec{"in_line", "the wait to renew or to take up", 0},
    FieldSpec{"steal", "the lease of another agent to take", 0},
    FieldSpec{"accept", "take what another agent hands over", 0},
    FieldSpec{"at_once", "without a countdown; for supervisors", 0},
    FieldSpec{"host", "the machine of the process", max_name_bytes * 4},
    FieldSpec{"pid", "the process", 0},
    FieldSpec{"terminal", "its terminal, for people", max_name_bytes},
    FieldSpec{"world", "the boot and the namespaces in which its number means something", 200},
    FieldSpec{"started", "when it began, by the kernel's clock", 0},
    FieldSpec{"group", "the process group of the program under the lock, on the same machine", 0},
    FieldSpec{"group_started", "when its leader began", 0},
};

// With the answer that its reporters got, for whoever waited to give one.
Error ticket_over(Context& context, const TicketRow& asked, const TicketRow& ticket) {
  if (asked.number != ticket.number) {
    return Error(ErrorCode::merged).with("number", asked.number).with("into", ticket.number);
  }
  Error error(ErrorCode::resolved);
  error.add("number", ticket.number);
  error.add("status", ticket.status);
  error.add("answer", answer_of(context, ticket).value_or(""));
  return error;
}

// The ticket that counts. Error{resolved} for a finished one, Error{wrong_server} for one of another server.
std::optional<TicketNumber> check_ticket(Context& context, const AcquireLock& operation) {
  if (!operation.ticket) return std::nullopt;
  const auto asked = get_ticket(context.connection(), *operation.ticket);
  const auto ticket = follow_ticket(context.connection(), *operation.ticket);
  if (is_finished(ticket.status)) throw ticket_over(context, ticket, ticket);
  if (ticket.server && std::ranges::find(operation.servers, *ticket.server) == operation.servers.end()) {
    throw Error(ErrorCode::wrong_server)
        .with("number", ticket.number)
        .with("server", operation.servers.front())
        .with("ticket_server", *ticket.server);
  }
  return ticket.number;
}

// The other tickets for which the servers are held.
std::vector<TicketNumber> tickets_of_holders(const Locks& locks, const AcquireLock& operation, TicketNumber own) {
  std::vector<TicketNumber> theirs;
  for (const auto& hold : locks.holds) {
    const bool named = std::ranges::find(operation.servers, hold.server) != operation.servers.end();
    if (named && hold.ticket && *hold.ticket != own) theirs.push_back(*hold.ticket);
  }
  return theirs;
}

std::vector<RelatedTicket> related_tickets(Context& context, TicketNumber own,
                                           const std::vector<TicketNumber>& theirs) {
  const auto reporter = get_ticket(context.connection(), own).reporter;
  std::vector<RelatedTicket> related;
  for (auto& match : likeness(context, own, theirs)) {
    related.push_back({match.number, std::string(enum_name(match.strength)), std::move(match.because),
                       get_ticket(context.connection(), match.number).reporter != reporter});
  }
  return related;
}

// Ranking reads hundreds of tickets: nobody else's lock waits for that.
void explain_held(Context& context, const Locks& locks, const AcquireLock& operation,
                  const std::optional<TicketNumber>& ticket) {
  auto theirs = ticket ? tickets_of_holders(locks, operation, *ticket) : std::vector<TicketNumber>{};
  context.explain_refusal([ticket, theirs = std::move(theirs)](Context& later, Error& refusal) {
    std::vector<RelatedTicket> related;
    try {
      if (ticket) related = related_tickets(later, *ticket, theirs);
    } catch (const Error&) {  // who stands before the caller is told all the same
    }
    refusal.add("related", related);
  });
}

// Says who stands before the caller, for what, why that may be the same problem, and where they would stand.
Error held(Context& context, const AcquireLock& operation, const std::optional<TicketNumber>& ticket,
           const HeldByOthers& refusal) {
  const auto locks = view_locks(context, operation.servers);
  explain_held(context, locks, operation, ticket);
  const auto& first = refusal.blockers.front();
  return Error(ErrorCode::held)
      .with("server", first.server)
      .with("agent", first.agent)
      .with("because", first.because)
      .with("ticket", ticket)
      .with("lock", lock_view(context, locks, first.server))
      .with("position", static_cast<int>(line_at(locks, first.server).size()) + 1);
}

// Why a wait is over: its ticket's state tells, or else it was not renewed in time.
Error wait_over(Context& context, const AcquireLock& operation) {
  if (operation.ticket) {
    const auto asked = get_ticket(context.connection(), *operation.ticket);
    const auto ticket = follow_ticket(context.connection(), *operation.ticket);
    if (asked.number != ticket.number || is_finished(ticket.status)) return ticket_over(context, asked, ticket);
  }
  return Error(ErrorCode::wait_lapsed).with("server", operation.servers.front());
}

Acquired granted(Context& context, const Granted& outcome, const std::optional<TicketNumber>& ticket) {
  Acquired acquired;
  acquired.ticket = ticket;
  for (const auto& seat : outcome.seats) {
    const auto server = get_server(context.connection(), seat.server);
    acquired.leases.push_back({seat.server, seat.lease, seat.hold, seat.token, context.caller().name, ticket,
                               seat.deadline.at - context.now().boot, seat.shared, server.level});
    if (!server.log_off.empty()) acquired.log_offs.push_back({server.name, server.log_off});
  }
  return acquired;
}

// When a session that nobody renews any more stops counting: with others in line only when the seat is free.
Milliseconds free_for_its_agent_in(Context& context, const Hold& session) {
  const auto locks = view_locks(context, {session.server});
  auto at = session.deadline.at;
  if (has_line(locks, session.server)) at += row_of(locks.servers, &ServerLock::server, session.server).lock_delay;
  return std::max(at - context.now().boot, Milliseconds{0});
}

Acquired answer(Context& context, const AcquireLock& operation, const std::optional<TicketNumber>& ticket,
                const Outcome& outcome) {
  if (const auto* seats = std::get_if<Granted>(&outcome)) return granted(context, *seats, ticket);
  if (const auto* waiting = std::get_if<Waiting>(&outcome)) {
    Acquired acquired;
    acquired.ticket = ticket;
    acquired.wait = waiting->wait;
    for (const auto& position : waiting->positions) acquired.positions.push_back({position.server, position.position});
    return acquired;
  }
  if (const auto* others = std::get_if<HeldByOthers>(&outcome)) throw held(context, operation, ticket, *others);
  if (const auto* own = std::get_if<OwnSession>(&outcome)) {
    throw Error(ErrorCode::own_session)
        .with("server", own->session.server)
        .with("hold", own->session.hold)
        .with("terminal", own->session.terminal)
        .with("host", own->session.host)
        .with("pid", own->session.pid)
        .with("since", own->session.since)
        .with("gone", is_holder_gone(own->session))
        .with("free_in_s", free_for_its_agent_in(context, own->session));
  }
  if (const auto* lease = std::get_if<NotExclusive>(&outcome)) {
    throw Error(ErrorCode::not_exclusive).with("server", lease->lease.server).with("lease", lease->lease.lease);
  }
  if (const auto* refused = std::get_if<DeadlockRefused>(&outcome)) {
    std::vector<WaitsFor> circle;
    for (const auto& link : refused->circle) circle.push_back({link.agent, link.server, link.other});
    throw Error(ErrorCode::deadlock).with("circle", circle);
  }
  if (std::holds_alternative<NoSuchWait>(outcome)) throw wait_over(context, operation);
  refuse_demand(context, operation.servers.front(), operation.steal.value_or(LeaseId{}), outcome);
}

void check_servers(Context& context, const AcquireLock& operation) {
  if (operation.servers.empty()) {
    throw invalid_field("servers", "names no server");
  }
  auto names = operation.servers;
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) {
    throw invalid_field("servers", "names a server twice");
  }
  for (const auto& server : operation.servers) get_server(context.connection(), server);
  if (operation.kind == HoldKind::timed && operation.duration_s < Seconds{1}) {
    throw invalid_field("duration_s", "must be at least a second");
  }
}

// What is handed over to the caller, and for which ticket it was held.
using HandedOver = std::pair<LeaseId, std::optional<TicketNumber>>;

std::optional<HandedOver> handed_over(Context& context, const ServerName& server) {
  const auto locks = view_locks(context, {server});
  for (const auto& demand : locks.demands) {
    if (demand.server != server || demand.to != context.caller().name) continue;
    const auto hold =
        std::ranges::find_if(locks.holds, [&](const Hold& row) { return row.lease == demand.lease && row.ticket; });
    return HandedOver{demand.lease, hold == locks.holds.end() ? std::nullopt : hold->ticket};
  }
  return std::nullopt;
}

// Who would wait for a server accepts what is handed over to them: the other order, a hand-over to who waits, is
// accepted at once too.
std::optional<HandedOver> accepted(Context& context, const AcquireLock& operation) {
  const bool may_accept = operation.accept || operation.wait;
  if (operation.in_line || operation.steal || !may_accept || operation.servers.size() != 1) return std::nullopt;
  auto found = handed_over(context, operation.servers.front());
  if (!found && operation.accept)
    throw Error(ErrorCode::not_found).with("kind", "hand_over").with("name", operation.servers.front());
  return found;
}

std::optional<TakeOver> taking(Context& context, const AcquireLock& operation,
                               const std::optional<HandedOver>& accepted) {
  if (operation.in_line) return std::nullopt;
  if (operation.servers.size() != 1 && (operation.steal || operation.accept)) {
    throw invalid_field("servers", "must be one to take it from another agent");
  }
  if (accepted) return TakeOver{accepted->first, DemandKind::hand_over, {}, {}, false};
  if (!operation.steal) return std::nullopt;
  require_text("reason", operation.reason);
  context.require(operation.at_once ? Role::supervisor : Role::agent);
  refuse_own_lease(context, operation.servers.front(), *operation.steal);
  return TakeOver{*operation.steal, DemandKind::steal, operation.reason, demand_countdown, operation.at_once};
}

// A lease for a ticket is for all that was merged into it: whoever asks for one of those and would have to wait need
// not, the holder answers for him. Error{merged} {number, into, server, agent}.
void refuse_covered(Context& context, const AcquireLock& operation, const std::optional<TicketNumber>& ticket) {
  if (!operation.ticket || !ticket || *operation.ticket == *ticket) return;
  const auto locks = view_locks(context, operation.servers);
  for (const auto& hold : locks.holds) {
    if (hold.ticket != ticket || std::ranges::find(operation.servers, hold.server) == operation.servers.end()) continue;
    const auto& holder = row_of(locks.leases, &Lease::lease, hold.lease).agent;
    if (holder == context.caller().name) continue;
    throw Error(ErrorCode::merged)
        .with("number", *operation.ticket)
        .with("into", *ticket)
        .with("server", hold.server)
        .with("agent", holder);
  }
}

Acquired run(Context& context, const AcquireLock& operation) {
  check_servers(context, operation);
  // A wait whose ticket was merged or finished has ended, and says so; it does not become the target's.
  auto ticket = operation.in_line ? operation.ticket : check_ticket(context, operation);
  const auto handed = accepted(context, operation);
  if (operation.accept && handed && !ticket) ticket = handed->second;
  Acquire request;
  request.agent = context.caller().name;
  request.servers = operation.servers;
  request.kind = operation.kind;
  request.duration = operation.duration_s;
  request.ticket = ticket;
  request.reason = operation.reason;
  request.exclusive = operation.exclusive;
  request.wait = operation.wait;
  request.in_line = operation.in_line;
  request.taking = taking(context, operation, handed);
  request.host = operation.host;
  request.pid = operation.pid;
  request.terminal = operation.terminal;
  request.process = {operation.world, operation.started, operation.group, operation.group_started};
  std::vector<LockEvent> events;
  if (operation.kind == HoldKind::kept) abandon_own_dead_holds(context, operation.servers);
  const auto outcome = change_locks(context, request, operation.servers, &events);
  follow_hand_over(context, events);
  const bool takes_over = operation.steal || operation.accept || handed;
  if (!operation.in_line && !takes_over && !std::holds_alternative<Granted>(outcome))
    refuse_covered(context, operation, ticket);
  return answer(context, operation, ticket, outcome);
}

Error over(const ServerName& server) {
  return Error(ErrorCode::lost).with("server", server).with("because", "over");
}

// The wait of the first answer is gone: its turn may have come, and then that is the answer. Error{lost} otherwise.
void follow_wait(Context& context, Acquired& acquired) {
  const auto first = acquired.positions.front().server;
  for (const auto& given : granted_to(context.connection(), *acquired.wait)) {
    const auto locks = view_locks(context, {given.server});
    const auto* hold = find_row(locks.holds, &Hold::hold, given.hold);
    if (hold == nullptr) throw over(given.server);
    acquired.leases.push_back({given.server,
                               hold->lease,
                               hold->hold,
                               row_of(locks.leases, &Lease::lease, hold->lease).token,
                               context.caller().name,
                               hold->ticket,
                               {},
                               given.shared,
                               get_server(context.connection(), given.server).level});
  }
  if (acquired.leases.empty()) throw over(first);
  acquired.wait.reset();
  acquired.positions.clear();
}

// A replayed grant is answered from the rows as they stand: live with a fresh deadline, or lost.
void refresh_acquired(Context& context, void* result) {
  auto& acquired = *static_cast<Acquired*>(result);
  if (acquired.wait &&
      !context.connection().first<std::int64_t>("SELECT 1 FROM wait WHERE wait = $1", *acquired.wait)) {
    follow_wait(context, acquired);
  }
  for (auto& lease : acquired.leases) {
    const auto locks = view_locks(context, {lease.server});
    const auto hold = std::ranges::find(locks.holds, lease.hold, &Hold::hold);
    if (hold == locks.holds.end()) throw over(lease.server);
    lease.expires_in_s = hold->deadline.at - context.now().boot;
  }
}

// The process that asks is no part of what is asked for.
std::string payload_of_acquire(const void* operation) {
  auto asked = *static_cast<const AcquireLock*>(operation);
  asked.host.clear();
  asked.pid = 0;
  asked.terminal.clear();
  asked.world.clear();
  asked.started = asked.group = asked.group_started = 0;
  return to_json(asked);
}

}  // namespace

const OperationSpec AcquireLock::spec = with_payload(
    with_refresh(describe_operation<AcquireLock, run>("lock.acquire", Role::agent, Access::write, lock_acquire_fields),
                 refresh_acquired),
    payload_of_acquire);

}  // namespace gilir
