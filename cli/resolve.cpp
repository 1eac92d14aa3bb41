#include <algorithm>

#include "cli/arguments.h"
#include "cli/command_line.h"
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

[[noreturn]] void refuse(CommandTable table, const std::string& noun, const std::string& given) {
  std::vector<std::string> candidates;
  for (const CommandSpec* command : table) {
    const auto path = split_path(command->path);
    if (command->hidden || path.empty()) continue;
    if (noun.empty())
      candidates.push_back(path.front());
    else if (path.size() > 1 && path.front() == noun)
      candidates.push_back(path[1]);
  }
  std::ranges::sort(candidates);
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  const auto shown = replace_invalid_utf8(given);
  if (noun.empty()) {
    throw usage_error(UsageProblem::unknown_command).with("given", shown).with("near", near_names(shown, candidates));
  }
  throw usage_error(UsageProblem::unknown_verb)
      .with("noun", noun)
      .with("given", shown)
      .with("near", near_names(shown, candidates));
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
