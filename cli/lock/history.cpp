#include <algorithm>

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/lock/login_rows.h"
#include "cli/log/log_words.h"
#include "core/operations/lock/due.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock history kantor-123", .about = N_("who had it, when and for which ticket")},
    {.command = "gilir lock history kantor-123 --json", .about = N_("every event there, for a script")},
};

// More events than these are no row of their own: a login with its knocks and waits has about as many.
constexpr std::int64_t events_a_row = 8;

// Of what fell due only a look at the lock tells until the next change writes it down.
std::vector<LoginRow> rows_of(DeskSession& desk, const ReadLog& operation, EventPage& page) {
  page = desk.perform(operation);
  auto rows = login_rows(page.events);
  if (std::ranges::none_of(rows, &LoginRow::goes_on)) return rows;
  const auto due = desk.perform(ListDueEvents{*operation.server}).events;
  if (due.empty()) return rows;
  // Any of them may have been given back before the look.
  page = desk.perform(operation);
  page.events.insert(page.events.end(), due.begin(), due.end());
  return login_rows(page.events);
}

int show_logins(CommandContext& context, ReadLog operation) {
  const auto wanted = static_cast<std::size_t>(rows_asked(context.arguments));
  operation.limit = std::min(rows_asked(context.arguments) * events_a_row, most_rows);
  DeskSession desk(context);
  EventPage page;
  auto rows = rows_of(desk, operation, page);
  const bool cut = rows.size() > wanted;
  if (cut) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(wanted));
  context.output.list(login_table(), rows, {}, _("Nobody has had it yet."));
  context.output.note(dim(plain_text(
      phrase(cut || page.truncated
                 ? _("There are earlier ones. Everything that happened there: gilir log --server {} --after 0")
                 : _("Everything that happened there: gilir log --server {}"),
             *operation.server))));
  return 0;
}

int run(CommandContext& context) {
  ReadLog operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  const bool is_paged = context.arguments.given("after") || context.arguments.given("count");
  const auto format = context.output.options().format;
  const bool is_for_people = format == Format::human || format == Format::csv || format == Format::csv_excel;
  if (is_for_people && !is_paged) return show_logins(context, std::move(operation));
  return show_history(context, std::move(operation));
}

}  // namespace

extern constexpr CommandSpec lock_history{
    .path = "lock history",
    .purpose = N_("Show who had a server, when and what for."),
    .about = N_("The screen and --format=csv have a row for each time that an agent had it; --json, the other formats, "
                "--after and --count every event there."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.list = true},
    .fields = event_fields,
    .run = run,
};

}  // namespace gilir::cli::commands
