#include <algorithm>

#include "cli/arguments.h"
#include "cli/exit_codes.h"
#include "cli/help_page.h"
#include "cli/help_topics.h"
#include "cli/output/output.h"
#include "cli/plugin.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "COMMAND",
     .about = N_("a noun, or a noun and its verb; or a word, such as knock or turn"),
     .count = Count::any_number,
     .completes = Completes::command},
};

constexpr ExampleSpec examples[] = {
    {.command = "gilir help ticket", .about = N_("what can be done with tickets")},
    {.command = "gilir help locks", .about = N_("how locks work, and what they promise")},
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

bool is_command_or_noun(CommandTable table, const std::vector<std::string>& words) {
  return words.size() == 1 && std::ranges::any_of(table, [&](const CommandSpec* command) {
           return !command->hidden && command->path.substr(0, command->path.find(' ')) == words.front();
         });
}

// What stands on the page that `words` ask for, `topic` where that is one word's.
void show_words_as_json(Output& output, const std::vector<std::string>& words, const HelpTopic* topic) {
  std::vector<CommandLineItem> items;
  const auto add = [&](const HelpTopic& one) {
    items.push_back({std::string(one.word), one.about, "gilir help " + std::string(one.word)});
  };
  if (words.front() == locks_topic) {
    std::ranges::for_each(topics_of_locks(), add);
    for (const auto& promise : lock_promises()) items.push_back({promise.target, promise.about, "gilir help locks"});
  } else if (asks_for_exit_codes(words)) {
    for (const auto& [code, about] : exit_code_meanings())
      items.push_back({std::string(code), about, "gilir help exit-codes"});
  } else if (topic != nullptr) {
    add(*topic);
  } else {
    std::ranges::for_each(help_topics(), add);
  }
  output.json(items);
}

// A word's meaning, unless a command or noun has its own page.
bool show_if_topic(CommandContext& context, const std::vector<std::string>& words) {
  const auto* topic = find_topic(words);
  const bool is_locks = words.size() == 1 && words.front() == locks_topic;
  const bool is_words = words.size() == 1 && words.front() == words_topic;
  const bool is_exit_codes = asks_for_exit_codes(words);
  if (!is_locks && !is_words && !is_exit_codes && (topic == nullptr || is_command_or_noun(context.table, words)))
    return false;
  auto& output = context.output;
  if (output.is_json()) {
    show_words_as_json(output, words, topic);
  } else if (is_exit_codes) {
    show_exit_codes(output);
  } else if (is_locks) {
    show_locks_page(output);
  } else if (is_words) {
    show_words(output);
  } else {
    show_topic(output, *topic);
  }
  return true;
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
  if (show_if_topic(context, words)) return 0;
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
    .purpose = N_("Explain gilir, a noun, a command or a word."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
