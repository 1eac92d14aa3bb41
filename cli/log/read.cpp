#include "core/operations/log/read.h"

#include "cli/arguments.h"
#include "cli/log/log_words.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "agent", .value = Value::required, .value_name = "AGENT", .about = N_("what concerns this agent")},
    {.name = "server", .value = Value::required, .value_name = "SERVER", .about = N_("what concerns this server")},
    {.name = "ticket", .value = Value::required, .value_name = "N", .about = N_("what concerns this ticket")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir log --limit 20", .about = N_("the newest twenty events")},
    {.command = "gilir log --server kantor-123 --after 0 --json",
     .about = N_("all about a server, from the beginning")},
};

ReadLog parse(const Arguments& arguments) {
  ReadLog operation;
  operation.ticket = arguments.ticket("ticket");
  if (const auto server = arguments.text("server")) operation.server = ServerName{*server};
  if (const auto agent = arguments.text("agent")) operation.agent = AgentName{*agent};
  if (operation.ticket && operation.server) {
    throw usage_error(UsageProblem::conflicting_options).with("option", "--ticket").with("other", "--server");
  }
  if (operation.agent && (operation.ticket || operation.server)) {
    throw usage_error(UsageProblem::conflicting_options)
        .with("option", "--agent")
        .with("other", operation.ticket ? "--ticket" : "--server");
  }
  return operation;
}

int run(CommandContext& context) {
  return show_history(context, parse(context.arguments));
}

}  // namespace

extern constexpr CommandSpec log{
    .path = "log",
    .purpose = N_("Show what happened on the desk."),
    .options = options,
    .examples = examples,
    .takes = {.list = true},
    .fields = event_fields,
    .run = run,
};

}  // namespace gilir::cli::commands
