// Agents for people: the same words in every command of the noun.
#pragma once

#include <vector>

#include "cli/command.h"
#include "cli/output/output.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/assignment.h"

namespace gilir::cli {

inline constexpr PositionalSpec agent_or_you{
    .name = "NAME", .about = N_("the agent; without it you"), .count = Count::optional, .completes = Completes::agent};

// "agent", "supervisor" or "admin" in the user's language.
std::string role_words(Role role);
// "next in turn", "2nd in turn after others", "away".
std::string turn_words(const AgentView& agent);
void show_handed_out(Output& output, const std::vector<HandedOut>& handed_out);
// What an agent gave up, and who has it now.
void show_returned(Output& output, const std::vector<HandedOut>& handed_out);

}  // namespace gilir::cli
