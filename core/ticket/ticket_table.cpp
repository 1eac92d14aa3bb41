#include "core/ticket/ticket_table.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace gilir {
namespace {

// A chain of merges longer than this is damage, not use.
constexpr int longest_chain = 10'000;

std::string list_columns() {
  return "number, title, '' AS body, status, category, reporter, server, owner, assignee, tier, urgent, created, "
         "updated, next_news, merged_into, version";
}

// Collects conditions with their values, numbering the parameters as it goes.
class Conditions {
 public:
  template <class T>
  void add(std::string_view pattern, const T& value) {
    values_.push_back(store::to_value(value));
    append(fmt::format(fmt::runtime(pattern), fmt::format("${}", values_.size())));
  }
  void append(const std::string& condition) { text_ += (text_.empty() ? " WHERE " : " AND ") + condition; }
  const std::string& text() const { return text_; }
  const std::vector<store::Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<store::Value> values_;
};

Conditions conditions_of(const TicketFilter& filter) {
  Conditions conditions;
  if (!filter.statuses.empty()) {
    std::string names;
    for (const auto status : filter.statuses) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", enum_name(status));
    conditions.append("status IN (" + names + ")");
  }
  if (filter.assignee) conditions.add("assignee = {}", *filter.assignee);
  if (filter.owner) conditions.add("owner = {}", *filter.owner);
  if (filter.server) conditions.add("server = {}", *filter.server);
  if (filter.reporter) conditions.add("reporter = {}", *filter.reporter);
  if (filter.category) conditions.add("category = {}", *filter.category);
  if (filter.tier) conditions.add("tier = {}", *filter.tier);
  if (filter.urgent) conditions.append("urgent = 1");
  return conditions;
}

}  // namespace

std::optional<TicketRow> find_ticket(store::Connection& connection, TicketNumber number) {
  return connection.first<TicketRow>("SELECT " + store::columns<TicketRow>() + " FROM ticket WHERE number = $1", number);
}

TicketRow get_ticket(store::Connection& connection, TicketNumber number) {
  if (auto ticket = find_ticket(connection, number)) return *ticket;
  throw Error(ErrorCode::not_found).with("kind", "ticket").with("name", fmt::format("#{}", number.value));
}

TicketRow follow_ticket(store::Connection& connection, TicketNumber number) {
  auto ticket = get_ticket(connection, number);
  for (int length = 0; ticket.merged_into; ++length) {
    if (length == longest_chain) {
      throw Error(ErrorCode::damaged).with("path", connection.path()).with("problem", "a chain of merges has no end");
    }
    ticket = get_ticket(connection, *ticket.merged_into);
  }
  return ticket;
}

std::vector<TicketNumber> merged_tickets(store::Connection& connection, TicketNumber number) {
  return connection.all<TicketNumber>(
      "WITH RECURSIVE part(number) AS (SELECT number FROM ticket WHERE merged_into = $1 "
      "UNION SELECT t.number FROM ticket t JOIN part p ON t.merged_into = p.number) "
      "SELECT number FROM part ORDER BY number LIMIT 10000",
      number);
}

TicketRow add_ticket(store::Connection& connection, TicketRow ticket) {
  ticket.number = connection.first<TicketNumber>("UPDATE counter SET value = value + 1 WHERE name = 'ticket' RETURNING value")
                      .value();
  connection.insert("ticket", ticket);
  return ticket;
}

TicketRow update_ticket(store::Connection& connection, TicketRow ticket, WallTime now) {
  ticket.version += 1;
  ticket.updated = now;
  connection.put("ticket", "number", ticket);
  return ticket;
}

std::vector<TicketRow> list_tickets(store::Connection& connection, const TicketFilter& filter) {
  auto conditions = conditions_of(filter);
  const std::string column(enum_name(filter.order));
  const char* direction = filter.descending ? "DESC" : "ASC";
  const char* past = filter.descending ? "<" : ">";
  if (filter.order == TicketOrder::next_news) conditions.append("next_news IS NOT NULL");
  if (filter.after && filter.order == TicketOrder::number) {
    conditions.add(fmt::format("number {} {{}}", past), *filter.after);
  } else if (filter.after) {
    conditions.add(fmt::format("({0}, number) {1} (SELECT {0}, number FROM ticket WHERE number = {{}})", column, past),
                   *filter.after);
  }
  const auto order = filter.order == TicketOrder::number ? fmt::format("number {}", direction)
                                                         : fmt::format("{0} {1}, number {1}", column, direction);
  const auto sql = fmt::format("SELECT {} FROM ticket{} ORDER BY {} LIMIT {}", list_columns(), conditions.text(), order,
                               filter.limit);
  return connection.rows<TicketRow>(sql, conditions.values());
}

std::int64_t count_tickets(store::Connection& connection, const TicketFilter& filter) {
  const auto conditions = conditions_of(filter);
  return connection.rows<std::int64_t>("SELECT count(*) FROM ticket" + conditions.text(), conditions.values()).front();
}

std::vector<TicketNumber> waiting_tickets(store::Connection& connection, int tier) {
  return connection.all<TicketNumber>(
      "SELECT number FROM ticket WHERE status = 'new' AND tier = $1 ORDER BY urgent DESC, number", tier);
}

void add_voice(store::Connection& connection, const Voice& voice) {
  connection.run("INSERT INTO voice (ticket, reporter, via) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", voice.ticket,
                 voice.reporter, voice.via);
}

std::vector<Voice> voices_of(store::Connection& connection, TicketNumber ticket) {
  return connection.all<Voice>("SELECT ticket, reporter, via FROM voice WHERE ticket = $1 ORDER BY via, reporter", ticket);
}

std::int64_t count_voices(store::Connection& connection, TicketNumber ticket) {
  return connection.first<std::int64_t>("SELECT count(DISTINCT reporter) FROM voice WHERE ticket = $1", ticket)
      .value_or(0);
}

MergeRecord add_merge(store::Connection& connection, MergeRecord record) {
  record.id = connection.first<std::int64_t>("SELECT coalesce(max(id), 0) + 1 FROM merge").value_or(1);
  connection.insert("merge", record);
  return record;
}

}  // namespace gilir
