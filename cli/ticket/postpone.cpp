#include "core/operations/ticket/postpone.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr OptionSpec options[] = {
    {.name = "for", .value = Value::required, .value_name = "WHOM", .about = N_("it waits for: reporter or unit")},
    {.name = "until",
     .value = Value::required,
     .value_name = "T",
     .about = N_("when it comes back: 17:00, tomorrow, 2026-11-23 09:00, 2h")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket postpone 41 --until 'tomorrow 09:00'", .about = N_("it comes back by itself")},
    {.command = "gilir ticket postpone 41 --for reporter --until +2d",
     .about = N_("the reporter was asked; two days at most")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is finished")}};
constexpr auto fields = field_names<Ticket>;

PostponeTicket parse(CommandContext& context) {
  PostponeTicket operation;
  operation.after_s = context.arguments.time_ahead("until");
  if (!operation.after_s) operation.until = context.arguments.time("until", context.clock.now().wall);
  if (const auto party = context.arguments.choice("for", {"reporter", "unit"})) {
    operation.for_ = enum_from_name<AwaitedParty>(*party);
  }
  if (!context.arguments.given("until") && !operation.for_)
    throw usage_error(UsageProblem::missing_option).with("option", "--until").with("command", context.command.path);
  return operation;
}

const char* done(const PostponeTicket& operation) {
  if (operation.for_ == AwaitedParty::reporter) return _("{} waits for its reporter and stays with {}.");
  if (operation.for_ == AwaitedParty::unit) return _("{} waits for another unit and stays with {}.");
  return _("{} is put aside; it comes back to {} by itself.");
}

int run(CommandContext& context) {
  const auto operation = parse(context);
  return change_tickets(context, operation, done(operation));
}

}  // namespace

extern constexpr CommandSpec ticket_postpone{
    .path = "ticket postpone",
    .purpose = N_("Put a ticket aside until a time, or while it waits for its reporter or another unit."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
