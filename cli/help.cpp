#include "cli/arguments.h"
#include "cli/help_page.h"
#include "cli/output/output.h"
#include "cli/plugin.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "COMMAND",
     .about = N_("a noun, or a noun and its verb"),
     .count = Count::any_number,
     .completes = Completes::command},
};

constexpr ExampleSpec examples[] = {
    {.command = "gilir help ticket", .about = N_("what can be done with tickets")},
    {.command = "gilir help version", .about = N_("the same as gilir version --help")},
};

struct CommandLineItem {
  std::string path;
  std::string purpose;
  std::string usage;
};
BOOST_DESCRIBE_STRUCT(CommandLineItem, (), (path, purpose, usage))

constexpr auto fields = field_names<CommandLineItem>;

// All commands and plugins, or those of a noun, or one.
void show_as_json(CommandContext& context, std::string_view path) {
  std::vector<CommandLineItem> items;
  for (const CommandSpec* command : context.table) {
    const bool asked =
        path.empty() || command->path == path || (command->path.starts_with(path) && command->path[path.size()] == ' ');
    if (asked && !command->hidden)
      items.push_back({std::string(command->path), command->purpose, usage_line(*command)});
  }
  if (path.empty()) {
    for (const auto& plugin : list_plugins(context.environment, context.table)) {
      items.push_back({plugin.name, plugin.path, "gilir " + plugin.name + " [ARGUMENTS]"});
    }
  }
  context.output.json(items);
}

int run(CommandContext& context) {
  const auto words = context.arguments.words("COMMAND");
  if (words.empty()) {
    if (context.output.is_json())
      show_as_json(context, {});
    else
      show_overview(context.output, context.table, list_plugins(context.environment, context.table));
    return 0;
  }
  if (const auto foreign = foreign_command(context.table, words)) {
    const auto plugin = find_plugin(context.environment, foreign->name);
    if (plugin) become_plugin(context.environment, *plugin, {foreign->name, {}, {"--help"}});
  }
  const auto resolved = resolve(context.table, words);
  if (!resolved.rest.empty() && resolved.command != nullptr) {
    throw usage_error(UsageProblem::too_many_arguments).with("given", resolved.rest.front());
  }
  if (context.output.is_json())
    show_as_json(context, resolved.command != nullptr ? resolved.command->path : resolved.noun);
  else if (resolved.command != nullptr)
    show_command(context.output, context.table, *resolved.command);
  else
    show_noun(context.output, context.table, resolved.noun);
  return 0;
}

}  // namespace

extern constexpr CommandSpec help{
    .path = "help",
    .purpose = N_("Explain gilir, a noun or a command."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
