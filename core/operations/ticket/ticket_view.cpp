#include "core/operations/ticket/ticket_view.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "core/base/json_reader.h"
#include "core/duplicate/pair_table.h"
#include "core/operations/ticket/suspicion.h"
#include "core/operations/ticket/view_of.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

struct DuplicateRow {
  TicketNumber ticket;
  TicketNumber number;
  std::string strength;
  double score = 0;
  // A list of duplicate::Reason.
  RawJson because;
};
BOOST_DESCRIBE_STRUCT(DuplicateRow, (), (ticket, number, strength, score, because))

// What became a part of another ticket since is looked for there, and what is none any more by itself. A part of
// `ticket` itself stays where its likeness was moved.
TicketRow where_it_stands(store::Connection& connection, TicketNumber ticket, DuplicateView& one) {
  const auto was = one.number;
  auto part = duplicate::part_of(one.reasons);
  if (part && follow_ticket(connection, *part).number == ticket) part.reset();
  if (part) one.reasons.erase(one.reasons.begin());
  const auto looks_like = part.value_or(was);
  auto row = follow_ticket(connection, looks_like);
  if (row.number != looks_like) duplicate::tell_through(one.reasons, looks_like);
  if (part || row.number != was)
    one = duplicate_view(row.number, std::move(one.strength), one.score, std::move(one.reasons));
  return row;
}

// Those of its filing that nobody has said to be others or made one with it, and the newer ones that are suspected; the
// strongest first.
std::vector<DuplicateView> duplicates_of(Context& context, TicketNumber ticket) {
  auto duplicates = stored_duplicates(context, ticket);
  std::ranges::move(newer_twins(context, ticket), std::back_inserter(duplicates));
  if (duplicates.empty()) return duplicates;
  auto& connection = context.connection();
  const auto end = follow_ticket(connection, ticket).number;
  auto distinct = duplicate::said_distinct(connection, ticket);
  if (end != ticket) distinct.merge(duplicate::said_distinct(connection, end));
  std::erase_if(duplicates, [&](DuplicateView& one) {
    const bool is_distinct = distinct.contains(one.number);
    const auto row = where_it_stands(connection, end, one);
    one.status = settled(row, context.now().wall).status;
    return is_distinct || one.number == end || distinct.contains(one.number);
  });
  std::ranges::stable_sort(duplicates, {}, [](const DuplicateView& one) {
    return std::tuple(one.strength == "weak" ? 2 : one.strength == "likely" ? 1 : 0, -one.score);
  });
  std::set<TicketNumber> seen;
  std::erase_if(duplicates, [&](const DuplicateView& one) { return !seen.insert(one.number).second; });
  return duplicates;
}

struct EscalationRow {
  WallTime at{};
  AgentName actor;
  RawJson facts;
};
BOOST_DESCRIBE_STRUCT(EscalationRow, (), (at, actor, facts))

// What is shown of the facts of an escalation.
struct EscalationFacts {
  std::string reason;
  int from_tier = 1;
};
BOOST_DESCRIBE_STRUCT(EscalationFacts, (), (reason, from_tier))

}  // namespace

std::optional<EscalationView> escalation_of(Context& context, TicketNumber ticket) {
  const auto row = context.connection().first<EscalationRow>(
      "SELECT at, actor, facts FROM event WHERE number = (SELECT escalation FROM ticket WHERE number = $1)", ticket);
  if (!row) return std::nullopt;
  auto facts = from_json<EscalationFacts>(row->facts.text);
  return EscalationView{row->at, row->actor, facts.from_tier, std::move(facts.reason)};
}

ReporterView reporter_view(Context& context, std::int64_t reporter) {
  auto row = get_reporter(context.connection(), reporter);
  return {std::move(row.name), std::move(row.office)};
}

Ticket ticket_view(Context& context, const TicketRow& row) {
  auto ticket = view_of<Ticket>(context, row);
  ticket.body = row.body;
  ticket.escalation = escalation_of(context, row.number);
  ticket.duplicates = duplicates_of(context, row.number);
  return ticket;
}

DuplicateView duplicate_view(TicketNumber number, std::string strength, double score,
                             std::vector<duplicate::Reason> reasons) {
  DuplicateView view{number, std::move(strength), score, {}, std::move(reasons), {}};
  for (const auto& reason : view.reasons) view.because.push_back(duplicate::in_english(reason));
  return view;
}

DuplicateView duplicate_view(TicketNumber number, std::string strength, double score, const RawJson& because) {
  return duplicate_view(number, std::move(strength), score, duplicate::reasons_of(because));
}

std::vector<DuplicateView> stored_duplicates(Context& context, TicketNumber ticket) {
  std::vector<DuplicateView> duplicates;
  context.connection().each<DuplicateRow>(
      "SELECT ticket, number, strength, score, because FROM duplicate WHERE ticket = $1 AND EXISTS (SELECT 1 FROM "
      "ticket AS older WHERE older.number = duplicate.number) ORDER BY number DESC",
      [&](DuplicateRow row) {
        duplicates.push_back(duplicate_view(row.number, std::move(row.strength), row.score, row.because));
      },
      ticket);
  return duplicates;
}

void store_duplicates(Context& context, TicketNumber ticket, const std::vector<DuplicateView>& duplicates) {
  for (const auto& match : duplicates) {
    context.connection().insert(
        "duplicate", DuplicateRow{ticket, match.number, match.strength, match.score, RawJson{to_json(match.reasons)}});
  }
}

}  // namespace gilir
