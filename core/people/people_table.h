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

// Gives the tier's next ticket to the present agent whose turn it is and moves him behind the others; none
// when nobody of the tier is present.
std::optional<AgentName> take_turn(store::Connection& connection, int tier);

std::optional<Reporter> find_reporter(store::Connection& connection, const std::string& name,
                                      const std::string& office);
// Everybody of that name, in all offices.
std::vector<Reporter> reporters_named(store::Connection& connection, const std::string& name);
Reporter get_reporter(store::Connection& connection, std::int64_t id);
std::vector<std::string> reporter_names(store::Connection& connection);
std::vector<Reporter> all_reporters(store::Connection& connection, std::int64_t after, std::size_t limit);
// Stores a new reporter; `id` is given here.
Reporter add_reporter(store::Connection& connection, Reporter reporter);

}  // namespace gilir
