#include "core/operations/ticket/assign.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "TICKET", .about = N_("the tickets: 41, 41-43,50, or - for standard input")},
    {.name = "AGENT", .about = N_("who works on it from now on; me: yourself")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket assign 41 dewi", .about = N_("#41 is dewi's now")},
    {.command = "gilir ticket list --assignee me --format=ids | gilir ticket assign - dewi",
     .about = N_("and so is everything of mine")},
};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  AssignTicket operation;
  operation.agent = AgentName{context.arguments.required_word("AGENT")};
  return change_tickets(context, std::move(operation), _("{} is assigned to {}."));
}

}  // namespace

extern constexpr CommandSpec ticket_assign{
    .path = "ticket assign",
    .purpose = N_("Give a ticket to an agent."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
