#include "core/people/people_table.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/people/turn.h"

namespace gilir {
namespace {

constexpr std::string_view agent_columns = "SELECT name, tier, role, present, turn, added FROM agent ";
constexpr std::string_view reporter_columns = "SELECT id, name, office, contact FROM reporter ";

std::string sql(std::string_view select, std::string_view rest) {
  return std::string(select) + std::string(rest);
}

void store_place(store::Connection& connection, std::int64_t place, const AgentName& agent) {
  connection.run("UPDATE agent SET turn = $1 WHERE name = $2", place, agent);
}

}  // namespace

std::optional<Agent> find_agent(store::Connection& connection, const AgentName& name) {
  return connection.first<Agent>(sql(agent_columns, "WHERE name = $1"), name);
}

Agent get_agent(store::Connection& connection, const AgentName& name) {
  if (auto agent = find_agent(connection, name)) return *agent;
  const auto names = connection.all<std::string>("SELECT name FROM agent ORDER BY name");
  throw Error(ErrorCode::not_found)
      .with("kind", "agent")
      .with("name", name)
      .with("near", near_names(name.value, names));
}

std::vector<Agent> all_agents(store::Connection& connection) {
  return connection.all<Agent>(sql(agent_columns, "ORDER BY tier, name"));
}

std::vector<Agent> agents_of_tier(store::Connection& connection, int tier) {
  return connection.all<Agent>(sql(agent_columns, "WHERE tier = $1"), tier);
}

void put_agent(store::Connection& connection, const Agent& agent) {
  connection.put("agent", R"("name")", agent);
}

void remove_agent(store::Connection& connection, const AgentName& name) {
  connection.run("DELETE FROM agent WHERE name = $1", name);
}

std::vector<Agent> members_of_turn(store::Connection& connection, int tier) {
  auto members = agents_of_tier(connection, tier);
  connection.each<Agent>(
      "SELECT name, tier, 'agent', 0, turn, 0 FROM kept_turn WHERE tier = $1",
      [&](Agent agent) { members.push_back(std::move(agent)); }, tier);
  return members;
}

std::optional<AgentName> take_turn(store::Connection& connection, int tier,
                                   const std::optional<AgentName>& passed_over) {
  const auto members = members_of_turn(connection, tier);
  const auto next = next_in_turn(members, passed_over);
  if (next) store_place(connection, place_after_turn(members), *next);
  return next;
}

void use_turn(store::Connection& connection, int tier, const AgentName& agent) {
  store_place(connection, place_after_turn(members_of_turn(connection, tier)), agent);
}

std::int64_t join_turn(store::Connection& connection, int tier, const AgentName& agent) {
  const auto kept =
      connection.first<std::int64_t>("SELECT turn FROM kept_turn WHERE name = $1 AND tier = $2", agent, tier);
  if (!kept) return place_for_newcomer(members_of_turn(connection, tier));
  connection.run("DELETE FROM kept_turn WHERE name = $1 AND tier = $2", agent, tier);
  return *kept;
}

void leave_turn(store::Connection& connection, const Agent& agent) {
  connection.run(
      "INSERT INTO kept_turn (name, tier, turn) VALUES ($1, $2, $3) ON CONFLICT (name, tier) DO UPDATE SET turn = $3",
      agent.name, agent.tier, agent.turn);
}

std::optional<Reporter> find_reporter(store::Connection& connection, const std::string& name,
                                      const std::string& office) {
  return connection.first<Reporter>(sql(reporter_columns, "WHERE name = $1 AND office = $2"), name, office);
}

std::vector<Reporter> reporters_named(store::Connection& connection, const std::string& name) {
  return connection.all<Reporter>(sql(reporter_columns, "WHERE name = $1 ORDER BY office LIMIT $2"), name,
                                  most_namesakes + 1);
}

Reporter get_reporter(store::Connection& connection, std::int64_t id) {
  auto reporter = connection.first<Reporter>(sql(reporter_columns, "WHERE id = $1"), id);
  if (!reporter) throw Error(ErrorCode::not_found).with("kind", "reporter").with("name", std::to_string(id));
  return *reporter;
}

void update_reporter(store::Connection& connection, const Reporter& reporter) {
  connection.put("reporter", R"("id")", reporter);
}

std::vector<std::string> reporter_names(store::Connection& connection) {
  return connection.all<std::string>("SELECT DISTINCT name FROM reporter ORDER BY name LIMIT 5000");
}

std::vector<Reporter> all_reporters(store::Connection& connection, std::int64_t after, std::size_t limit) {
  return connection.all<Reporter>(sql(reporter_columns, "WHERE id > $1 ORDER BY id LIMIT $2"), after, limit);
}

Reporter add_reporter(store::Connection& connection, Reporter reporter) {
  reporter.id = connection.first<std::int64_t>("SELECT coalesce(max(id), 0) + 1 FROM reporter").value_or(1);
  connection.insert("reporter", reporter);
  return reporter;
}

}  // namespace gilir
