#include "core/operations/ticket/search.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/index_words.h"
#include "cli/list_page.h"
#include "cli/output/times.h"
#include "cli/search_hints.h"
#include "cli/ticket/ticket_lines.h"
#include "cli/ticket/ticket_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "WORDS",
     .about =
         N_("what to look for; cert* finds beginnings, '\"paper jam\"' words in a row, and behind -- a word with a - "
            "before it leaves tickets out"),
     .count = Count::many}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir search printer loket 2", .about = N_("the best matches first, with where the words stand")},
    {.command = "gilir search ORA-00942 --format=ids", .about = N_("the numbers only")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 2, .about = N_("the words hold nothing that could be found")}};
constexpr auto fields = field_names<FoundTicket>;

SearchTickets parse(const Arguments& arguments) {
  SearchTickets operation;
  for (const auto& word : arguments.words("WORDS")) operation.words += (operation.words.empty() ? "" : " ") + word;
  operation.after = arguments.text("after");
  operation.limit = rows_asked(arguments);
  return operation;
}

Table<FoundTicket> found_table(WallTime now) {
  Table<FoundTicket> table;
  for (auto& column : ticket_table(now, false)) {
    table.push_back({column.head, [cell = std::move(column.cell)](const FoundTicket& one) { return cell(one); }});
  }
  table.push_back({{.field = "found_in"}, [](const FoundTicket& one) { return Cell(one.found_in); }});
  table.push_back({{.field = "snippet"}, [](const FoundTicket& one) { return Cell(one.snippet); }});
  return table;
}

const char* place_words(std::string_view found_in) {
  if (found_in == "body") return _("body");
  if (found_in == "reply") return _("reply");
  if (found_in == "note") return _("note");
  return _("title");
}

// Elsewhere than in the title, which is shown anyway; what a word names stands in the line below it.
bool stands_in_text(const FoundTicket& ticket) {
  return ticket.found_in == "body" || ticket.found_in == "reply" || ticket.found_in == "note";
}

// The found words stand out.
Line marked(std::string_view text, const std::vector<SnippetMark>& marks) {
  Line line;
  std::size_t at = 0;
  for (const auto& mark : marks) {
    line += Line{Span(text.substr(at, mark.begin - at)), bold(text.substr(mark.begin, mark.end - mark.begin))};
    at = mark.end;
  }
  return line += Line{Span(text.substr(at))};
}

// For people: each ticket, how it stands, and where the words are.
void show(Output& output, const FoundTickets& found, bool first, WallTime now) {
  bool all_words = true;
  for (const auto& ticket : found.tickets) {
    if (all_words && !ticket.all_words) {
      all_words = false;
      output.line(dim(&ticket == &found.tickets.front() && first ? _("No ticket has all of the words; these have some:")
                                                                 : _("Only some of the words:")));
    }
    output.line(Line{Span(ticket.number), "  "}.hang_here() += marked(ticket.title, ticket.title_marks));
    Line state{"    ", status_span(ticket.status), ", ", reporter_words(ticket.reporter)};
    if (ticket.server) state += Line{", ", *ticket.server};
    if (ticket.assignee) state += phrase(_(", with {}"), *ticket.assignee);
    output.line(state.hang_here() += Line{", ", dim(relative_time(ticket.updated, now))});
    if (stands_in_text(ticket))
      output.line(Line{"    ", dim(place_words(ticket.found_in)), ": "}.hang_here() +=
                  marked(ticket.snippet, ticket.marks));
  }
}

int run(CommandContext& context) {
  DeskSession desk(context);
  auto operation = parse(context.arguments);
  // Of a row nobody can see whether it has all of the words; JSON says so.
  operation.best_only = !context.output.is_human() && context.output.options().format != Format::json;
  const auto found = desk.perform(operation);
  const auto now = desk_now(context);
  const Page page{found.truncated, found.next.value_or(""), {}};
  if (found.complete && !found.indexing) context.output.mark("complete");
  tell_unfinished_index(context.output, found.indexing);
  if (context.output.is_human() && !found.tickets.empty()) {
    show(context.output, found, !operation.after, now);
    context.output.list(Table<FoundTicket>{}, {}, page);
  } else {
    context.output.list(found_table(now), found.tickets, page, _("No tickets."));
  }
  if (!found.complete) context.output.note(_("There may be more than was looked at: rarer words find it."));
  if (context.output.is_human() && found.tickets.empty() && !operation.after)
    context.output.note(list_hint(desk, operation.words));
  if (found.did_you_mean && !operation.after)
    context.output.note(phrase(_("Did you mean: gilir search {}"), as_typed(*found.did_you_mean)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec search{
    .path = "search",
    .purpose = N_("Find tickets by the words of their titles, bodies, replies and notes."),
    .about = N_(
        "Tickets with all of the words come first, then those with some; the more, the rarer and the sooner in the "
        "title, the better. Endings, spelling and filler words count little. Names of servers, offices and "
        "reporters find their tickets as well. With --format=ids, plain or csv those with some of the words are left "
        "out where any has all."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.list = true, .uncounted = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
