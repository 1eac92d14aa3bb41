#include "core/people/people_table.h"

#include "core/base/error.h"
#include "core/base/name_key.h"
#include "core/base/text.h"
#include "core/people/turn.h"
#include "core/store/counter.h"

namespace gilir {
namespace {

constexpr std::string_view agent_columns = "SELECT name, tier, role, present, turn, added FROM agent ";
constexpr std::string_view reporter_columns = "SELECT id, name, office, contact FROM reporter ";

std::string sql(std::string_view select, std::string_view rest) {
  return std::string(select) + std::string(rest);
}

void store_keys(store::Connection& connection, const Reporter& reporter) {
  connection.run("UPDATE reporter SET name_key = $2, office_key = $3 WHERE id = $1", reporter.id,
                 name_key(reporter.name), name_key(reporter.office));
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
  auto found = connection.first<Reporter>(sql(reporter_columns, "WHERE name = $1 AND office = $2"), name, office);
  if (found) return found;
  const auto key = name_key(name);
  const auto office_key = name_key(office);
  found = connection.first<Reporter>(
      sql(reporter_columns, "WHERE name_key = $1 AND office_key = $2 ORDER BY id LIMIT 1"), key, office_key);
  if (found) return found;
  return connection.first<Reporter>(
      sql(reporter_columns, "WHERE id = (SELECT reporter FROM reporter_alias WHERE name_key = $1 AND office_key = $2)"),
      key, office_key);
}

std::vector<Reporter> reporters_named(store::Connection& connection, const std::string& name) {
  return connection.all<Reporter>(
      sql(reporter_columns,
          "WHERE name_key = $1 OR id IN (SELECT reporter FROM reporter_alias WHERE name_key = $1) "
          "ORDER BY office, id LIMIT $2"),
      name_key(name), most_namesakes + 1);
}

Reporter get_reporter(store::Connection& connection, std::int64_t id) {
  auto reporter = connection.first<Reporter>(sql(reporter_columns, "WHERE id = $1"), id);
  // Ids come from rows of the desk alone.
  if (!reporter)
    throw Error(ErrorCode::damaged).with("path", connection.path()).with("problem", "a reporter is missing");
  return *reporter;
}

void update_reporter(store::Connection& connection, const Reporter& reporter) {
  connection.put("reporter", R"("id")", reporter);
  store_keys(connection, reporter);
}

std::vector<Reporter> reporters_of_office(store::Connection& connection, const std::string& office, std::size_t limit) {
  return connection.all<Reporter>(sql(reporter_columns, "WHERE office_key = $1 ORDER BY id LIMIT $2"), name_key(office),
                                  static_cast<std::int64_t>(limit));
}

std::string known_office(store::Connection& connection, const std::string& office) {
  const auto known = reporters_of_office(connection, office, 1);
  return known.empty() ? office : known.front().office;
}

std::vector<std::string> office_names(store::Connection& connection) {
  return connection.all<std::string>(
      "SELECT DISTINCT office FROM reporter WHERE office <> '' ORDER BY office LIMIT 5000");
}

void merge_reporter(store::Connection& connection, const Reporter& from, const Reporter& to) {
  connection.run("UPDATE reporter_alias SET reporter = $2 WHERE reporter = $1", from.id, to.id);
  connection.run("DELETE FROM reporter WHERE id = $1", from.id);
  connection.run(
      "INSERT INTO reporter_alias (name_key, office_key, reporter) VALUES ($1, $2, $3) "
      "ON CONFLICT (name_key, office_key) DO UPDATE SET reporter = $3",
      name_key(from.name), name_key(from.office), to.id);
}

void store_name_keys(store::Connection& connection) {
  for (const auto& reporter : connection.all<Reporter>(reporter_columns)) store_keys(connection, reporter);
}

std::vector<std::string> reporter_names(store::Connection& connection) {
  return connection.all<std::string>("SELECT DISTINCT name FROM reporter ORDER BY name LIMIT 5000");
}

std::vector<Reporter> all_reporters(store::Connection& connection, std::int64_t after, std::size_t limit) {
  return connection.all<Reporter>(sql(reporter_columns, "WHERE id > $1 ORDER BY id LIMIT $2"), after, limit);
}

Reporter add_reporter(store::Connection& connection, Reporter reporter) {
  reporter.id = store::next_number(connection, "reporter");
  connection.insert("reporter", reporter);
  store_keys(connection, reporter);
  return reporter;
}

}  // namespace gilir
