#include "cli/command_line.h"

#include <algorithm>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "cli/arguments.h"
#include "cli/help_page.h"
#include "cli/output/shell_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "cli/shared_options.h"
#include "cli/synonyms.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

namespace po = boost::program_options;

// Key under which Program_options files the positionals; a blank keeps it from being anybody's option.
constexpr const char* positional_key = "positional words";

// Stands for the value of an option that has an optional one and was given none; no argument can contain it.
const std::string left_out(1, '\0');

std::vector<std::string> option_names(const CommandSpec& command) {
  std::vector<std::string> names;
  for_each_option(command, [&](const OptionSpec& option) { names.emplace_back("--").append(option.name); });
  return names;
}

// What other tools call so, where the command takes it; else what is spelled nearly so.
std::vector<std::string> near_options(const CommandSpec& command, std::string_view given) {
  std::vector<std::string> near;
  for (const auto& one : option_synonyms()) {
    if (given.substr(std::min<std::size_t>(2, given.size())) != one.given || find_option(command, one.ours) == nullptr)
      continue;
    near.push_back(std::string("--").append(one.ours));
  }
  return near.empty() ? near_names(given, option_names(command)) : near;
}

// The positional that "--to" or "--agent" stands for where an agent is named without an option.
std::string_view positional_named(const CommandSpec& command, std::string_view given) {
  if (!given.starts_with("--")) return {};
  auto name = given.substr(2);
  if (name == "to" || name == "assignee") name = "agent";
  for (const auto& positional : command.positionals) {
    if (ascii_lower(positional.name) == name) return positional.name;
  }
  return {};
}

bool takes_words(const CommandSpec& command) {
  return std::ranges::any_of(command.positionals, [](const auto& positional) { return positional.name == "WORDS"; });
}

bool takes_next_word(const CommandSpec& command, std::string_view option) {
  const auto* spec = option.starts_with("--") ? find_option(command, option.substr(2))
                     : option.size() == 2     ? find_option(command, option[1])
                                              : nullptr;
  return spec != nullptr && spec->value == Value::required;
}

// What was meant by `words`: those with a dash that are no options behind --, with a word to look for before them.
std::string with_words_behind_dashes(const CommandSpec& command, const std::vector<std::string>& words) {
  std::string front = "gilir " + std::string(command.path);
  std::string behind = " --";
  bool has_word = false;
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--") {
      for (++word; word != words.end(); ++word) behind += ' ' + shell_word(*word);
      break;
    }
    const bool has_dash = word->size() > 1 && word->front() == '-';
    if (has_dash && (*word)[1] != '-' && find_option(command, (*word)[1]) == nullptr) {
      behind += ' ' + shell_word(*word);
      continue;
    }
    front += ' ' + shell_word(*word);
    has_word = has_word || !has_dash;
    if (has_dash && takes_next_word(command, *word) && word + 1 != words.end()) front += ' ' + shell_word(*++word);
  }
  return front + (has_word ? "" : " WORD") + behind;
}

[[noreturn]] void refuse_unknown(const CommandSpec& command, std::string_view given,
                                 const std::vector<std::string>& words) {
  auto error = usage_error(UsageProblem::unknown_option).with("option", given);
  if (const auto positional = positional_named(command, given); !positional.empty()) {
    error.add("positional", positional);
    error.add("usage", "gilir " + brief_usage(command));
  }
  const auto near = near_options(command, given);
  if (near.empty() && command.tail == Tail::after_dashes) error.add("command", command.path);
  if (near.empty() && !given.starts_with("--") && takes_words(command))
    error.add("words", with_words_behind_dashes(command, words));
  error.add("near", near);
  throw error;
}

// 5m, 1h30m, but also what was meant to be one, like 5mn.
bool looks_like_duration(std::string_view word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (word.size() < 2 || !is_digit(word.front()) || !is_letter(word.back())) return false;
  return std::ranges::all_of(word, [&](char c) { return is_digit(c) || is_letter(c); });
}

// Taken for the first word of a command, it would only be seen to be wrong when the wait is over.
void refuse_duration_behind(std::string_view option, std::string_view word) {
  if (!looks_like_duration(word)) return;
  throw usage_error(plain_text(
      phrase(_("{0} takes a time only behind an equals sign, as in {0}=5m; if {1} is a command, put -- in front of it"),
             option, word)));
}

// The library takes "--name=" and "-m ''" for a missing value, and "-m -x" for two options. So words that
// are options are read here, in the place that it keeps for custom styles; it looks up, checks and collects.
class OptionStyle {
 public:
  // `all` words of the command line, which must outlive it.
  OptionStyle(const CommandSpec& command, const std::vector<std::string>& all) : command_(command), all_(all) {}

  std::vector<po::option> operator()(std::vector<std::string>& words) const {
    const std::string word = words.front();
    if (word == "--" || word.size() < 2 || word[0] != '-') return {};
    words.erase(words.begin());
    if (word[1] == '-') return {read_long(word, words)};
    return read_letters(word, words);
  }

 private:
  static po::option option(const OptionSpec& spec, std::string_view as_typed) {
    po::option read;
    read.string_key = std::string(spec.name);
    read.original_tokens.emplace_back(as_typed);
    return read;
  }

  static void take_next(po::option& read, const OptionSpec& spec, std::vector<std::string>& words) {
    if (words.empty()) {
      throw usage_error(UsageProblem::missing_value)
          .with("option", read.original_tokens.front())
          .with("value", spec.value_name);
    }
    read.value.push_back(words.front());
    words.erase(words.begin());
  }

  po::option read_long(const std::string& word, std::vector<std::string>& words) const {
    const auto typed = long_option_name(word);
    const OptionSpec* spec = find_option(command_, typed.substr(2));
    if (spec == nullptr) refuse_unknown(command_, typed, all_);
    auto read = option(*spec, typed);
    if (word.size() > typed.size()) {
      if (spec->value == Value::none) throw usage_error(UsageProblem::takes_no_value).with("option", typed);
      read.value.push_back(word.substr(typed.size() + 1));
    } else if (spec->value == Value::required) {
      take_next(read, *spec, words);
    } else if (spec->value == Value::optional) {
      if (spec->value_name == "D" && !words.empty()) refuse_duration_behind(typed, words.front());
      read.value.push_back(left_out);
    }
    return read;
  }

  // -m TEXT, -mTEXT, and flags in one word: -abm TEXT.
  std::vector<po::option> read_letters(const std::string& word, std::vector<std::string>& words) const {
    std::vector<po::option> all;
    for (std::size_t at = 1; at < word.size(); ++at) {
      const std::string typed{'-', word[at]};
      const OptionSpec* spec = find_option(command_, word[at]);
      if (spec == nullptr) refuse_unknown(command_, at == 1 ? std::string_view(word) : typed, all_);
      auto& read = all.emplace_back(option(*spec, typed));
      if (spec->value == Value::optional) read.value.push_back(left_out);
      if (spec->value != Value::required) continue;
      if (at + 1 < word.size())
        read.value.push_back(word.substr(at + 1));
      else
        take_next(read, *spec, words);
      break;
    }
    return all;
  }

  const CommandSpec& command_;
  const std::vector<std::string>& all_;
};

po::options_description describe(const CommandSpec& command) {
  po::options_description known;
  for_each_option(command, [&](const OptionSpec& option) {
    const std::string name(option.name);
    if (option.value == Value::none)
      known.add_options()(name.c_str(), "");
    else
      known.add_options()(name.c_str(), po::value<std::string>(), "");
  });
  known.add_options()(positional_key, po::value<std::vector<std::string>>(), "");
  return known;
}

// Where the tail starts: how many of `words` are ours. Reads over options and their values as OptionStyle does.
std::size_t find_tail(const CommandSpec& command, const std::vector<std::string>& words) {
  std::size_t positionals = 0;
  const OptionStyle style(command, words);
  std::vector<std::string> rest = words;
  while (!rest.empty()) {
    const std::size_t at = words.size() - rest.size();
    if (rest.front() == "--") return at;
    if (style(rest).empty()) {
      if (command.tail == Tail::after_positionals && positionals == command.positionals.size()) return at;
      ++positionals;
      rest.erase(rest.begin());
    }
  }
  return words.size();
}

void check_words(const std::vector<std::string>& words) {
  if (words.size() > max_arguments) {
    throw usage_error(UsageProblem::too_many_arguments).with("given", words[max_arguments]);
  }
}

}  // namespace

std::string_view long_option_name(std::string_view word) {
  if (!word.starts_with("--") || word.size() == 2) return {};
  return word.substr(0, word.find('='));
}

CommandLine read_command_line(const CommandSpec& command, const std::vector<std::string>& words) {
  CommandLine line;
  auto ours = words;
  if (command.tail != Tail::none) {
    const std::size_t tail = find_tail(command, words);
    ours.resize(tail);
    auto first = words.begin() + static_cast<std::ptrdiff_t>(tail);
    if (first != words.end() && *first == "--") ++first;
    line.tail.assign(first, words.end());
  }
  check_words(ours);
  const auto known = describe(command);
  po::positional_options_description positionals;
  positionals.add(positional_key, -1);
  po::command_line_parser parser(ours);
  parser.options(known).positional(positionals).extra_style_parser(OptionStyle(command, words));
  // Only the style above reads options; what it leaves are positionals and "--".
  parser.style(po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent);
  for (auto& read : parser.run().options) {
    if (read.string_key == positional_key) {
      line.positionals.push_back(std::move(read.value.front()));
      continue;
    }
    const OptionSpec* spec = find_option(command, read.string_key);
    const auto [entry, is_new] = line.options.try_emplace(read.string_key);
    if (!is_new && !spec->repeatable && spec->value != Value::none) {
      throw usage_error(UsageProblem::repeated_option).with("option", std::string("--").append(read.string_key));
    }
    if (!read.value.empty() && read.value.front() != left_out) entry->second.push_back(std::move(read.value.front()));
  }
  return line;
}

}  // namespace gilir::cli
