#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/ticket/ticket_lines.h"
#include "cli/usage_error.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli::commands {
namespace {

// Every status, and the two words that stand for several.
constexpr auto status_choices = [] {
  constexpr auto& statuses = enum_choices<TicketStatus>;
  std::array<std::string_view, statuses.size() + 2> choices{"open", "all"};
  std::copy(statuses.begin(), statuses.end(), choices.begin() + 2);
  return choices;
}();
constexpr OptionSpec options[] = {
    {.name = "assignee",
     .value = Value::required,
     .value_name = "AGENT",
     .about = N_("that this agent works on; me: yourself, none: nobody")},
    {.name = "category", .value = Value::required, .value_name = "CATEGORY", .about = N_("of this category")},
    {.name = "mine", .about = N_("the same as --assignee me")},
    {.name = "office", .value = Value::required, .value_name = "OFFICE", .about = N_("from reporters of this office")},
    {.name = "overdue", .about = N_("whose promised news are overdue, the longest first")},
    {.name = "owner",
     .value = Value::required,
     .value_name = "AGENT",
     .about = N_("that this agent answers for; me: yourself")},
    {.name = "reporter", .value = Value::required, .value_name = "REPORTER", .about = N_("from this reporter")},
    {.name = "server", .value = Value::required, .value_name = "SERVER", .about = N_("about this server")},
    {.name = "silent",
     .value = Value::required,
     .value_name = "D",
     .about = N_("to which nothing has happened for so long, the longest first")},
    {.name = "since", .value = Value::required, .value_name = "T", .about = N_("filed then or later")},
    {.name = "status",
     .value = Value::required,
     .value_name = "STATUS",
     .default_text = "open",
     .about = N_("open, all, new, assigned, in_progress, waiting_reporter, waiting_unit, postponed, resolved, closed, "
                 "rejected, merged; several with commas"),
     .repeatable = true,
     .choices = status_choices},
    {.name = "tier", .value = Value::required, .value_name = "TIER", .about = N_("at this tier")},
    {.name = "until", .value = Value::required, .value_name = "T", .about = N_("filed then or earlier")},
    {.name = "urgent", .about = N_("urgent ones only")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket list --mine --sort next_news", .about = N_("yours, the nearest promise first")},
    {.command = "gilir ticket list --server kantor-123 --status all", .about = N_("everything about a server")},
};
constexpr std::string_view sort_orders[] = {"number", "created", "updated", "next_news"};
constexpr auto fields = field_names<TicketLine>;

void add_status(const std::string& word, ListTickets& operation) {
  if (word == "all") {
    operation.any_status = true;
  } else if (word == "open") {
    operation.statuses.insert(operation.statuses.end(), open_statuses().begin(), open_statuses().end());
  } else if (const auto status = enum_from_name<TicketStatus>(word)) {
    operation.statuses.push_back(*status);
  } else {
    throw usage_error(UsageProblem::wants_choice)
        .with("option", "--status")
        .with("given", word)
        .with("choices", std::vector{enum_names<TicketStatus>(), std::string("open"), std::string("all")});
  }
}

void read_statuses(const Arguments& arguments, ListTickets& operation) {
  for (const auto& value : arguments.texts("status")) {
    for (std::size_t at = 0; at <= value.size();) {
      const auto comma = std::min(value.find(',', at), value.size());
      add_status(value.substr(at, comma - at), operation);
      at = comma + 1;
    }
  }
  // "all" besides others still means all.
  if (operation.any_status) operation.statuses.clear();
}

std::optional<AgentName> agent_or_me(std::optional<std::string> word, const AgentName& me) {
  if (!word) return std::nullopt;
  return *word == "me" ? me : AgentName{*word};
}

ListTickets read_operation(const Arguments& arguments, const AgentName& me, WallTime now) {
  ListTickets operation;
  read_statuses(arguments, operation);
  if (arguments.flag("mine") && arguments.given("assignee")) {
    throw usage_error(UsageProblem::conflicting_options).with("option", "--mine").with("other", "--assignee");
  }
  operation.unassigned = arguments.text("assignee") == "none";
  if (arguments.flag("mine"))
    operation.assignee = me;
  else if (!operation.unassigned)
    operation.assignee = agent_or_me(arguments.text("assignee"), me);
  operation.owner = agent_or_me(arguments.text("owner"), me);
  if (const auto server = arguments.text("server")) operation.server = ServerName{*server};
  operation.reporter = arguments.text("reporter");
  operation.office = arguments.text("office");
  operation.category = arguments.text("category");
  if (const auto tier = arguments.number("tier", lowest_tier, highest_tier)) operation.tier = static_cast<int>(*tier);
  operation.urgent = arguments.flag("urgent");
  const auto sort = arguments.choice("sort", {std::begin(sort_orders), std::end(sort_orders)});
  if (sort) operation.sort = enum_from_name<TicketOrder>(*sort);
  operation.since = arguments.time("since", now, Direction::back);
  operation.until = arguments.time("until", now, Direction::back, DayAlone::ends);
  operation.overdue = arguments.flag("overdue");
  operation.silent_s = arguments.duration("silent");
  operation.after = arguments.text("after");
  operation.limit = rows_asked(arguments);
  operation.count = arguments.flag("count");
  return operation;
}

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto operation = read_operation(context.arguments, desk.call().caller, desk_now(context));
  const auto page = desk.perform(operation);
  context.output.list(ticket_table(desk_now(context), operation.sort == TicketOrder::next_news || operation.overdue),
                      page.tickets, {page.truncated, page.next.value_or(""), page.total}, _("No tickets."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_list{
    .path = "ticket list",
    .purpose = N_("List tickets, newest first."),
    .options = options,
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .sort_orders = sort_orders,
    .run = run,
};

}  // namespace gilir::cli::commands
