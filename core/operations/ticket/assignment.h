// Whose ticket it becomes, and the event that says why; used wherever a ticket changes hands. The functions
// change the row and log; storing the row is the caller's.
//
// `why.because` is one closed word, which `ticket history` puts into a sentence: "turn" (filed, by turn),
// "sticky" (its twin's agent), "named", "escalated", "returned" (an agent came back to waiting tickets), "joined"
// (an agent was added to them), "claimed", "passed", "reclaimed" (a claim ended), "removed" (its agent was),
// "reopened" or "unmerged". `why` may also carry reason, twin and evidence; the rest is filled in.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

// `ticket` is `agent`'s from now on: assignee, owner when it had none, status assigned.
void assign_to(Context& context, TicketRow& ticket, const AgentName& agent, EventFacts why);

// Gives `ticket` to the agent of its tier whose turn it is; see next_in_turn for `passed_over`. With nobody present
// it waits: status new, without assignee, until somebody of the tier returns or joins; then there is no agent to
// give back.
std::optional<AgentName> assign_by_turn(Context& context, TicketRow& ticket, EventFacts why,
                                        const std::optional<AgentName>& passed_over = std::nullopt);
std::optional<AgentName> assign_by_turn(Context& context, TicketRow& ticket, std::string_view because);

// A ticket without assignee becomes the caller's, with his tier; whoever works on it says so in an event of its own.
void take_over(Context& context, TicketRow& ticket);

struct HandedOut {
  TicketNumber number;
  AgentName agent;
};
BOOST_DESCRIBE_STRUCT(HandedOut, (), (number, agent))

// Hands the tier's waiting tickets out by turn, urgent ones first, and stores them.
std::vector<HandedOut> hand_out_waiting(Context& context, int tier, std::string_view because);

}  // namespace gilir
