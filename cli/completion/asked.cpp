#include "cli/completion/asked.h"

#include <algorithm>
#include <array>

#include "cli/command_line.h"
#include "cli/shared_options.h"

namespace gilir::cli {
namespace {

constexpr CommandSpec bare{};

// Reads the words in front of the one under the cursor, one by one.
class AskedReader {
 public:
  AskedReader(CommandTable table, const std::vector<std::string>& words) : table_(table), words_(words) {}

  Asked read() {
    const std::size_t last = words_.size() - 1;
    for (at_ = 0; at_ < last && !in_tail_; ++at_) take(words_[at_], last);
    // What stands past the start of a tail belongs to a program of its own.
    if (in_tail_) {
      asked_.typed = at_ < last ? Typed::own_argument : Typed::own_command;
      if (asked_.command->needs == Needs::ssh) asked_.typed = Typed::nothing;
      asked_.beginning = words_.back();
    } else {
      look_at(words_.back());
    }
    return std::move(asked_);
  }

 private:
  const CommandSpec& command() const { return asked_.command == nullptr ? bare : *asked_.command; }

  // The option that the word names, whatever stands behind its name.
  const OptionSpec* option_of(std::string_view word) const {
    const auto name = long_option_name(word);
    if (!name.empty()) return find_option(command(), name.substr(2));
    return word.size() >= 2 && word[0] == '-' && word[1] != '-' ? find_option(command(), word[1]) : nullptr;
  }

  void remember(const OptionSpec& option, std::string value) {
    if (option.name != "desk" && option.name != "as") return;
    asked_.desk_options.push_back(std::string("--").append(option.name).append("=").append(value));
  }

  void take(const std::string& word, std::size_t last) {
    if (word == "--" && !only_positionals_) {
      if (command().tail != Tail::none) in_tail_ = true;
      only_positionals_ = true;
      return;
    }
    if (!only_positionals_ && word.size() > 1 && word[0] == '-') {
      take_option(word, last);
      return;
    }
    if (take_path(word)) return;
    if (command().tail == Tail::after_positionals && positionals_ == command().positionals.size()) {
      in_tail_ = true;
      --at_;
      return;
    }
    ++positionals_;
    // `help ticket show` and the like: arguments that are a path.
    if (const auto* positional = next_positional();
        positional != nullptr && kind_of(*positional) == Completes::command) {
      arguments_path_.append(arguments_path_.empty() ? "" : " ").append(word);
    }
  }

  void take_option(const std::string& word, std::size_t last) {
    const auto* option = option_of(word);
    if (option == nullptr) return;
    const auto equals = word.find('=');
    const bool is_long = word[1] == '-';
    if (is_long && equals != std::string::npos) {
      remember(*option, word.substr(equals + 1));
    } else if (option->value == Value::required && (is_long || word.size() == 2)) {
      if (at_ + 1 == last)
        asked_.option = option;
      else
        remember(*option, words_[at_ + 1]);
      ++at_;
    }
  }

  // True when the word went on with a path that some command has.
  bool take_path(const std::string& word) {
    if (positionals_ > 0 || only_positionals_) return false;
    const auto longer = asked_.path.empty() ? word : asked_.path + " " + word;
    const CommandSpec* found = nullptr;
    bool is_beginning = false;
    for (const CommandSpec* one : table_) {
      if (one->path == longer) found = one;
      if (one->path.starts_with(longer) && one->path.size() > longer.size() && one->path[longer.size()] == ' ')
        is_beginning = true;
    }
    if (found == nullptr && !is_beginning) return false;
    asked_.path = longer;
    asked_.command = found;
    return true;
  }

  const PositionalSpec* next_positional() const {
    const auto all = command().positionals;
    if (all.empty()) return nullptr;
    const auto& last = all.back();
    const bool goes_on = last.count == Count::many || last.count == Count::any_number;
    if (positionals_ >= all.size()) return goes_on ? &last : nullptr;
    return &all[positionals_];
  }

  void look_at(const std::string& word) {
    asked_.beginning = word;
    if (asked_.option != nullptr) {
      split_value(0, asked_.option->repeatable && !asked_.option->choices.empty());
      asked_.typed = Typed::option_value;
    } else if (!only_positionals_ && word.starts_with("-") && word != "-") {
      look_at_option(word);
    } else if (can_go_on_with_path()) {
      asked_.typed = Typed::path;
      asked_.positional = next_positional();
    } else if ((asked_.positional = next_positional()) != nullptr) {
      asked_.typed = Typed::positional;
      if (kind_of(*asked_.positional) == Completes::command) asked_.path = arguments_path_;
      split_value(0, kind_of(*asked_.positional) == Completes::ticket);
    }
  }

  void look_at_option(const std::string& word) {
    const auto equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string::npos) {
      asked_.typed = Typed::option;
      return;
    }
    asked_.option = option_of(word);
    if (asked_.option == nullptr || asked_.option->value == Value::none) return;
    asked_.typed = Typed::option_value;
    split_value(equals + 1,
                asked_.option->name == "json" || (asked_.option->repeatable && !asked_.option->choices.empty()));
  }

  // The path is not over while no argument has been typed and commands go on behind it.
  bool can_go_on_with_path() const {
    if (positionals_ > 0 || only_positionals_) return false;
    if (asked_.path.empty()) return true;
    return std::ranges::any_of(table_,
                               [&](const CommandSpec* one) { return one->path.starts_with(asked_.path + " "); });
  }

  // Lists are completed behind their last comma.
  void split_value(std::size_t from, bool is_list) {
    if (is_list) {
      const auto comma = asked_.beginning.rfind(',');
      if (comma != std::string::npos && comma >= from) from = comma + 1;
    }
    asked_.kept = asked_.beginning.substr(0, from);
    asked_.beginning.erase(0, from);
  }

  CommandTable table_;
  const std::vector<std::string>& words_;
  Asked asked_;
  std::string arguments_path_;
  std::size_t at_ = 0;
  std::size_t positionals_ = 0;
  bool only_positionals_ = false;
  bool in_tail_ = false;
};

struct NamedKind {
  std::string_view name;
  Completes kind;
};

constexpr std::array named_kinds{
    NamedKind{"TICKET", Completes::ticket},  NamedKind{"SERVER", Completes::server},
    NamedKind{"AGENT", Completes::agent},    NamedKind{"REPORTER", Completes::reporter},
    NamedKind{"OFFICE", Completes::office},  NamedKind{"CATEGORY", Completes::category},
    NamedKind{"FILE", Completes::file},      NamedKind{"DIR", Completes::directory},
    NamedKind{"PATH", Completes::directory},
};

// "TIER|AGENT" is the first of its words that is known.
Completes kind_named(std::string_view name) {
  while (!name.empty()) {
    const auto word = name.substr(0, name.find('|'));
    const auto known = std::ranges::find(named_kinds, word, &NamedKind::name);
    if (known != named_kinds.end()) return known->kind;
    name.remove_prefix(std::min(word.size() + 1, name.size()));
  }
  return Completes::nothing;
}

}  // namespace

Asked understand(CommandTable table, const std::vector<std::string>& words) {
  if (words.empty()) return {};
  return AskedReader(table, words).read();
}

Completes kind_of(const OptionSpec& option) {
  if (option.completes != Completes::by_name) return option.completes;
  return option.name == "ticket" ? Completes::ticket : kind_named(option.value_name);
}

Completes kind_of(const PositionalSpec& positional) {
  return positional.completes == Completes::by_name ? kind_named(positional.name) : positional.completes;
}

}  // namespace gilir::cli
