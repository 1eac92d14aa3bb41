#include "core/operations/ticket/escalate.h"

#include <charconv>

#include "cli/output/message.h"
#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr OptionSpec options[] = {
    {.name = "to",
     .value = Value::required,
     .value_name = "TIER|AGENT",
     .about = N_("this tier, by its turn, or this agent (else the next tier that has agents)")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket escalate 41 -m 'needs a database administrator'", .about = N_("to the next tier")},
    {.command = "gilir ticket escalate 41 --to dewi -m 'dewi knows this server'", .about = N_("to an agent")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("nobody is above it, or it is finished")}};
constexpr auto fields = field_names<Ticket>;

// A tier is a number, and no agent's name is one.
void read_destination(const Arguments& arguments, EscalateTicket& operation) {
  const auto to = arguments.text("to");
  if (!to) return;
  int tier = 0;
  const auto read = std::from_chars(to->data(), to->data() + to->size(), tier);
  if (!to->empty() && read.ec == std::errc{} && read.ptr == to->data() + to->size())
    operation.tier = tier;
  else
    operation.agent = AgentName{*to};
}

int run(CommandContext& context) {
  EscalateTicket operation;
  read_destination(context.arguments, operation);
  return change_tickets_with_text(context, &EscalateTicket::reason, _("{0} is escalated to tier {2}, with {1}."),
                                  std::move(operation));
}

}  // namespace

extern constexpr CommandSpec ticket_escalate{
    .path = "ticket escalate",
    .purpose = N_("Pass a ticket up to the next tier, by that tier's turn, or to an agent."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
