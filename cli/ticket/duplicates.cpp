#include "core/operations/ticket/duplicates.h"

#include <algorithm>
#include <set>

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
     .about = N_("for a script, the pairs that tie open tickets which look alike")},
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

// Of one ticket; for scripts, of the whole desk as well.
Table<LookAlike> table(bool all) {
  Table<LookAlike> table;
  if (all) {
    table = {
        {{.field = "ticket"}, [](const LookAlike& one) { return Cell(one.ticket); }},
        {{.field = "ticket_title"}, [](const LookAlike& one) { return Cell(one.ticket_title); }},
        {{.field = "ticket_assignee"},
         [](const LookAlike& one) { return Cell(one.ticket_assignee.value_or(AgentName{})); }},
    };
  }
  const Table<LookAlike> older{
      {{.field = "number", .title = N_("TICKET")}, [](const LookAlike& one) { return Cell(one.number); }},
      {{.field = "strength", .title = N_("LOOKS")}, [](const LookAlike& one) { return strength_cell(one); }},
      {{.field = "status", .title = N_("STATUS"), .flexible = true, .spare = 1},
       [](const LookAlike& one) { return Cell(status_span(*one.status), std::string(enum_name(*one.status))); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true, .spare = 2},
       [](const LookAlike& one) { return Cell(one.assignee.value_or(AgentName{})); }},
      {{.field = "title", .title = N_("TITLE"), .main = true}, [](const LookAlike& one) { return Cell(one.title); }},
      {{.field = "because", .title = N_("BECAUSE"), .main = true},
       [](const LookAlike& one) { return Cell(duplicate_words(one.reasons)); }},
  };
  table.insert(table.end(), older.begin(), older.end());
  if (all) {
    table.push_back({{.field = "oldest"}, [](const LookAlike& one) { return Cell(*one.oldest); }});
    table.push_back({{.field = "not_listed"}, [](const LookAlike& one) { return Cell(*one.not_listed); }});
  }
  return table;
}

// Both of every pair, each ticket once, group by group.
std::vector<TicketNumber> all_numbers(const std::vector<LookAlike>& pairs) {
  std::vector<TicketNumber> numbers;
  std::set<TicketNumber> seen;
  for (const auto& pair : pairs) {
    for (const auto number : {*pair.oldest, pair.number, pair.ticket}) {
      if (seen.insert(number).second) numbers.push_back(number);
    }
  }
  return numbers;
}

Line member(TicketNumber number, const std::string& title, const std::optional<AgentName>& assignee) {
  return Line{Span(number), "  "}.hang_here() += Line{title} += phrase(_(", with {}"), assignee_span(assignee));
}

// How many tickets of the group of `pair` are missing, where that is one of the last.
Line not_listed(const LookAlike& pair) {
  return phrase(
      plural("and {0} more like {1}: gilir ticket duplicates {2}", "and {0} more like {1}: gilir ticket duplicates {2}",
             static_cast<unsigned long>(*pair.not_listed)),
      *pair.not_listed, *pair.oldest, pair.oldest->value);
}

// The oldest of a group, and below it the others, each with the one that it looks like most.
void show_groups(Output& output, const std::vector<LookAlike>& pairs) {
  std::set<TicketNumber> seen;
  const auto show = [&](TicketNumber number, const std::string& title, const std::optional<AgentName>& assignee,
                        const LookAlike& pair) {
    if (!seen.insert(number).second) return;
    if (number == *pair.oldest) return output.line(member(number, title, assignee));
    output.line(Line{"    "} += member(number, title, assignee));
    const auto other = number == pair.ticket ? pair.number : pair.ticket;
    Line words{"        ", strength_words(pair.strength)};
    if (other != *pair.oldest) words += phrase(_(", like {}"), other);
    output.line(words.hang_here() += Line{": ", dim(duplicate_words(pair.reasons))});
  };
  // Of a pair with the oldest, that one is the older.
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const auto& pair = pairs[at];
    show(pair.number, pair.title, pair.assignee, pair);
    show(pair.ticket, pair.ticket_title, pair.ticket_assignee, pair);
    const bool is_last = at + 1 == pairs.size() || pairs[at + 1].oldest != pair.oldest;
    if (is_last && *pair.not_listed > 0) output.line(Line{"    "} += not_listed(pair));
  }
}

void note_not_listed(Output& output, const std::vector<LookAlike>& pairs) {
  std::set<TicketNumber> told;
  for (const auto& pair : pairs) {
    if (*pair.not_listed > 0 && told.insert(*pair.oldest).second) output.note(not_listed(pair));
  }
}

int show_suspected(CommandContext& context) {
  const auto page = DeskSession(context).perform(
      ListSuspectedDuplicates{context.arguments.text("after"), rows_asked(context.arguments)});
  auto& output = context.output;
  const Page where{page.truncated, page.next.value_or(""), {}};
  const Line nothing{_("No open ticket looks like another one that nobody has decided about.")};
  if (output.options().format == Format::ids) {
    const Table<TicketNumber> numbers{{{.field = "ticket"}, [](const TicketNumber& one) { return Cell(one); }}};
    output.list(numbers, all_numbers(page.pairs), where, nothing);
    note_not_listed(output, page.pairs);
  } else if (output.is_human() && !page.pairs.empty()) {
    show_groups(output, page.pairs);
    output.list(Table<LookAlike>{}, {}, where);
  } else {
    output.list(table(true), page.pairs, where, nothing);
  }
  return 0;
}

int run(CommandContext& context) {
  const bool all = context.arguments.flag("all");
  const bool named = !context.arguments.words("TICKET").empty();
  if (all && named) throw usage_error(std::string_view(_("name a ticket or give --all, not both")));
  if (!all && !named) throw usage_error(std::string_view(_("name a ticket, or give --all")));
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
    .about = N_(
        "Of one ticket the five nearest are listed, or up to 50 with --limit, also those that hardly look like it. "
        "With "
        "--all, open tickets that look alike stand together once, below the oldest of them, each with the one that it "
        "looks like most: ticket merge makes them one, ticket distinct parts a pair. For scripts that is a pair a row: "
        "each ties one more ticket, its ticket or its number, to the group of its oldest, of which not_listed tells "
        "how many are missing beyond the first thousand. --limit counts groups."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.list = true, .uncounted = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
