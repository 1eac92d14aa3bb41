// Rows of agents and reporters. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/people/people.h"
#include "core/store/connection.h"

namespace gilir {

std::optional<Agent> find_agent(store::Connection& connection, const AgentName& name);
// Error{not_found} with near names.
Agent get_agent(store::Connection& connection, const AgentName& name);
std::vector<Agent> all_agents(store::Connection& connection);
std::vector<Agent> agents_of_tier(store::Connection& connection, int tier);
void put_agent(store::Connection& connection, const Agent& agent);
void remove_agent(store::Connection& connection, const AgentName& name);

// The tier's agents, and as absent ones those who have left it.
std::vector<Agent> members_of_turn(store::Connection& connection, int tier);
// Gives the tier's next ticket to the present agent whose turn it is and moves him behind the others; none
// when nobody of the tier is present. See next_in_turn for `passed_over`.
std::optional<AgentName> take_turn(store::Connection& connection, int tier,
                                   const std::optional<AgentName>& passed_over = std::nullopt);
// He took a ticket of the tier by himself: that was his turn.
void use_turn(store::Connection& connection, int tier, const AgentName& agent);
// His place in a tier that he joins: a newcomer's, or the one that he kept when he left it.
std::int64_t join_turn(store::Connection& connection, int tier, const AgentName& agent);
// He leaves his tier; his place there is kept.
void leave_turn(store::Connection& connection, const Agent& agent);

// As written, else whoever's name and office are the same by name_key(), else who they were merged into.
std::optional<Reporter> find_reporter(store::Connection& connection, const std::string& name,
                                      const std::string& office);
// Everybody whose name is the same, those who had it before a merge too, in order of office; at most one more than
// that.
inline constexpr std::size_t most_namesakes = 1000;
std::vector<Reporter> reporters_named(store::Connection& connection, const std::string& name);
Reporter get_reporter(store::Connection& connection, std::int64_t id);
// At most `limit` whose office is the same.
std::vector<Reporter> reporters_of_office(store::Connection& connection, const std::string& office, std::size_t limit);
// An office as the first who was added there wrote it; as it is given when nobody was.
std::string known_office(store::Connection& connection, const std::string& office);
std::vector<std::string> office_names(store::Connection& connection);
// What `from` was known as leads to `to` from now on, and `from` is no more. Whatever names `from` is the caller's to
// change before.
void merge_reporter(store::Connection& connection, const Reporter& from, const Reporter& to);
// For the migration of desks that kept names only as they were written.
void store_name_keys(store::Connection& connection);
// Stores name, office and contact. Error{exists} is the caller's to find out.
void update_reporter(store::Connection& connection, const Reporter& reporter);
std::vector<std::string> reporter_names(store::Connection& connection);
std::vector<Reporter> all_reporters(store::Connection& connection, std::int64_t after, std::size_t limit);
// Stores a new reporter; `id` is given here.
Reporter add_reporter(store::Connection& connection, Reporter reporter);

}  // namespace gilir
