#include "core/operations/ticket/answer.h"

#include "core/base/json_reader.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

// Of its own and of tickets that it was a part of, the newest.
constexpr std::int64_t most_answers = 20;

struct AnswerFacts {
  std::optional<TicketNumber> ticket;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(AnswerFacts, (), (ticket, text))

}  // namespace

std::optional<std::string> answer_of(Context& context, const TicketRow& row) {
  if (!is_finished(row.status) || row.status == TicketStatus::merged) return std::nullopt;
  const auto answers = context.connection().all<RawJson>(
      "SELECT e.facts FROM event_subject s JOIN event e ON e.number = s.event "
      "WHERE s.kind = 'ticket' AND s.name = $1 AND e.kind IN ('ticket.resolved', 'ticket.rejected') "
      "ORDER BY s.event DESC LIMIT $2",
      std::to_string(row.number.value), most_answers);
  for (const auto& answer : answers) {
    auto facts = from_json<AnswerFacts>(answer.text);
    if (facts.ticket == row.number) return std::move(facts.text);
  }
  return std::nullopt;
}

}  // namespace gilir
