#include "core/operations/ticket/search.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/output/shell_words.h"
#include "cli/ticket/ticket_lines.h"
#include "cli/ticket_numbers.h"
#include "core/base/text.h"
#include "core/operations/people/agent.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/server/show.h"

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

template <Operation Op>
bool is_known(DeskSession& desk, const Op& operation) {
  try {
    desk.perform(operation);
    return true;
  } catch (const Error& error) {
    // Known in several offices.
    return error.code() == ErrorCode::invalid && !error.detail("offices").empty();
  }
}

// A list finds by what the words name; a search looks at what was written.
Line list_hint(DeskSession& desk, const std::string& words) {
  if (const auto number = parse_ticket_number(words))
    return phrase(_("A ticket by its number: gilir ticket show {}"), number->value);
  if (is_name(words) && is_known(desk, ShowServer{ServerName{words}}))
    return phrase(_("{} is a server. Tickets about it: gilir ticket list --server {} --status all"), words, words);
  if (is_name(words) && is_known(desk, ShowAgent{AgentName{words}}))
    return phrase(_("{} is an agent. Their tickets: gilir ticket list --assignee {} --status all"), words, words);
  if (is_known(desk, ShowReporter{words, {}}))
    return phrase(_("{} is a reporter. Their tickets: gilir ticket list --reporter {} --status all"), words,
                  shell_word(words));
  return Line(_("Tickets by server, reporter or agent: gilir ticket list --server, --reporter or --assignee"));
}

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto operation = parse(context.arguments);
  const auto found = desk.perform(operation);
  if (found.ranked) context.output.mark("ranked");
  if (context.output.is_human() && !found.tickets.empty()) {
    context.output.note(found.ranked ? _("The best matches first.")
                                     : _("Every word is frequent: tickets with all of them, the newest first."));
  }
  context.output.list(ticket_table(desk_now(context), false), found.tickets,
                      {found.truncated, found.next.value_or(""), found.total}, _("No tickets."));
  if (context.output.is_human() && found.tickets.empty() && !operation.after)
    context.output.note(list_hint(desk, operation.words));
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
