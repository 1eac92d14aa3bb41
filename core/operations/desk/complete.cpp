#include "core/operations/desk/complete.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

// Numbers of tickets stay far below; more digits find nothing.
constexpr std::size_t most_digits = 15;

constexpr std::array desk_complete_fields{
    FieldSpec{"kind", "what is typed", 0},
    FieldSpec{"typed", "its beginning", max_line_bytes},
    FieldSpec{"limit", "how many", longest_page},
};

struct TicketFound {
  TicketNumber number;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(TicketFound, (), (number, title))

struct Range {
  std::int64_t first;
  std::int64_t last;
};

// The numbers whose digits start with `digits`: 4, 40–49, 400–499 …
std::vector<Range> numbers_starting_with(const std::string& digits) {
  if (digits.empty()) return {{1, largest_number}};
  std::vector<Range> ranges;
  Range range{std::stoll(digits), std::stoll(digits)};
  for (auto length = digits.size(); length <= most_digits; ++length) {
    ranges.push_back(range);
    range = {range.first * 10, range.last * 10 + 9};
  }
  return ranges;
}

// Each status and range is one walk along an index, however many tickets there are.
std::vector<TicketFound> newest(Context& context, const std::string& digits, bool open, std::int64_t limit) {
  std::vector<TicketFound> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<TicketStatus>>([&](auto status) {
    if (is_open(status.value) != open) return;
    for (const auto& range : numbers_starting_with(digits)) {
      const auto some = context.connection().all<TicketFound>(
          "SELECT number, title FROM ticket WHERE status = $1 AND number BETWEEN $2 AND $3 ORDER BY number "
          "DESC LIMIT $4",
          status.value, range.first, range.last, limit);
      found.insert(found.end(), some.begin(), some.end());
    }
  });
  std::ranges::sort(found, std::greater{}, &TicketFound::number);
  return found;
}

std::optional<TicketFound> any_ticket(Context& context, const std::string& digits) {
  for (const auto& range : numbers_starting_with(digits)) {
    auto found = context.connection().first<TicketFound>(
        "SELECT number, title FROM ticket WHERE number BETWEEN $1 AND $2 LIMIT 1", range.first, range.last);
    if (found) return found;
  }
  return std::nullopt;
}

Candidates tickets(Context& context, const CompleteValue& operation) {
  const auto& digits = operation.typed;
  const bool is_number = digits.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || digits.starts_with('0') || digits.size() > most_digits) return {};
  auto found = newest(context, digits, true, operation.limit + 1);
  const auto rest = newest(context, digits, false, operation.limit + 1);
  found.insert(found.end(), rest.begin(), rest.end());
  Candidates candidates;
  candidates.truncated = static_cast<std::int64_t>(found.size()) > operation.limit;
  if (candidates.truncated) {
    // One for every digit that may come next.
    std::vector<TicketFound> next;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digits.empty() && digit == '0') continue;
      if (auto one = any_ticket(context, digits + digit)) next.push_back(std::move(*one));
    }
    found.resize(
        static_cast<std::size_t>(std::max<std::int64_t>(operation.limit - static_cast<std::int64_t>(next.size()), 0)));
    for (auto& one : next) {
      if (std::ranges::find(found, one.number, &TicketFound::number) == found.end()) found.push_back(std::move(one));
    }
  }
  for (auto& ticket : found)
    candidates.candidates.push_back({std::to_string(ticket.number.value), std::move(ticket.title)});
  return candidates;
}

// Names and what is said about each, in order of name; the last name of all closes a list that was cut.
struct NameQueries {
  std::string some;
  std::string last;
};

// Names that many rows share: the index is asked for the next one, again and again, and no row is looked at twice.
NameQueries shared_names(std::string_view column, std::string_view table) {
  const auto from = fmt::format("FROM {1} WHERE {0} <> '' AND {0}", column, table);
  return {fmt::format("WITH RECURSIVE found(name) AS (SELECT min({0}) {1} BETWEEN $1 AND $2 UNION ALL "
                      "SELECT (SELECT min({0}) {1} > found.name AND {0} <= $2) FROM found WHERE name IS NOT NULL) "
                      "SELECT name, '' FROM found WHERE name IS NOT NULL LIMIT $3",
                      column, from),
          fmt::format("SELECT max({}), '' {} BETWEEN $1 AND $2", column, from)};
}

NameQueries queries(Context& context, ValueKind kind) {
  switch (kind) {
    case ValueKind::agent:
      return {"SELECT name, CAST(tier AS TEXT) FROM agent WHERE name BETWEEN $1 AND $2 ORDER BY name LIMIT $3",
              "SELECT name, CAST(tier AS TEXT) FROM agent WHERE name BETWEEN $1 AND $2 ORDER BY name DESC LIMIT "
              "1"};
    case ValueKind::server:
      return {"SELECT name, host FROM server WHERE name BETWEEN $1 AND $2 ORDER BY name LIMIT $3",
              "SELECT name, host FROM server WHERE name BETWEEN $1 AND $2 ORDER BY name DESC LIMIT 1"};
    case ValueKind::category:
      // Where there is no list of them, they stand on tickets only.
      if (!context.connection().first<std::int64_t>("SELECT 1 FROM category LIMIT 1"))
        return shared_names("category", "ticket");
      return {"SELECT name, about FROM category WHERE name BETWEEN $1 AND $2 ORDER BY name LIMIT $3",
              "SELECT name, about FROM category WHERE name BETWEEN $1 AND $2 ORDER BY name DESC LIMIT 1"};
    case ValueKind::office:
      return shared_names("office", "reporter");
    default:
      return {
          "SELECT name, min(office) FROM reporter WHERE name BETWEEN $1 AND $2 GROUP BY name ORDER BY name "
          "LIMIT $3",
          "SELECT name, office FROM reporter WHERE name BETWEEN $1 AND $2 ORDER BY name DESC LIMIT 1"};
  }
}

Candidates names(Context& context, const CompleteValue& operation) {
  const auto [some, last] = queries(context, operation.kind);
  const auto end = operation.typed + "\U0010FFFF";
  auto& connection = context.connection();
  Candidates found;
  found.candidates = connection.all<Candidate>(some, operation.typed, end, operation.limit + 1);
  found.truncated = static_cast<std::int64_t>(found.candidates.size()) > operation.limit;
  if (found.truncated) {
    found.candidates.resize(static_cast<std::size_t>(operation.limit) - 1);
    if (auto one = connection.first<Candidate>(last, operation.typed, end)) found.candidates.push_back(std::move(*one));
  }
  return found;
}

Candidates run(Context& context, const CompleteValue& operation) {
  return operation.kind == ValueKind::ticket ? tickets(context, operation) : names(context, operation);
}

}  // namespace

const OperationSpec CompleteValue::spec =
    describe_operation<CompleteValue, run>("desk.complete", Role::agent, Access::read, desk_complete_fields);

}  // namespace gilir
