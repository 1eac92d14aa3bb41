#include "core/operations/ticket/search.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/ticket/ticket_lines.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "WORDS", .about = N_("what to look for in titles and bodies"), .count = Count::many}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir search printer loket 2", .about = N_("the best matches first")},
    {.command = "gilir search ORA-00942 --format=ids", .about = N_("the numbers only")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 2, .about = N_("the words hold nothing that could be found")}};
constexpr auto fields = field_names<TicketLine>;

SearchTickets parse(const Arguments& arguments) {
  SearchTickets operation;
  for (const auto& word : arguments.words("WORDS")) operation.words += (operation.words.empty() ? "" : " ") + word;
  operation.after = arguments.text("after");
  operation.limit = rows_asked(arguments);
  operation.count = arguments.flag("count");
  return operation;
}

int run(CommandContext& context) {
  const auto found = DeskSession(context).perform(parse(context.arguments));
  if (found.ranked) context.output.mark("ranked");
  if (context.output.is_human() && !found.tickets.empty()) {
    context.output.note(found.ranked ? _("The best matches first.")
                                     : _("Every word is frequent: tickets with all of them, the newest first."));
  }
  context.output.list(ticket_table(desk_now(context), false), found.tickets,
                      {found.truncated, found.next.value_or(""), found.total}, _("No tickets."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec search{
    .path = "search",
    .purpose = N_("Find tickets by the words of their titles and bodies."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
