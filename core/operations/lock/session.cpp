#include "core/operations/lock/session.h"

#include <array>

#include "core/lock/lock_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock/own_hold.h"
#include "core/operations/lock_access.h"

namespace gilir {
namespace {

constexpr std::int64_t longest_command = 4096;

constexpr std::array start_fields{
    FieldSpec{"holds", "the holds that the session runs under", 16},
    FieldSpec{"kind", "ssh or with", max_name_bytes},
    FieldSpec{"command", "what it runs; empty: a shell", longest_command},
    FieldSpec{"ticket", "the ticket it is for", 0},
};
constexpr std::array end_fields{
    FieldSpec{"holds", "the holds that the session ran under", 16},
    FieldSpec{"kind", "ssh or with", max_name_bytes},
    FieldSpec{"closed", "the session is over for certain, and not only cut off", 0},
    FieldSpec{"left_behind", "it may stand on at the server, whatever becomes of its processes", 0},
    FieldSpec{"exit_status", "of the command", 255},
    FieldSpec{"because", "why it ended before its time", max_name_bytes},
};

std::vector<Subject> subjects_of(Context& context, const std::vector<SessionHold>& holds,
                                 const std::optional<TicketNumber>& ticket) {
  std::vector<Subject> subjects{subject(context.caller().name)};
  for (const auto& hold : holds) subjects.push_back(subject(hold.server));
  if (ticket) subjects.push_back(subject(*ticket));
  return subjects;
}

EventFacts facts_of(Context& context, const std::vector<SessionHold>& holds, const std::optional<TicketNumber>& ticket,
                    const std::string& kind) {
  EventFacts facts;
  facts.agent = context.caller().name;
  facts.ticket = ticket;
  facts.kind = kind;
  if (holds.size() == 1) {
    facts.server = holds.front().server;
    facts.hold = holds.front().hold;
  }
  return facts;
}

SessionRecorded run(Context& context, const StartSession& operation) {
  for (const auto& hold : operation.holds) own_hold(context, hold.server, hold.hold);
  auto facts = facts_of(context, operation.holds, operation.ticket, operation.kind);
  facts.command = operation.command;
  context.log(EventKind::session_started, subjects_of(context, operation.holds, operation.ticket), std::move(facts));
  return {};
}

SessionRecorded run(Context& context, const EndSession& operation) {
  for (const auto& hold : operation.holds) see_that_it_is_own(context, hold.hold);
  if (operation.started) {
    auto facts = facts_of(context, operation.holds, operation.ticket, operation.kind);
    if (operation.exit_status) facts.exit_status = static_cast<int>(*operation.exit_status);
    facts.bytes_in = operation.bytes_in;
    facts.bytes_out = operation.bytes_out;
    if (!operation.because.empty()) facts.because = operation.because;
    context.log(EventKind::session_ended, subjects_of(context, operation.holds, operation.ticket), std::move(facts));
  }
  SessionRecorded recorded;
  if (operation.left_behind) {
    for (const auto& hold : operation.holds) forget_processes(context.connection(), hold.hold);
  }
  for (const auto& hold : operation.holds) {
    const auto lease = lease_of_hold(context, hold.hold);
    if (!lease) continue;
    const auto outcome = change_locks(context, Release{hold.hold, *lease, operation.closed}, {hold.server});
    const auto* released = std::get_if<Released>(&outcome);
    if (operation.closed && released != nullptr && released->lease_over) ++recorded.leases_over;
  }
  return recorded;
}

}  // namespace

const OperationSpec StartSession::spec =
    describe_operation<StartSession, run>("session.start", Role::agent, Access::write, start_fields);
const OperationSpec EndSession::spec =
    describe_operation<EndSession, run>("session.end", Role::agent, Access::write, end_fields);

}  // namespace gilir
