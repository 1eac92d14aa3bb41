#include "core/operations/ticket/duplicates.h"

#include <algorithm>

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/index_words.h"
#include "cli/list_page.h"
#include "cli/output/duplicate_words.h"
#include "cli/ticket/ticket_words.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket"), .count = Count::optional}};
constexpr OptionSpec options[] = {{.name = "all", .about = N_("of the whole desk, until somebody decides")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket duplicates 42", .about = N_("what looks like #42, and why")},
    {.command = "gilir ticket duplicates --all --json=ticket,number,strength",
     .about = N_("every open pair that nobody has looked at, for a script")},
};
constexpr auto fields = field_names<LookAlike>;
constexpr std::int64_t most_nearest = 50;

bool is_none(const LookAlike& one) {
  return one.strength == "none";
}

// The nearest of all are listed, too, and must not be taken for suspects.
Cell strength_cell(const LookAlike& one) {
  const auto words = strength_words(one.strength);
  return {is_none(one) ? dim(words) : Span(words), one.strength};
}

int strength_order(const LookAlike& one) {
  if (one.strength == "strong") return 0;
  if (one.strength == "likely") return 1;
  return one.strength == "weak" ? 2 : 3;
}

Table<LookAlike> table(bool all) {
  Table<LookAlike> table;
  if (all) {
    table = {
        {{.field = "ticket", .title = N_("TICKET")}, [](const LookAlike& one) { return Cell(one.ticket); }},
        {{.field = "ticket_title", .title = N_("TITLE"), .main = true},
         [](const LookAlike& one) { return Cell(one.ticket_title); }},
        {{.field = "ticket_assignee", .title = N_("WITH"), .flexible = true, .spare = 2},
         [](const LookAlike& one) { return Cell(one.ticket_assignee.value_or(AgentName{})); }},
    };
  }
  const Table<LookAlike> older{
      {{.field = "number", .title = all ? N_("LOOKS LIKE") : N_("TICKET")},
       [](const LookAlike& one) { return Cell(one.number); }},
      {{.field = "strength", .title = N_("LOOKS")}, [](const LookAlike& one) { return strength_cell(one); }},
      {{.field = "status", .title = N_("STATUS"), .flexible = true, .spare = 1},
       [](const LookAlike& one) { return Cell(status_span(one.status), std::string(enum_name(one.status))); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true, .spare = 2},
       [](const LookAlike& one) { return Cell(one.assignee.value_or(AgentName{})); }},
      {{.field = "title", .title = N_("TITLE"), .main = true}, [](const LookAlike& one) { return Cell(one.title); }},
      {{.field = "because", .title = N_("BECAUSE"), .main = true},
       [](const LookAlike& one) { return Cell(duplicate_words(one.reasons)); }},
  };
  table.insert(table.end(), older.begin(), older.end());
  return table;
}

int show_suspected(CommandContext& context) {
  const auto page = DeskSession(context).perform(
      ListSuspectedDuplicates{context.arguments.text("after"), rows_asked(context.arguments)});
  context.output.list(table(true), page.pairs, {page.truncated, page.next.value_or(""), {}},
                      _("No open ticket looks like another one that nobody has decided about."));
  return 0;
}

int run(CommandContext& context) {
  const bool all = context.arguments.flag("all");
  if (all != context.arguments.words("TICKET").empty())
    throw usage_error(std::string_view(_("name a ticket, or give --all")));
  if (all) return show_suspected(context);
  const auto number = context.arguments.one_ticket("TICKET");
  FindDuplicates operation{number};
  operation.limit = context.arguments.number("limit", 1, most_nearest).value_or(operation.limit);
  auto found = DeskSession(context).perform(operation);
  // The nearest come by what ranks them best; among themselves they stand as what is shown of them says.
  std::ranges::stable_sort(found.duplicates, [](const LookAlike& one, const LookAlike& other) {
    return std::pair(strength_order(one), -one.score) < std::pair(strength_order(other), -other.score);
  });
  tell_unfinished_index(context.output, found.indexing);
  if (context.output.is_human() && !found.duplicates.empty() && std::ranges::all_of(found.duplicates, is_none))
    context.output.note(phrase(_("Nothing looks like {}; these come nearest."), number));
  context.output.list(table(false), found.duplicates, {}, phrase(_("Nothing looks like {}."), number));
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_duplicates{
    .path = "ticket duplicates",
    .purpose = N_("Show which tickets look like this one, how much, and why."),
    .about =
        N_("Of one ticket the five nearest are listed, or up to 50 with --limit, also those that hardly look like it."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.list = true, .uncounted = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
