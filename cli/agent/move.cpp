#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/perform_and_show.h"
#include "cli/usage_error.h"
#include "core/operations/people/agent_change.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("the agent"), .completes = Completes::agent}};
constexpr OptionSpec options[] = {
    {.name = "role",
     .value = Value::required,
     .value_name = "R",
     .about = N_("agent, supervisor or admin"),
     .choices = enum_choices<Role>},
    {.name = "tier", .value = Value::required, .value_name = "T", .about = N_("from 1 to 9")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent move sari --tier 2",
     .about = N_("sari takes turns in tier 2; open tickets stay with sari")},
    {.command = "gilir agent move rina --role supervisor", .about = N_("rina may send others away and back")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("nobody else is admin")}};
constexpr auto fields = field_names<AgentMoved>;

MoveAgent parse(const Arguments& arguments) {
  MoveAgent operation;
  operation.name = AgentName{arguments.required_word("NAME")};
  operation.tier = arguments.number("tier", lowest_tier, highest_tier);
  if (const auto role = arguments.choice("role", {"agent", "supervisor", "admin"}))
    operation.role = *enum_from_name<Role>(*role);
  if (!operation.tier && !operation.role) {
    throw usage_error(std::string_view(_("nothing to change was named: give --tier, --role or both")));
  }
  return operation;
}

void show(Output& output, const AgentMoved& agent, const MoveAgent& asked) {
  const auto name = bold(agent.name.value);
  if (agent.from_tier != agent.tier)
    output.line(phrase(_("{} takes turns in tier {}, after tier {}."), name, agent.tier, agent.from_tier));
  else if (asked.tier)
    output.line(phrase(_("{} is in tier {} already."), name, agent.tier));
  if (agent.from_role != agent.role)
    output.line(
        phrase(_("{} has the role {} now, after {}."), name, role_words(agent.role), role_words(agent.from_role)));
  else if (asked.role)
    output.line(phrase(_("{} has the role {} already."), name, role_words(agent.role)));
  show_handed_out(output, agent.handed_out);
}

int run(CommandContext& context) {
  const auto operation = parse(context.arguments);
  return perform_and_show(context, operation,
                          [&](Output& output, const AgentMoved& agent) { show(output, agent, operation); });
}

}  // namespace

extern constexpr CommandSpec agent_move{
    .path = "agent move",
    .purpose = N_("Give an agent another tier or another role; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
