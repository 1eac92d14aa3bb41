#include "core/ticket/ticket_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/error.h"
#include "core/store/counter.h"
#include "core/ticket/filing_order.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

// A chain of merges longer than this is damage, not use.
constexpr std::size_t longest_chain = 10'000;
constexpr std::size_t most_parts = 10'000;

}  // namespace

std::optional<TicketRow> find_ticket(store::Connection& connection, TicketNumber number) {
  static const std::string sql = "SELECT " + store::columns<TicketRow>() + " FROM ticket WHERE number = $1";
  return connection.first<TicketRow>(sql, number);
}

TicketRow get_ticket(store::Connection& connection, TicketNumber number) {
  if (auto ticket = find_ticket(connection, number)) return *ticket;
  throw Error(ErrorCode::not_found).with("kind", "ticket").with("name", fmt::format("#{}", number.value));
}

std::optional<TicketRow> next_ticket(store::Connection& connection, TicketNumber number) {
  static const std::string sql =
      "SELECT " + store::columns<TicketRow>() + " FROM ticket WHERE number > $1 ORDER BY number LIMIT 1";
  return connection.first<TicketRow>(sql, number);
}

std::vector<TicketNumber> merge_chain(store::Connection& connection, TicketNumber number,
                                      const std::function<bool(TicketNumber)>& ends) {
  std::vector<TicketNumber> chain;
  for (std::optional<TicketNumber> next = number; next;) {
    if (chain.size() > longest_chain) {
      throw Error(ErrorCode::damaged).with("path", connection.path()).with("problem", "a chain of merges has no end");
    }
    chain.push_back(*next);
    if (ends && ends(*next)) break;
    next = connection.first<std::optional<TicketNumber>>("SELECT merged_into FROM ticket WHERE number = $1", *next)
               .value_or(std::nullopt);
  }
  return chain;
}

TicketRow follow_ticket(store::Connection& connection, TicketNumber number) {
  auto ticket = get_ticket(connection, number);
  if (!ticket.merged_into) return ticket;
  return get_ticket(connection, merge_chain(connection, *ticket.merged_into).back());
}

std::vector<TicketNumber> merged_tickets(store::Connection& connection, TicketNumber number) {
  // Most tickets have no parts; a statement that recurses takes five times as long to prepare as this one.
  std::set<TicketNumber> parts;
  std::vector<TicketNumber> targets{number};
  while (!targets.empty()) {
    const auto target = targets.back();
    targets.pop_back();
    for (const auto part : connection.all<TicketNumber>("SELECT number FROM ticket WHERE merged_into = $1", target)) {
      if (parts.insert(part).second) targets.push_back(part);
    }
  }
  const auto count = std::min(parts.size(), most_parts);
  return {parts.begin(), std::next(parts.begin(), static_cast<std::ptrdiff_t>(count))};
}

TicketNumber next_ticket_number(store::Connection& connection) {
  return {store::next_number(connection, "ticket")};
}

TicketRow add_ticket(store::Connection& connection, TicketRow ticket) {
  if (ticket.number == TicketNumber{}) ticket.number = next_ticket_number(connection);
  note_filing(connection, ticket);
  connection.insert("ticket", ticket);
  return ticket;
}

TicketRow update_ticket(store::Connection& connection, TicketRow ticket, WallTime now) {
  ticket.version += 1;
  ticket.updated = now;
  // Both end with the state that they belong to, whatever ended it.
  if (!is_put_aside(ticket.status)) ticket.postponed_until.reset();
  if (ticket.status != TicketStatus::assigned) ticket.claimed_until.reset();
  // Only what changes after filing, so that neither a long body nor the indexes of the rest are written again.
  connection.run(
      "UPDATE ticket SET status = $2, owner = $3, assignee = $4, tier = $5, urgent = $6, updated = $7, next_news = $8, "
      "merged_into = $9, version = $10, postponed_until = $11, claimed_until = $12, "
      "promise_told = CASE WHEN next_news IS $8 THEN promise_told ELSE 0 END WHERE number = $1",
      ticket.number, ticket.status, ticket.owner, ticket.assignee, ticket.tier, ticket.urgent, ticket.updated,
      ticket.next_news, ticket.merged_into, ticket.version, ticket.postponed_until, ticket.claimed_until);
  return ticket;
}

void update_filing(store::Connection& connection, const TicketRow& ticket) {
  connection.run("UPDATE ticket SET title = $2, body = $3, category = $4, server = $5, reporter = $6 WHERE number = $1",
                 ticket.number, ticket.title, ticket.body, ticket.category, ticket.server, ticket.reporter);
}

void move_to_server(store::Connection& connection, const ServerName& from, const ServerName& into) {
  connection.run("UPDATE ticket SET server = $2 WHERE server = $1", from, into);
}

void extend_claim(store::Connection& connection, TicketNumber number, WallTime until) {
  connection.run("UPDATE ticket SET claimed_until = $2 WHERE number = $1", number, until);
}

std::optional<TicketNumber> oldest_of_interest(store::Connection& connection, WallTime since) {
  auto oldest = lowest_filed_since(connection, since);
  for (const auto status : open_statuses()) {
    const auto open =
        connection.first<TicketNumber>("SELECT number FROM ticket WHERE status = $1 ORDER BY number LIMIT 1", status);
    if (open && (!oldest || *open < *oldest)) oldest = open;
  }
  return oldest;
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
  return connection.all<Voice>("SELECT ticket, reporter, via FROM voice WHERE ticket = $1 ORDER BY via, reporter",
                               ticket);
}

std::vector<std::int64_t> reporters_asking(store::Connection& connection, TicketNumber ticket) {
  return connection.all<std::int64_t>("SELECT DISTINCT reporter FROM voice WHERE ticket = $1 ORDER BY reporter",
                                      ticket);
}

std::int64_t count_voices(store::Connection& connection, TicketNumber ticket) {
  return connection.first<std::int64_t>("SELECT count(DISTINCT reporter) FROM voice WHERE ticket = $1", ticket)
      .value_or(0);
}

void remove_voices(store::Connection& connection, TicketNumber ticket, TicketNumber via) {
  connection.run("DELETE FROM voice WHERE ticket = $1 AND via = $2", ticket, via);
}

void remove_voices_of_parts(store::Connection& connection, TicketNumber ticket, TicketNumber part) {
  connection.run(
      "DELETE FROM voice WHERE ticket = $1 AND via IN (WITH RECURSIVE part (number) AS (SELECT number FROM ticket "
      "WHERE number = $2 UNION SELECT ticket.number FROM part JOIN ticket ON ticket.merged_into = part.number) "
      "SELECT number FROM part)",
      ticket, part);
}

void give_to_reporter(store::Connection& connection, std::int64_t from, std::int64_t to) {
  connection.run("UPDATE ticket SET reporter = $2 WHERE reporter = $1", from, to);
  connection.run(
      "INSERT INTO voice (ticket, reporter, via) SELECT ticket, $2, via FROM voice WHERE reporter = $1 "
      "ON CONFLICT DO NOTHING",
      from, to);
  connection.run("DELETE FROM voice WHERE reporter = $1", from);
}

std::vector<TicketNumber> returning_tickets(store::Connection& connection, WallTime now, std::int64_t limit) {
  return connection.all<TicketNumber>(returning_query, now, limit);
}

std::vector<TicketNumber> lapsed_claims(store::Connection& connection, WallTime now, std::int64_t limit) {
  return connection.all<TicketNumber>(lapsed_claims_query, now, limit);
}

std::vector<TicketNumber> broken_promises(store::Connection& connection, WallTime now, std::int64_t limit) {
  return connection.all<TicketNumber>(broken_promises_query, now, limit);
}

void mark_promise_told(store::Connection& connection, TicketNumber number) {
  connection.run("UPDATE ticket SET promise_told = 1 WHERE number = $1", number);
}

void move_due_times(store::Connection& connection, WallTime since, Milliseconds by) {
  const auto move = [&](const std::string& due, const std::string& which) {
    connection.run("UPDATE ticket SET " + due + " = " + due + " + $2 WHERE updated >= $1 AND " + which, since,
                   by.count());
  };
  // A time that somebody named is the right one.
  move("postponed_until", "postponed_until IS NOT NULL AND until_named = 0");
  move("claimed_until", "claimed_until IS NOT NULL");
  // A breach that was told of stays one.
  move("next_news", "next_news IS NOT NULL AND promise_told = 0");
}

void mark_until_named(store::Connection& connection, TicketNumber number, bool named) {
  connection.run("UPDATE ticket SET until_named = $2 WHERE number = $1", number, named);
}

void set_escalation(store::Connection& connection, TicketNumber number, std::int64_t event) {
  connection.run("UPDATE ticket SET escalation = $2 WHERE number = $1", number, event);
}

std::vector<TicketNumber> claims_of(store::Connection& connection, const AgentName& agent) {
  return connection.all<TicketNumber>(claims_of_query, agent);
}

bool add_link(store::Connection& connection, TicketNumber one, TicketNumber other) {
  constexpr std::string_view insert = "INSERT INTO ticket_link (ticket, other) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  return connection.run(insert, one, other) + connection.run(insert, other, one) > 0;
}

bool remove_link(store::Connection& connection, TicketNumber one, TicketNumber other) {
  return connection.run("DELETE FROM ticket_link WHERE (ticket = $1 AND other = $2) OR (ticket = $2 AND other = $1)",
                        one, other) > 0;
}

std::vector<TicketNumber> linked_tickets(store::Connection& connection, TicketNumber ticket, std::int64_t limit) {
  return connection.all<TicketNumber>("SELECT other FROM ticket_link WHERE ticket = $1 ORDER BY other LIMIT $2", ticket,
                                      limit);
}

}  // namespace gilir
