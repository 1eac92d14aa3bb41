#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/perform_and_show.h"
#include "core/operations/people/agent.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("letters, digits, dot, underscore and dash")}};
constexpr OptionSpec options[] = {
    {.name = "role",
     .value = Value::required,
     .value_name = "R",
     .default_text = "agent",
     .about = N_("agent, supervisor or admin"),
     .choices = enum_choices<Role>},
    {.name = "tier", .value = Value::required, .value_name = "T", .about = N_("from 1 to 9"), .needed = true},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent add sari --tier 1", .about = N_("sari takes turns in tier 1")},
    {.command = "gilir agent add rina --tier 2 --role supervisor", .about = N_("may send others away and back")},
};
constexpr auto fields = field_names<AgentAdded>;

AddAgent parse(const Arguments& arguments) {
  AddAgent operation;
  operation.name = AgentName{arguments.required_word("NAME")};
  arguments.required_text("tier");
  operation.tier = *arguments.number("tier", lowest_tier, highest_tier);
  const auto role = arguments.choice("role", {"agent", "supervisor", "admin"});
  if (role) operation.role = *enum_from_name<Role>(*role);
  return operation;
}

void show(Output& output, const AgentAdded& agent) {
  output.line(phrase(_("{} is in tier {}, as {}."), bold(agent.name.value), agent.tier, role_words(agent.role)));
  show_handed_out(output, agent.handed_out);
}

int run(CommandContext& context) {
  return perform_and_show(context, parse(context.arguments), show);
}

}  // namespace

extern constexpr CommandSpec agent_add{
    .path = "agent add",
    .purpose = N_("Add somebody who works on tickets; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
