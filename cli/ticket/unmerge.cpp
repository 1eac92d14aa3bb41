#include "core/operations/ticket/unmerge.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket unmerge 43", .about = N_("#43 is a ticket of its own again, as it was")},
    {.command = "gilir ticket unmerge 42-43", .about = N_("several, all or none")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is not part of another ticket")}};
constexpr auto fields = field_names<UnmergedTicket>;

int run(CommandContext& context) {
  const auto named = named_tickets(context);
  std::vector<UnmergeTicket> operations;
  for (const auto number : named.numbers) operations.push_back({number});
  const auto tickets = DeskSession(context).perform_all(operations);
  if (named.several ? context.output.json(tickets) : context.output.json(tickets.front())) return 0;
  for (const auto& ticket : tickets) {
    context.output.line(phrase(_("{} is no longer part of {}: it is {}, with {}."), ticket.number, ticket.from,
                               status_span(ticket.status), assignee_span(ticket.assignee)));
    if (ticket.told_apart) context.output.line(told_apart_line(ticket.number, *ticket.told_apart));
  }
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_unmerge{
    .path = "ticket unmerge",
    .purpose = N_("Take a merge back: the ticket is what it was, and what came later stays."),
    .about =
        N_("The two are not the same from then on, as after ticket distinct: neither is suggested for the other again "
           "until ticket distinct --undo takes that back."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
