#include "core/operations/lock/release.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/lock/hold_option.h"
#include "cli/output/output.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "SERVER", .about = N_("the servers; all are given back or none"), .count = Count::many}};
constexpr OptionSpec options[] = {hold_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock release kantor-123", .about = N_("give it back; the next in line has it")},
    {.command = "gilir lock release kantor-123 --hold 12", .about = N_("one of several that you took")},
};
constexpr ExitCodeSpec exit_codes[] = {{3, N_("you have no lock there from lock acquire")},
                                       {5, N_("you have several: name one with --hold")},
                                       {76, N_("it was over already")}};
constexpr auto fields = field_names<ReleasedHold>;

void show(Output& output, const ReleasedHold& released) {
  const auto server = bold(released.server.value);
  output.line(released.lease_over ? phrase(_("{} is given back."), server)
                                  : phrase(_("Given back; you still have {} for something else: gilir lock show {}"),
                                           server, released.server));
}

int run(CommandContext& context) {
  const auto servers = context.arguments.words("SERVER");
  if (servers.size() > 1 && context.arguments.given("hold"))
    throw usage_error(std::string_view(_("--hold is about one server, and here are several")));
  std::vector<ReleaseLock> operations;
  for (const auto& name : servers) {
    const ServerName server{name};
    operations.push_back({server, hold_asked(context, server)});
  }
  const auto all = DeskSession(context).perform_all(operations);
  if (all.size() == 1 ? context.output.json(all.front()) : context.output.json(all)) return 0;
  for (const auto& released : all) show(context.output, released);
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_release{
    .path = "lock release",
    .purpose = N_("Give a server back."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
