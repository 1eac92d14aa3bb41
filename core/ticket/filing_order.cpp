#include "core/ticket/filing_order.h"

#include <ranges>
#include <string_view>
#include <vector>

namespace gilir {
namespace {

constexpr std::string_view first_since_query =
    "SELECT number FROM ticket WHERE created >= $1 ORDER BY created, number LIMIT 1";
constexpr std::string_view last_until_query =
    "SELECT number FROM ticket WHERE created <= $1 ORDER BY created DESC, number DESC LIMIT 1";

struct Filing {
  TicketNumber number;
  WallTime created{};
};
BOOST_DESCRIBE_STRUCT(Filing, (), (number, created))

std::optional<Filing> filing_at_or_before(store::Connection& connection, std::int64_t number) {
  return connection.first<Filing>("SELECT number, created FROM ticket WHERE number <= $1 ORDER BY number DESC LIMIT 1",
                                  number);
}

// Tickets one after another whose times of filing rise.
struct Run {
  Filing first;
  Filing last;
};

std::vector<Run> all_runs(store::Connection& connection) {
  std::vector<Run> runs;
  auto first = connection.first<Filing>("SELECT number, created FROM ticket ORDER BY number LIMIT 1");
  if (!first) return runs;
  const auto starts =
      connection.all<Filing>("SELECT number, created FROM filing_break JOIN ticket ON number = first ORDER BY number");
  for (const auto& start : starts) {
    runs.push_back({*first, filing_at_or_before(connection, start.number.value - 1).value_or(*first)});
    first = start;
  }
  runs.push_back(
      {*first, connection.first<Filing>("SELECT number, created FROM ticket ORDER BY number DESC LIMIT 1").value()});
  return runs;
}

// The first number of the run for which `is_past(created)`, which its last one is.
template <class IsPast>
TicketNumber first_past(store::Connection& connection, const Run& run, const IsPast& is_past) {
  auto low = run.first.number.value;
  auto high = run.last.number.value;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (is_past(filing_at_or_before(connection, middle)->created))
      high = middle;
    else
      low = middle + 1;
  }
  return TicketNumber{low};
}

}  // namespace

void note_filing(store::Connection& connection, const TicketRow& ticket) {
  const auto before = filing_at_or_before(connection, ticket.number.value - 1);
  if (!before || before->created <= ticket.created) return;
  connection.run("INSERT INTO filing_break (first) VALUES ($1)", ticket.number);
}

bool filing_times_rise(store::Connection& connection) {
  return !connection.first<TicketNumber>("SELECT first FROM filing_break LIMIT 1");
}

std::optional<TicketNumber> lowest_filed_since(store::Connection& connection, WallTime time) {
  if (filing_times_rise(connection)) return connection.first<TicketNumber>(first_since_query, time);
  for (const auto& run : all_runs(connection)) {
    if (run.last.created < time) continue;
    return first_past(connection, run, [&](WallTime created) { return created >= time; });
  }
  return std::nullopt;
}

std::optional<TicketNumber> highest_filed_until(store::Connection& connection, WallTime time) {
  if (filing_times_rise(connection)) return connection.first<TicketNumber>(last_until_query, time);
  for (const auto& run : std::views::reverse(all_runs(connection))) {
    if (run.first.created > time) continue;
    if (run.last.created <= time) return run.last.number;
    return TicketNumber{first_past(connection, run, [&](WallTime created) { return created > time; }).value - 1};
  }
  return std::nullopt;
}

}  // namespace gilir
