#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "core/operations/people/presence.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {agent_or_you};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent away", .about = N_("you get nothing new; what you have stays yours, but for claims")},
    {.command = "gilir agent away sari", .about = N_("a supervisor says it for sari")},
};
constexpr auto fields = field_names<PresenceChanged>;

int run(CommandContext& context) {
  LeaveDesk operation;
  if (const auto name = context.arguments.word("NAME")) operation.name = AgentName{*name};
  const auto agent = DeskSession(context).perform(operation);
  if (context.output.json(agent)) return 0;
  const auto name = bold(agent.name.value);
  context.output.line(agent.changed ? phrase(_("{} is away and gets no new tickets."), name)
                                    : phrase(_("{} is away already."), name));
  show_returned(context.output, agent.handed_out);
  if (agent.open_tickets > 0) {
    context.output.line(phrase(plural("{} open ticket stays with {}.", "{} open tickets stay with {}.",
                                      static_cast<unsigned long>(agent.open_tickets)),
                               agent.open_tickets, name));
  }
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_away{
    .path = "agent away",
    .purpose = N_("Say that you, or an agent, get no new tickets for now."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
