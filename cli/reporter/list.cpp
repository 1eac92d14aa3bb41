#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "core/operations/people/reporter.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir reporter list", .about = N_("who files tickets")},
    {.command = "gilir reporter list --format=csv", .about = N_("for a spreadsheet")},
};
constexpr auto fields = field_names<Reporter>;

const Table<Reporter>& table() {
  static const Table<Reporter> columns{
      {{"id", N_("ID"), false, true}, [](const Reporter& reporter) { return Cell(reporter.id); }},
      {{.field = "name", .title = N_("NAME"), .main = true},
       [](const Reporter& reporter) { return Cell(reporter.name); }},
      {{"office", N_("OFFICE"), true}, [](const Reporter& reporter) { return Cell(reporter.office); }},
      {{"contact", N_("CONTACT"), true}, [](const Reporter& reporter) { return Cell(reporter.contact); }},
  };
  return columns;
}

int run(CommandContext& context) {
  ListReporters operation;
  operation.after = context.arguments.number("after", 0, largest_number).value_or(0);
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto page = DeskSession(context).perform(operation);
  const auto last = page.reporters.empty() ? std::string{} : std::to_string(page.reporters.back().id);
  context.output.list(table(), page.reporters, page_of(page, last),
                      _("Nobody yet. Reporters are added with gilir reporter add, or as they file."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec reporter_list{
    .path = "reporter list",
    .purpose = N_("List who files tickets."),
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
