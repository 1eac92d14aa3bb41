#include "core/ticket/ticket_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/ticket/filing_order.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

constexpr std::string_view list_columns =
    "number, title, '' AS body, status, category, reporter, server, owner, assignee, tier, urgent, created, updated, "
    "next_news, merged_into, version, postponed_until, claimed_until";

// Conditions joined by AND, their values numbered as they come.
class Conditions {
 public:
  template <class T>
  std::string parameter(const T& value) {
    values_.push_back(store::to_value(value));
    return fmt::format("${}", values_.size());
  }
  void add(std::string_view condition) {
    text_ += " AND ";
    text_ += condition;
  }
  template <class T>
  void equals(std::string_view column, const std::optional<T>& value) {
    if (value) add(fmt::format("{} = {}", column, parameter(*value)));
  }
  const std::string& text() const { return text_; }
  const std::vector<store::Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<store::Value> values_;
};

void add_reporters(Conditions& conditions, const std::vector<std::int64_t>& reporters) {
  if (reporters.size() == 1) {
    conditions.equals("reporter", std::optional(reporters.front()));
    return;
  }
  std::string list;
  for (const auto reporter : reporters) list += (list.empty() ? "" : ", ") + conditions.parameter(reporter);
  conditions.add("reporter IN (" + list + ")");
}

Conditions conditions_of(const TicketFilter& filter) {
  Conditions conditions;
  conditions.equals("assignee", filter.assignee);
  if (filter.unassigned) conditions.add("assignee IS NULL");
  conditions.equals("owner", filter.owner);
  conditions.equals("server", filter.server);
  if (filter.reporters) add_reporters(conditions, *filter.reporters);
  conditions.equals("category", filter.category);
  // Spoken out, because only then the index of tickets with a category can be used.
  if (filter.category && !filter.category->empty()) conditions.add("category <> ''");
  conditions.equals("tier", filter.tier);
  if (filter.urgent) conditions.add("urgent = 1");
  if (filter.office_key)
    conditions.add(fmt::format("reporter IN (SELECT id FROM reporter WHERE office_key = {})",
                               conditions.parameter(*filter.office_key)));
  if (filter.first) conditions.add(fmt::format("number >= {}", conditions.parameter(*filter.first)));
  if (filter.last) conditions.add(fmt::format("number <= {}", conditions.parameter(*filter.last)));
  // No index for these: the numbers have narrowed them down.
  if (filter.since) conditions.add(fmt::format("+created >= {}", conditions.parameter(*filter.since)));
  if (filter.until) conditions.add(fmt::format("+created <= {}", conditions.parameter(*filter.until)));
  if (filter.overdue)
    conditions.add(fmt::format("next_news IS NOT NULL AND next_news <= {}", conditions.parameter(filter.now)));
  if (filter.silent_since) conditions.add(fmt::format("updated <= {}", conditions.parameter(*filter.silent_since)));
  if (filter.promised) conditions.add(*filter.promised ? "next_news IS NOT NULL" : "next_news IS NULL");
  return conditions;
}

std::vector<TicketStatus> statuses_of(const TicketFilter& filter) {
  if (!filter.statuses.empty()) {
    auto asked = filter.statuses;
    std::ranges::sort(asked);
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    return asked;
  }
  std::vector<TicketStatus> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<TicketStatus>>(
      [&](auto enumerator) { all.push_back(enumerator.value); });
  return all;
}

// The statuses of tickets that are put aside and not asked for, as "'postponed', 'waiting_unit'".
std::string put_aside_unasked(const std::vector<TicketStatus>& asked) {
  std::string list;
  for (const auto status : open_statuses()) {
    if (!is_put_aside(status) || std::ranges::find(asked, status) != asked.end()) continue;
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", enum_name(status));
  }
  return list;
}

// One select for each status, so that every one walks its index in order and the database only merges them.
//
// Tickets whose time to come back is there are assigned, though their rows still say that they are put aside. Where
// only one of the two is asked for, they leave the selects of the one or join those of the other: a select of their
// own, which begins at the few that are due (CROSS JOIN tells SQLite to) and not at all that are put aside.
std::string select_each(const TicketFilter& filter, std::string_view columns, Conditions& conditions) {
  const auto wanted = conditions.text();
  const auto asked = statuses_of(filter);
  const bool assigned = std::ranges::find(asked, TicketStatus::assigned) != asked.end();
  std::string sql;
  for (const auto status : asked) {
    if (!sql.empty()) sql += " UNION ALL ";
    sql += fmt::format("SELECT {} FROM ticket WHERE status = '{}'{}", columns, enum_name(status), wanted);
    if (assigned || !is_put_aside(status)) continue;
    sql += fmt::format(" AND (postponed_until IS NULL OR postponed_until > {})", conditions.parameter(filter.now));
  }
  const auto unasked = put_aside_unasked(asked);
  if (!assigned || unasked.empty()) return sql;
  return sql + fmt::format(
                   " UNION ALL SELECT {} FROM (SELECT number AS due FROM ticket WHERE postponed_until <= {}) AS back "
                   "CROSS JOIN ticket WHERE number = due AND status IN ({}){}",
                   columns, conditions.parameter(filter.now), unasked, wanted);
}

// The column of the order's time; none where the number alone decides.
std::string_view time_column(const TicketFilter& filter) {
  if (filter.order == TicketOrder::updated) return "updated";
  return filter.order == TicketOrder::next_news && filter.promised.value_or(true) ? "next_news" : "";
}

bool comes_after(const TicketCursor& one, const TicketCursor& other, const TicketFilter& filter) {
  const auto key = [&](const TicketCursor& at) {
    return std::pair(time_column(filter).empty() ? std::nullopt : at.time, at.number);
  };
  return filter.descending ? key(one) < key(other) : key(other) < key(one);
}

bool passes(const TicketRow& row, const TicketFilter& filter) {
  const auto differs = [](const auto& wanted, const auto& is) { return wanted && wanted != is; };
  const auto asked = statuses_of(filter);
  if (std::ranges::find(asked, row.status) == asked.end()) return false;
  if (filter.unassigned ? row.assignee.has_value() : differs(filter.assignee, row.assignee)) return false;
  if (differs(filter.owner, row.owner) || differs(filter.server, row.server)) return false;
  if (filter.reporters && std::ranges::find(*filter.reporters, row.reporter) == filter.reporters->end()) return false;
  if (differs(filter.category, std::optional(row.category)) || differs(filter.tier, std::optional(row.tier)))
    return false;
  if (filter.urgent && !row.urgent) return false;
  if ((filter.first && row.number < *filter.first) || (filter.last && *filter.last < row.number)) return false;
  if ((filter.since && row.created < *filter.since) || (filter.until && *filter.until < row.created)) return false;
  if (filter.overdue && (!row.next_news || *row.next_news > filter.now)) return false;
  if (filter.silent_since && row.updated > *filter.silent_since) return false;
  return !filter.promised || *filter.promised == row.next_news.has_value();
}

// Those of filter.moved that belong to the page.
void add_moved(const TicketFilter& filter, std::vector<TicketRow>& rows) {
  if (filter.moved.empty()) return;
  for (const auto& row : filter.moved) {
    if (!passes(row, filter)) continue;
    if (filter.after && !comes_after(cursor_after(row, filter.order), *filter.after, filter)) continue;
    rows.push_back(row);
    rows.back().body.clear();
  }
  std::ranges::sort(rows, [&](const TicketRow& one, const TicketRow& other) {
    return comes_after(cursor_after(other, filter.order), cursor_after(one, filter.order), filter);
  });
  if (rows.size() > filter.limit) rows.resize(filter.limit);
}

std::vector<TicketRow> run_query(store::Connection& connection, const TicketFilter& filter) {
  const auto query = list_query(filter);
  auto rows = connection.rows<TicketRow>(query.sql, query.values);
  add_moved(filter, rows);
  return rows;
}

std::vector<TicketRow> list_by_promise(store::Connection& connection, TicketFilter filter) {
  std::vector<TicketRow> rows;
  if (!filter.after || filter.after->time) {
    filter.promised = true;
    rows = run_query(connection, filter);
    if (rows.size() >= filter.limit) return rows;
    filter.after.reset();
    filter.limit -= rows.size();
  }
  filter.promised = false;
  for (auto& row : run_query(connection, filter)) rows.push_back(std::move(row));
  return rows;
}

std::optional<std::int64_t> read_number(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  if (number < 0 || number > (std::int64_t{1} << 53)) return std::nullopt;
  return number;
}

}  // namespace

TicketQuery list_query(const TicketFilter& filter) {
  auto conditions = conditions_of(filter);
  if (!filter.moved.empty())
    conditions.add(fmt::format("(claimed_until IS NULL OR claimed_until > {})", conditions.parameter(filter.now)));
  const auto column = time_column(filter);
  const std::string direction = filter.descending ? "DESC" : "ASC";
  const char past = filter.descending ? '<' : '>';
  std::string order = "number " + direction;
  if (!column.empty()) order = fmt::format("{} {}, {}", column, direction, order);
  if (filter.after) {
    const auto number = conditions.parameter(filter.after->number);
    if (column.empty()) {
      conditions.add(fmt::format("number {} {}", past, number));
    } else {
      const auto time = conditions.parameter(filter.after->time.value_or(WallTime{}));
      conditions.add(fmt::format("({}, number) {} ({}, {})", column, past, time, number));
    }
  }
  auto sql = select_each(filter, list_columns, conditions);
  return {fmt::format("{} ORDER BY {} LIMIT {}", std::move(sql), order, filter.limit), conditions.values()};
}

std::vector<TicketRow> list_tickets(store::Connection& connection, const TicketFilter& filter) {
  if (filter.reporters && filter.reporters->empty()) return {};
  const bool by_promise = filter.order == TicketOrder::next_news && !filter.promised;
  return by_promise ? list_by_promise(connection, filter) : run_query(connection, filter);
}

TicketQuery newest_numbers_query(const TicketFilter& filter) {
  auto conditions = conditions_of(filter);
  auto sql = select_each(filter, "number", conditions);
  return {fmt::format("{} ORDER BY number DESC LIMIT {}", std::move(sql), filter.limit), conditions.values()};
}

std::vector<TicketNumber> newest_numbers(store::Connection& connection, const TicketFilter& filter) {
  const auto query = newest_numbers_query(filter);
  return connection.rows<TicketNumber>(query.sql, query.values);
}

std::int64_t count_tickets(store::Connection& connection, const TicketFilter& filter) {
  if (filter.reporters && filter.reporters->empty()) return 0;
  auto conditions = conditions_of(filter);
  std::int64_t total = 0;
  const auto sql = select_each(filter, "count(*)", conditions);
  for (const auto count : connection.rows<std::int64_t>(sql, conditions.values())) total += count;
  if (filter.moved.empty()) return total;
  // Counted in their indexes, without a look at every row; so the few that moved are told apart here.
  const auto is_counted = [&](const TicketRow& row) { return passes(row, filter); };
  const auto is_of_office = [&](const TicketRow& row) {
    return !filter.office_key ||
           connection.first<std::int64_t>("SELECT 1 FROM reporter WHERE id = $1 AND office_key = $2", row.reporter,
                                          *filter.office_key);
  };
  auto stored = connection.all<TicketRow>(fmt::format("SELECT {} FROM ticket WHERE claimed_until <= $1", list_columns),
                                          filter.now);
  std::erase_if(stored, [&](const TicketRow& row) { return !is_of_office(row); });
  return total - std::ranges::count_if(stored, is_counted) + std::ranges::count_if(filter.moved, is_counted);
}

void add_filing_times(store::Connection& connection, std::optional<WallTime> since, std::optional<WallTime> until,
                      TicketFilter& filter) {
  // No ticket has this number.
  constexpr TicketNumber none{0};
  if (since) filter.first = lowest_filed_since(connection, *since);
  if (until) filter.last = highest_filed_until(connection, *until).value_or(none);
  if (since && !filter.first) filter.last = none;
  if ((!since && !until) || filing_times_rise(connection)) return;
  filter.since = since;
  filter.until = until;
}

TicketCursor cursor_after(const TicketRow& row, TicketOrder order) {
  switch (order) {
    case TicketOrder::updated:
      return {row.updated, row.number};
    case TicketOrder::next_news:
      return {row.next_news, row.number};
    case TicketOrder::number:
    case TicketOrder::created:
      break;
  }
  return {std::nullopt, row.number};
}

std::string write_cursor(const TicketCursor& cursor) {
  if (!cursor.time) return fmt::format("{}", cursor.number.value);
  return fmt::format("{}-{}", cursor.time->time_since_epoch().count(), cursor.number.value);
}

std::optional<TicketCursor> read_cursor(std::string_view text) {
  TicketCursor cursor;
  const auto dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto time = read_number(text.substr(0, dash));
    if (!time) return std::nullopt;
    cursor.time = WallTime{Milliseconds{*time}};
    text.remove_prefix(dash + 1);
  }
  const auto number = read_number(text);
  if (!number) return std::nullopt;
  cursor.number = TicketNumber{*number};
  return cursor;
}

}  // namespace gilir
