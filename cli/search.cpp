#include "core/operations/ticket/search.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/index_words.h"
#include "cli/list_page.h"
#include "cli/output/shell_words.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_lines.h"
#include "cli/ticket/ticket_words.h"
#include "cli/ticket_numbers.h"
#include "core/base/text.h"
#include "core/operations/people/agent.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/server/show.h"

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
void show(Output& output, const FoundTickets& found, WallTime now) {
  for (const auto& ticket : found.tickets) {
    output.line(Line{Span(ticket.number), "  "}.hang_here() += marked(ticket.title, ticket.title_marks));
    Line state{"    ", status_span(ticket.status), ", ", reporter_words(ticket.reporter)};
    if (ticket.server) state += Line{", ", *ticket.server};
    if (ticket.assignee) state += phrase(_(", with {}"), *ticket.assignee);
    output.line(state.hang_here() += Line{", ", dim(relative_time(ticket.updated, now))});
    if (ticket.found_in != "title")
      output.line(Line{"    ", dim(place_words(ticket.found_in)), ": "}.hang_here() +=
                  marked(ticket.snippet, ticket.marks));
  }
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
  const auto now = desk_now(context);
  const Page page{found.truncated, found.next.value_or(""), {}};
  if (found.complete && !found.indexing) context.output.mark("complete");
  tell_unfinished_index(context.output, found.indexing);
  if (context.output.is_human() && !found.tickets.empty()) {
    show(context.output, found, now);
    context.output.list(Table<FoundTicket>{}, {}, page);
  } else {
    context.output.list(found_table(now), found.tickets, page, _("No tickets."));
  }
  if (!found.complete) context.output.note(_("There may be more than was looked at: rarer words find it."));
  if (context.output.is_human() && found.tickets.empty() && !operation.after)
    context.output.note(list_hint(desk, operation.words));
  return 0;
}

}  // namespace

extern constexpr CommandSpec search{
    .path = "search",
    .purpose = N_("Find tickets by the words of their titles, bodies, replies and notes."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.list = true, .uncounted = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
