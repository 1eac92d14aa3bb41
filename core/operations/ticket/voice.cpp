#include "core/operations/ticket/voice.h"

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_voice_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"reporter", "who asks for its answer too", max_name_bytes},
    FieldSpec{"office", "the office", max_name_bytes},
};

bool has_voice(Context& context, TicketNumber ticket, std::int64_t reporter) {
  const auto voices = voices_of(context.connection(), ticket);
  return std::ranges::find(voices, reporter, &Voice::reporter) != voices.end();
}

VoicedTicket run(Context& context, const AddVoice& operation) {
  auto ticket = permit_change(context, operation.number, TicketVerb::voice).ticket;
  const auto [reporter, added] = filing_reporter(context, operation.reporter, operation.office);
  VoicedTicket result;
  result.voice = {reporter.name, reporter.office};
  result.new_reporter = added;
  result.new_voice = !has_voice(context, ticket.number, reporter.id);
  if (!result.new_voice) {
    static_cast<Ticket&>(result) = leave_unchanged(context, std::move(ticket));
    return result;
  }
  add_voice(context.connection(), {ticket.number, reporter.id, ticket.number});
  auto subjects = subjects_of_change(context, ticket);
  subjects.push_back({SubjectKind::reporter, std::to_string(reporter.id)});
  context.log(EventKind::ticket_voiced, std::move(subjects),
              {.ticket = ticket.number, .reporter = reporter.name, .office = reporter.office});
  static_cast<Ticket&>(result) = store_change(context, std::move(ticket));
  return result;
}

}  // namespace

const OperationSpec AddVoice::spec =
    describe_operation<AddVoice, run>("ticket.voice", Role::agent, Access::write, ticket_voice_fields);

}  // namespace gilir
