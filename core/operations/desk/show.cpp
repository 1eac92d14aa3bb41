#include "core/operations/desk/show.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/people/people_table.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/pressing.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::size_t most_tickets = 20;
constexpr std::size_t most_of_others = 10;

constexpr std::string_view own_tickets =
    "SELECT number, title, status, server, urgent, updated, next_news, created, "
    "(SELECT name FROM reporter WHERE id = ticket.reporter) FROM ticket WHERE assignee = $1 ";
// Those whose claims have run out are added as they stand.
constexpr std::string_view in_work =
    "AND status IN ('assigned', 'in_progress') AND (claimed_until IS NULL OR claimed_until > $2) ";
constexpr std::string_view by_number = "ORDER BY urgent DESC, number LIMIT $3";
constexpr std::string_view overdue_ones = "AND urgent = $4 AND next_news <= $2 ORDER BY next_news, number LIMIT $3";
// Those that were put aside until now.
constexpr std::string_view returning =
    "AND postponed_until <= $2 "
    "ORDER BY urgent DESC, CASE WHEN next_news <= $2 THEN next_news END NULLS LAST, number LIMIT $3";

struct OwnTicketRow {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::optional<ServerName> server;
  bool urgent = false;
  WallTime updated{};
  std::optional<WallTime> next_news;
  WallTime created{};
  std::string reporter;
};
BOOST_DESCRIBE_STRUCT(OwnTicketRow, (), (number, title, status, server, urgent, updated, next_news, created, reporter))

// The texts are those of the index's condition, without which SQLite would not use it.
constexpr std::string_view answered_tickets =
    "SELECT number FROM ticket WHERE owner = $1 AND owner IS NOT NULL AND assignee IS NOT owner "
    "AND status IN ('new', 'assigned', 'in_progress', 'waiting_reporter', 'waiting_unit', 'postponed') "
    "AND (claimed_until IS NULL OR claimed_until > $2) "
    "ORDER BY urgent DESC, CASE WHEN next_news <= $2 THEN next_news END NULLS LAST, number LIMIT $3";

constexpr std::string_view overdue_tickets =
    "SELECT number FROM ticket WHERE next_news <= $1 "
    "AND status IN ('new', 'assigned', 'in_progress', 'waiting_reporter', 'waiting_unit', 'postponed') "
    "AND (owner IS NULL OR owner <> $2) AND (assignee IS NULL OR assignee <> $2) "
    "AND (claimed_until IS NULL OR claimed_until > $1) "
    "ORDER BY next_news, number LIMIT $3";

// As `gilir next` takes them.
template <class View>
void sort_by_pressure(std::vector<View>& tickets, WallTime now, std::size_t most) {
  const auto pressing = [](const View& one) { return PressingTicket{one.number, one.urgent, one.next_news}; };
  std::ranges::sort(
      tickets, [&](const View& one, const View& other) { return presses_more(pressing(one), pressing(other), now); });
  if (tickets.size() > most) tickets.resize(most);
}

// A broken promise may be that of a ticket far behind the first by number: each order gives its first.
std::vector<OwnTicketView> stored_tickets_of(Context& context, const AgentName& agent) {
  auto& connection = context.connection();
  const auto now = context.now().wall;
  const auto most = static_cast<std::int64_t>(most_tickets);
  std::map<TicketNumber, OwnTicketView> found;
  const auto add = [&](OwnTicketRow row) {
    const auto status = is_put_aside(row.status) ? TicketStatus::assigned : row.status;
    const auto number = row.number;
    found.try_emplace(number, OwnTicketView{number,
                                            std::move(row.title),
                                            status,
                                            std::move(row.server),
                                            row.urgent,
                                            row.updated,
                                            row.next_news,
                                            row.created,
                                            std::move(row.reporter),
                                            {}});
  };
  const auto query = [](auto... parts) { return (std::string(own_tickets) + ... + std::string(parts)); };
  connection.each<OwnTicketRow>(query(in_work, by_number), add, agent, now, most);
  for (const bool urgent : {true, false}) {
    connection.each<OwnTicketRow>(query(in_work, overdue_ones), add, agent, now, most, urgent);
  }
  connection.each<OwnTicketRow>(query(returning), add, agent, now, most);
  std::vector<OwnTicketView> tickets;
  for (auto& [number, ticket] : found) tickets.push_back(std::move(ticket));
  return tickets;
}

std::vector<OwnTicketView> tickets_of(Context& context, const AgentName& agent) {
  auto tickets = stored_tickets_of(context, agent);
  for (auto& row : claims_ahead(context).tickets()) {
    if (row.assignee != agent) continue;
    tickets.push_back({row.number,
                       std::move(row.title),
                       row.status,
                       std::move(row.server),
                       row.urgent,
                       row.updated,
                       row.next_news,
                       row.created,
                       get_reporter(context.connection(), row.reporter).name,
                       {}});
  }
  sort_by_pressure(tickets, context.now().wall, most_tickets);
  for (auto& ticket : tickets) {
    if (ticket.status == TicketStatus::assigned) ticket.escalation = escalation_of(context, ticket.number);
    if (ticket.escalation && ticket.escalation->by == agent) ticket.escalation.reset();
  }
  return tickets;
}

OthersTicketView others_ticket(TicketRow row) {
  return {row.number, std::move(row.title), row.status, std::move(row.owner), std::move(row.assignee),
          row.urgent, row.next_news};
}

// As they stand now: the claims that have run out are added, whose rows say otherwise.
std::vector<OthersTicketView> answered_for(Context& context, const AgentName& agent) {
  auto& connection = context.connection();
  const auto now = context.now().wall;
  std::vector<OthersTicketView> tickets;
  for (const auto number :
       connection.all<TicketNumber>(answered_tickets, agent, now, static_cast<std::int64_t>(most_of_others))) {
    tickets.push_back(others_ticket(settled(get_ticket(connection, number), now)));
  }
  for (auto& row : claims_ahead(context).tickets()) {
    if (row.owner == agent && row.assignee != agent) tickets.push_back(others_ticket(std::move(row)));
  }
  sort_by_pressure(tickets, now, most_of_others);
  return tickets;
}

// Claims that have run out, likewise.
std::vector<OthersTicketView> overdue_of_others(Context& context, const Agent& supervisor) {
  std::vector<OthersTicketView> tickets;
  if (supervisor.role < Role::supervisor) return tickets;
  auto& connection = context.connection();
  const auto now = context.now().wall;
  for (const auto number :
       connection.all<TicketNumber>(overdue_tickets, now, supervisor.name, static_cast<std::int64_t>(most_of_others))) {
    tickets.push_back(others_ticket(settled(get_ticket(connection, number), now)));
  }
  for (auto& row : claims_ahead(context).tickets()) {
    const bool others = row.owner != supervisor.name && row.assignee != supervisor.name;
    if (others && row.next_news && *row.next_news <= now) tickets.push_back(others_ticket(std::move(row)));
  }
  std::ranges::sort(tickets, {}, [](const OthersTicketView& one) { return std::pair(one.next_news, one.number); });
  if (tickets.size() > most_of_others) tickets.resize(most_of_others);
  return tickets;
}

std::vector<MergeNewsView> unseen_merges(Context& context, const AgentName& agent) {
  auto& connection = context.connection();
  std::vector<MergeNewsView> merges;
  for (const auto& news : merge_news_of(connection, agent, most_of_others)) {
    const auto target = as_it_stands(context, follow_ticket(connection, news.target));
    merges.push_back({news.source, target.number, news.by, news.at, target.assignee});
  }
  return merges;
}

// Each pair once, also of two tickets of the caller's.
std::vector<duplicate::SuspectedPair> suspected_pairs(Context& context, const std::vector<OwnTicketView>& tickets) {
  std::vector<duplicate::SuspectedPair> pairs;
  std::set<std::pair<TicketNumber, TicketNumber>> seen;
  for (const auto& ticket : tickets) {
    for (auto& pair : duplicate::ties_with(context.connection(), ticket.number)) {
      if (seen.insert({pair.ticket, pair.number}).second) pairs.push_back(std::move(pair));
    }
  }
  std::ranges::sort(pairs, std::ranges::greater{}, [](const duplicate::SuspectedPair& pair) {
    return std::tuple(pair.strength == "strong", pair.ticket, pair.number);
  });
  return pairs;
}

// Of a pair of two of the caller's, the newer is the twin.
void show_twins(Context& context, DeskView& view) {
  const auto is_own = [&](TicketNumber number) {
    return std::ranges::find(view.tickets, number, &OwnTicketView::number) != view.tickets.end();
  };
  const auto pairs = suspected_pairs(context, view.tickets);
  for (const auto& pair : pairs) {
    if (view.twins.size() == most_of_others) break;
    const auto twin = is_own(pair.number) ? pair.ticket : pair.number;
    auto row = as_it_stands(context, get_ticket(context.connection(), twin));
    auto like = duplicate_view(twin, pair.strength, pair.score, duplicate::why_suspected(context.connection(), pair));
    view.twins.push_back({is_own(pair.number) ? pair.number : pair.ticket, twin, std::move(like.strength),
                          std::move(like.because), std::move(like.reasons), row.assignee, std::move(row.title)});
  }
  view.more_twins = std::ssize(pairs) - std::ssize(view.twins);
}

DeskView run(Context& context, const ShowDesk&) {
  DeskView view;
  view.name = context.connection().first<std::string>("SELECT name FROM desk").value_or("");
  view.agent = agent_view(context, context.caller());
  const auto& agent = context.caller();
  view.tickets = tickets_of(context, agent.name);
  view.answers_for = answered_for(context, agent.name);
  view.overdue = overdue_of_others(context, agent);
  view.merges = unseen_merges(context, agent.name);
  show_twins(context, view);
  return view;
}

}  // namespace

const OperationSpec ShowDesk::spec = describe_operation<ShowDesk, run>("desk.show", Role::agent, Access::read, {});

}  // namespace gilir
