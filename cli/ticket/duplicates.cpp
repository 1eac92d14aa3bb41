#include "core/operations/ticket/duplicates.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/duplicate_words.h"
#include "cli/ticket/ticket_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket duplicates 42", .about = N_("what looks like #42, and why")},
    {.command = "gilir ticket duplicates 42 --json=number,strength", .about = N_("for a script")},
};
constexpr auto fields = field_names<LookAlike>;

Table<LookAlike> table() {
  return {
      {{.field = "number", .title = N_("TICKET")}, [](const LookAlike& one) { return Cell(one.number); }},
      {{.field = "strength", .title = N_("LOOKS")},
       [](const LookAlike& one) { return Cell(strength_words(one.strength), one.strength); }},
      {{.field = "status", .title = N_("STATUS"), .flexible = true, .spare = 1},
       [](const LookAlike& one) { return Cell(status_span(one.status), std::string(enum_name(one.status))); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true, .spare = 2},
       [](const LookAlike& one) { return Cell(one.assignee.value_or(AgentName{})); }},
      {{.field = "title", .title = N_("TITLE"), .main = true}, [](const LookAlike& one) { return Cell(one.title); }},
      {{.field = "because", .title = N_("BECAUSE"), .main = true},
       [](const LookAlike& one) { return Cell(duplicate_words(one.reasons)); }},
  };
}

int run(CommandContext& context) {
  const auto number = context.arguments.one_ticket("TICKET");
  const auto found = DeskSession(context).perform(FindDuplicates{number});
  context.output.list(table(), found.duplicates, {}, phrase(_("Nothing looks like {}."), number));
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_duplicates{
    .path = "ticket duplicates",
    .purpose = N_("Show which tickets look like this one, how much, and why."),
    .positionals = positionals,
    .examples = examples,
    .takes = {},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
