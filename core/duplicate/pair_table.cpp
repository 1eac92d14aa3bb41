#include "core/duplicate/pair_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/json_reader.h"

namespace gilir::duplicate {
namespace {

struct DecisionRow {
  TicketNumber one;
  TicketNumber other;
  Decision decision{};
  WallTime at{};
  AgentName by;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (), (one, other, decision, at, by))

std::pair<TicketNumber, TicketNumber> ordered(TicketNumber one, TicketNumber other) {
  return one < other ? std::pair(one, other) : std::pair(other, one);
}

void remove_pair(store::Connection& connection, TicketNumber one, TicketNumber other) {
  const auto [older, newer] = ordered(one, other);
  connection.run("DELETE FROM suspected_duplicate WHERE ticket = $1 AND number = $2", newer, older);
}

// Rows of a damaged desk may name tickets that are not there.
const std::string newer_is_there = "EXISTS (SELECT 1 FROM ticket WHERE ticket.number = suspected_duplicate.ticket)";
const std::string older_is_there = "EXISTS (SELECT 1 FROM ticket WHERE ticket.number = suspected_duplicate.number)";

const std::string& select() {
  static const std::string sql = "SELECT " + store::columns<SuspectedPair>() + " FROM suspected_duplicate ";
  return sql;
}

}  // namespace

std::vector<Reason> reasons_of(const RawJson& because) {
  try {
    return from_json<std::vector<Reason>>(because.text);
  } catch (const Error&) {
    return {};
  }
}

std::optional<TicketNumber> part_of(const std::vector<Reason>& reasons) {
  if (reasons.empty() || reasons.front().kind != ReasonKind::through_part) return std::nullopt;
  return TicketNumber{reasons.front().value};
}

void tell_through(std::vector<Reason>& reasons, TicketNumber part) {
  if (!part_of(reasons)) reasons.insert(reasons.begin(), {ReasonKind::through_part, {}, part.value});
}

void add_suspected(store::Connection& connection, const SuspectedPair& pair) {
  connection.run(
      "INSERT INTO suspected_duplicate (ticket, number, strength, score, because) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT DO NOTHING",
      pair.ticket, pair.number, pair.strength, pair.score, pair.because);
}

std::vector<SuspectedPair> suspected_newer(store::Connection& connection, TicketNumber number, std::int64_t limit) {
  return connection.all<SuspectedPair>(
      select() + "WHERE number = $1 AND " + newer_is_there + " ORDER BY ticket DESC LIMIT $2", number, limit);
}

std::int64_t count_suspected_newer(store::Connection& connection, TicketNumber number) {
  return connection
      .first<std::int64_t>("SELECT count(*) FROM suspected_duplicate WHERE number = $1 AND " + newer_is_there, number)
      .value_or(0);
}

std::vector<SuspectedPair> suspected_with(store::Connection& connection, TicketNumber number) {
  auto pairs = connection.all<SuspectedPair>(select() + "WHERE number = $1 ORDER BY ticket DESC", number);
  for (auto& pair : connection.all<SuspectedPair>(select() + "WHERE ticket = $1 ORDER BY number DESC", number)) {
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::vector<SuspectedPair> ties_with(store::Connection& connection, TicketNumber number) {
  return connection.all<SuspectedPair>(
      "SELECT ticket, number, strength, score, '[]' FROM suspected_duplicate WHERE number = $1 AND " + newer_is_there +
          " UNION ALL SELECT ticket, number, strength, score, '[]' FROM suspected_duplicate WHERE ticket = $1 AND " +
          older_is_there,
      number);
}

RawJson why_suspected(store::Connection& connection, const SuspectedPair& pair) {
  return connection
      .first<RawJson>("SELECT because FROM suspected_duplicate WHERE ticket = $1 AND number = $2", pair.ticket,
                      pair.number)
      .value_or(RawJson{"[]"});
}

std::vector<TicketNumber> suspected_tickets(store::Connection& connection, const std::optional<TicketNumber>& before,
                                            std::int64_t limit) {
  constexpr TicketNumber above_all{std::numeric_limits<std::int64_t>::max()};
  return connection.all<TicketNumber>("SELECT DISTINCT ticket FROM suspected_duplicate WHERE ticket < $1 AND " +
                                          newer_is_there + " ORDER BY ticket DESC LIMIT $2",
                                      before.value_or(above_all), limit);
}

void end_suspicion(store::Connection& connection, TicketNumber number) {
  connection.run("DELETE FROM suspected_duplicate WHERE ticket = $1", number);
  connection.run("DELETE FROM suspected_duplicate WHERE number = $1", number);
}

void move_suspicion(store::Connection& connection, TicketNumber from, TicketNumber into) {
  const auto distinct = said_distinct(connection, into);
  for (auto& pair : suspected_with(connection, from)) {
    const auto other = pair.ticket == from ? pair.number : pair.ticket;
    remove_pair(connection, from, other);
    if (other == into || distinct.contains(other)) continue;
    std::tie(pair.number, pair.ticket) = ordered(into, other);
    auto reasons = reasons_of(pair.because);
    tell_through(reasons, from);
    pair.because.text = to_json(reasons);
    add_suspected(connection, pair);
  }
}

void move_suspicion_back(store::Connection& connection, TicketNumber from, TicketNumber into,
                         const std::vector<TicketNumber>& parts, bool from_is_open) {
  const auto distinct = said_distinct(connection, from);
  for (auto& pair : suspected_with(connection, into)) {
    auto reasons = reasons_of(pair.because);
    const auto part = part_of(reasons);
    if (part != from && (!part || std::ranges::find(parts, *part) == parts.end())) continue;
    const auto other = pair.ticket == into ? pair.number : pair.ticket;
    remove_pair(connection, into, other);
    if (!from_is_open || distinct.contains(other)) continue;
    if (part == from) reasons.erase(reasons.begin());
    std::tie(pair.number, pair.ticket) = ordered(from, other);
    pair.because.text = to_json(reasons);
    add_suspected(connection, pair);
  }
}

void decide(store::Connection& connection, TicketNumber one, TicketNumber other, Decision decision, WallTime at,
            const AgentName& by) {
  const auto [older, newer] = ordered(one, other);
  const DecisionRow row{older, newer, decision, at, by};
  connection.run(
      "INSERT INTO duplicate_decision (one, other, decision, \"at\", \"by\") VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (one, other) DO UPDATE SET decision = $3, \"at\" = $4, \"by\" = $5",
      row.one, row.other, row.decision, row.at, row.by);
  remove_pair(connection, one, other);
}

bool take_back_rejection(store::Connection& connection, TicketNumber one, TicketNumber other) {
  const auto [older, newer] = ordered(one, other);
  return connection
      .first<TicketNumber>(
          "DELETE FROM duplicate_decision WHERE one = $1 AND other = $2 AND decision = 'rejected' RETURNING one", older,
          newer)
      .has_value();
}

std::set<TicketNumber> said_distinct(store::Connection& connection, TicketNumber number) {
  std::set<TicketNumber> found;
  connection.each<TicketNumber>(
      "SELECT CASE one WHEN $1 THEN other ELSE one END FROM duplicate_decision "
      "WHERE (one = $1 OR other = $1) AND decision = 'rejected'",
      [&](TicketNumber other) { found.insert(other); }, number);
  return found;
}

void note_sticky_turn(store::Connection& connection, TicketNumber ticket, TicketNumber twin) {
  connection.run("INSERT INTO sticky_turn (ticket, twin) VALUES ($1, $2)", ticket, twin);
}

std::optional<TicketNumber> sticky_twin(store::Connection& connection, TicketNumber ticket) {
  return connection.first<TicketNumber>("SELECT twin FROM sticky_turn WHERE ticket = $1", ticket);
}

void end_sticky_turn(store::Connection& connection, TicketNumber ticket) {
  connection.run("DELETE FROM sticky_turn WHERE ticket = $1", ticket);
}

}  // namespace gilir::duplicate
