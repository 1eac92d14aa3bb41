#include "core/operations/log/compare.h"

#include "core/event/event_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/log/replayed.h"
#include "core/operations/server/server_view.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::size_t most_told = 100;
constexpr std::size_t events_at_once = 1000;

class Comparison {
 public:
  void differ(SubjectKind kind, const std::string& name, std::string_view field, std::string log, std::string row) {
    if (log == row) return;
    ++found_.total;
    if (found_.differences.size() == most_told) return;
    found_.differences.push_back({kind, name, std::string(field), std::move(log), std::move(row)});
  }
  // What one side has and the other does not.
  void missing(SubjectKind kind, const std::string& name, bool in_log) {
    differ(kind, name, "", in_log ? name : "", in_log ? "" : name);
  }
  LogComparison found() && { return std::move(found_); }

 private:
  LogComparison found_;
};

struct TicketState {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::optional<AgentName> assignee;
  std::optional<TicketNumber> merged_into;
};
BOOST_DESCRIBE_STRUCT(TicketState, (), (number, title, status, assignee, merged_into))

std::string word(const std::optional<TicketNumber>& number) {
  return number ? std::to_string(number->value) : std::string();
}

ReplayedDesk replay_log(store::Connection& connection) {
  ReplayedDesk desk;
  EventFilter filter;
  filter.limit = events_at_once;
  for (auto events = read_events(connection, filter); !events.empty(); events = read_events(connection, filter)) {
    for (const auto& event : events) desk.tell(event);
    filter.after = events.back().number;
  }
  return desk;
}

// What is left in `told` afterwards has no row.
void compare_tickets(store::Connection& connection, std::map<TicketNumber, ReplayedTicket>& told,
                     Comparison& comparison) {
  constexpr auto kind = SubjectKind::ticket;
  connection.each<TicketState>(
      "SELECT number, title, status, assignee, merged_into FROM ticket ORDER BY number", [&](const TicketState& row) {
        const auto name = std::to_string(row.number.value);
        const auto log = told.extract(row.number);
        if (log.empty()) return comparison.missing(kind, name, false);
        const auto& ticket = log.mapped();
        comparison.differ(kind, name, "title", ticket.title, row.title);
        comparison.differ(kind, name, "status", std::string(enum_name(ticket.status)),
                          std::string(enum_name(row.status)));
        comparison.differ(kind, name, "assignee", ticket.assignee.value_or(AgentName{}).value,
                          row.assignee.value_or(AgentName{}).value);
        comparison.differ(kind, name, "merged_into", word(ticket.merged_into), word(row.merged_into));
      });
  for (const auto& [number, ticket] : told) comparison.missing(kind, std::to_string(number.value), true);
}

void compare_agents(store::Connection& connection, std::map<AgentName, ReplayedAgent>& told, Comparison& comparison) {
  constexpr auto kind = SubjectKind::agent;
  connection.each<Agent>(
      "SELECT name, tier, role, present, turn, added FROM agent ORDER BY name", [&](const Agent& row) {
        const auto log = told.extract(row.name);
        if (log.empty()) return comparison.missing(kind, row.name.value, false);
        const auto& agent = log.mapped();
        comparison.differ(kind, row.name.value, "tier", std::to_string(agent.tier), std::to_string(row.tier));
        comparison.differ(kind, row.name.value, "role", std::string(enum_name(agent.role)),
                          std::string(enum_name(row.role)));
        comparison.differ(kind, row.name.value, "present", to_json(agent.present), to_json(row.present));
      });
  for (const auto& [name, agent] : told) comparison.missing(kind, name.value, true);
}

void compare_servers(store::Connection& connection, std::map<ServerName, ReplayedServer>& told,
                     Comparison& comparison) {
  constexpr auto kind = SubjectKind::server;
  for (const auto& row : connection.all<Server>("SELECT " + store::columns<Server>() + " FROM server ORDER BY name")) {
    const auto log = told.extract(row.name);
    if (log.empty()) {
      comparison.missing(kind, row.name.value, false);
      continue;
    }
    comparison.differ(kind, row.name.value, "host_key", log.mapped().fingerprint, pinned_fingerprint(row));
  }
  for (const auto& [name, server] : told) comparison.missing(kind, name.value, true);
}

LogComparison run(Context& context, const CompareLog&) {
  auto& connection = context.connection();
  auto desk = replay_log(connection);
  Comparison comparison;
  compare_agents(connection, desk.agents, comparison);
  compare_servers(connection, desk.servers, comparison);
  compare_tickets(connection, desk.tickets, comparison);
  return std::move(comparison).found();
}

}  // namespace

const OperationSpec CompareLog::spec =
    describe_operation<CompareLog, run>("log.compare", Role::agent, Access::read, {});

}  // namespace gilir
