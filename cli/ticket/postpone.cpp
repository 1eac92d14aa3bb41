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
     .about = N_("when it comes back: 17:00, tomorrow, 2026-11-23 09:00, 2h; needed without --for")},
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

// A time of day may be that of tomorrow: when it comes back is said in full.
const char* done(const PostponeTicket& operation) {
  if (!operation.for_) return _("{0} is put aside until {3}; it comes back to {1} by itself.");
  const bool is_for_reporter = operation.for_ == AwaitedParty::reporter;
  if (operation.until || operation.after_s) {
    return is_for_reporter ? _("{0} waits for its reporter, until {3} at most, and stays with {1}.")
                           : _("{0} waits for another unit, until {3} at most, and stays with {1}.");
  }
  return is_for_reporter ? _("{} waits for its reporter and stays with {}.")
                         : _("{} waits for another unit and stays with {}.");
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
