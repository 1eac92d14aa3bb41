#include <algorithm>

#include "cli/arguments.h"
#include "cli/command_line.h"
#include "cli/shared_options.h"
#include "cli/synonyms.h"
#include "cli/ticket_numbers.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

// Global options in front of the noun (`gilir --desk /srv/desk ticket list`), moved behind it; `at` ends up
// on the noun.
std::vector<std::string> leading_options(const std::vector<std::string>& words, std::size_t& at) {
  static constexpr CommandSpec bare{};
  std::vector<std::string> options;
  for (; at < words.size() && words[at].starts_with("-"); ++at) {
    const std::string& word = words[at];
    const auto name = long_option_name(word);
    const OptionSpec* option = nullptr;
    if (!name.empty())
      option = find_option(bare, name.substr(2));
    else if (word.size() == 2)
      option = find_option(bare, word[1]);
    options.push_back(word);
    const bool value_follows = option != nullptr && option->value == Value::required && word.size() == name.size();
    if (value_follows && at + 1 < words.size()) options.push_back(words[++at]);
  }
  return options;
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> words;
  while (!path.empty()) {
    const auto blank = path.find(' ');
    words.emplace_back(path.substr(0, blank));
    path.remove_prefix(blank == std::string_view::npos ? path.size() : blank + 1);
  }
  return words;
}

bool starts_path(const std::vector<std::string>& path, const std::vector<std::string>& words, std::size_t at) {
  if (words.size() - at < path.size()) return false;
  return std::equal(path.begin(), path.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
}

bool is_shown(const CommandSpec& command) {
  return !command.hidden && !command.path.empty();
}

// "ticket show" as it is typed; nothing when no such command is built.
std::optional<std::string> typed(CommandTable table, std::string_view path) {
  const bool known = std::ranges::any_of(table, [&](const CommandSpec* command) {
    const bool is_it = path == command->path || (path.starts_with(command->path) && path[command->path.size()] == ' ');
    return is_shown(*command) && is_it;
  });
  return known ? std::optional("gilir " + std::string(path)) : std::nullopt;
}

void add(std::vector<std::string>& near, std::optional<std::string> one) {
  if (one && std::ranges::find(near, *one) == near.end()) near.push_back(std::move(*one));
}

// What other tools call by that word.
void add_synonyms(std::vector<std::string>& near, CommandTable table, std::string_view noun, std::string_view word) {
  for (const auto& one : synonyms()) {
    if (one.word != word || (one.noun != noun && (one.noun != "*" || noun.empty()))) continue;
    const bool whole = noun.empty() || one.verb.find(' ') != std::string_view::npos;
    add(near, typed(table, whole ? std::string(one.verb) : std::string(noun).append(" ").append(one.verb)));
  }
}

// `gilir resolve 41`: the verb without its noun.
void add_nouns_of(std::vector<std::string>& near, CommandTable table, std::string_view verb) {
  for (const CommandSpec* command : table) {
    if (is_shown(*command) && command->path.ends_with(" " + std::string(verb))) add(near, typed(table, command->path));
  }
}

std::vector<std::string> next_words(CommandTable table, std::string_view noun) {
  std::vector<std::string> words;
  for (const CommandSpec* command : table) {
    const auto path = split_path(command->path);
    if (!is_shown(*command)) continue;
    if (noun.empty())
      words.push_back(path.front());
    else if (path.size() > 1 && path.front() == noun)
      words.push_back(path[1]);
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

constexpr std::size_t most_near = 3;

[[noreturn]] void refuse(CommandTable table, const std::string& noun, const std::string& given) {
  const auto shown = replace_invalid_utf8(given);
  std::vector<std::string> near;
  add_synonyms(near, table, noun, ascii_lower(shown));
  if (near.empty() && noun.empty()) add_nouns_of(near, table, ascii_lower(shown));
  if (near.empty()) near = near_names(shown, next_words(table, noun));
  // `gilir ticket 41`: what it names is there, and the verb is missing.
  const bool names_something = noun == "ticket" ? parse_ticket_number(shown).has_value()
                                                : (noun == "lock" || noun == "server") && is_name(shown);
  if (near.empty() && names_something) near.push_back("gilir " + noun + " show " + shown);
  if (near.size() > most_near) near.resize(most_near);
  auto error = usage_error(noun.empty() ? UsageProblem::unknown_command : UsageProblem::unknown_verb);
  if (!noun.empty()) error.add("noun", noun);
  error.add("given", shown);
  error.add("near", near);
  throw std::move(error);
}

// Before `--` only.
bool has_option(const std::vector<std::string>& words, std::string_view name) {
  const auto end = std::ranges::find(words, "--");
  return std::any_of(words.begin(), end, [&](const std::string& word) { return long_option_name(word) == name; });
}

}  // namespace

Resolved resolve(CommandTable table, const std::vector<std::string>& words) {
  std::size_t at = 0;
  auto options = leading_options(words, at);
  Resolved resolved;
  std::size_t longest = 0;
  bool is_noun = false;
  for (const CommandSpec* command : table) {
    const auto path = split_path(command->path);
    if (at < words.size() && !path.empty() && path.front() == words[at]) is_noun = true;
    const bool fits = path.empty() ? at == words.size() : path.size() > longest && starts_path(path, words, at);
    if (!fits) continue;
    resolved.command = command;
    longest = path.size();
  }
  if (resolved.command == nullptr && at < words.size()) {
    if (!is_noun) refuse(table, {}, words[at]);
    resolved.noun = words[at];
    longest = 1;
    if (at + 1 < words.size() && !words[at + 1].starts_with("-")) refuse(table, words[at], words[at + 1]);
  }
  resolved.rest.assign(words.begin() + static_cast<std::ptrdiff_t>(at + longest), words.end());
  // In front of what follows the path, so that a tail behind "--" does not swallow them.
  resolved.rest.insert(resolved.rest.begin(), options.begin(), options.end());
  return resolved;
}

std::optional<ForeignCommand> foreign_command(CommandTable table, const std::vector<std::string>& words) {
  std::size_t at = 0;
  auto options = leading_options(words, at);
  if (at >= words.size() || !is_name(words[at])) return std::nullopt;
  const bool known = std::ranges::any_of(
      table, [&](const CommandSpec* command) { return command->path.substr(0, command->path.find(' ')) == words[at]; });
  if (known) return std::nullopt;
  return ForeignCommand{
      words[at], std::move(options), {words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end()}};
}

bool asks_for_json(const std::vector<std::string>& words) {
  return has_option(words, "--json");
}

bool asks_for_script(const std::vector<std::string>& words) {
  return asks_for_json(words) || has_option(words, "--format");
}

}  // namespace gilir::cli
