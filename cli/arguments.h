// A command line, taken apart as its CommandSpec says.
//
// Rules: an option may stand before or after the positionals; `--` ends options; an option with an optional
// value takes it only after '='; names are never abbreviated; an empty value (`-m ""`, `--body=`) is a value;
// `-` is a positional. Words may hold any bytes: a path does, and what is stored as text is mended by the desk.
// Every refusal is Error{usage} whose `problem` is a
// UsageProblem, with the option, what was given and near names.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/time_words.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

namespace gilir::cli {

inline constexpr std::size_t max_arguments = 10'000;

class Arguments {
 public:
  // Parses what follows the command's path. `words` are the arguments after it.
  static Arguments parse(const CommandSpec& command, const std::vector<std::string>& words);

  const CommandSpec& command() const { return *command_; }

  // Option getters. `name` is the long name; asking for one that the command does not take is a bug.
  bool given(std::string_view name) const;
  bool flag(std::string_view name) const { return given(name); }
  bool any_given(std::span<const OptionSpec> options) const;
  // Without a value when absent; "" for an optional value that was left out.
  std::optional<std::string> text(std::string_view name) const;
  // As text(), but an absent option is an error.
  std::string required_text(std::string_view name) const;
  // Every value of a repeatable option.
  std::vector<std::string> texts(std::string_view name) const;
  // As parse_duration() in cli/time_words.h.
  std::optional<Seconds> duration(std::string_view name) const;
  // As parse_time() in cli/time_words.h.
  std::optional<WallTime> time(std::string_view name, WallTime now, Direction direction = Direction::ahead,
                               DayAlone day_alone = DayAlone::starts) const;
  // Of a time that is given as so long from now: what an operation should be asked with, for the same words say
  // another time when they are said again under the same request id.
  std::optional<Seconds> time_ahead(std::string_view name) const;
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most) const;
  std::optional<TicketNumber> ticket(std::string_view name) const;
  // One of `choices`, or an error that names them.
  std::optional<std::string> choice(std::string_view name, const std::vector<std::string>& choices) const;

  // Positional getters, by the name in the spec.
  std::optional<std::string> word(std::string_view positional) const;
  std::string required_word(std::string_view positional) const;
  std::vector<std::string> words(std::string_view positional) const;
  // All ticket numbers in the words of `positional`, in the order given, each once: 41, #41, 41-43,50, and
  // `-` for lines of `input`. At most max_ticket_numbers.
  std::vector<TicketNumber> tickets(std::string_view positional, Input& input) const;
  // Exactly one ticket.
  TicketNumber one_ticket(std::string_view positional) const;

  // What a command with a tail got after it (ssh's remote words, with's child command).
  const std::vector<std::string>& tail() const { return tail_; }
  // The fields of --json=A,B; empty for plain --json.
  std::vector<std::string> json_fields() const;

 private:
  const std::vector<std::string>* values(std::string_view name) const;
  void assign_positionals(std::vector<std::string> given);

  const CommandSpec* command_ = nullptr;
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::map<std::string, std::vector<std::string>, std::less<>> positionals_;
  std::vector<std::string> tail_;
};

// The command that `words` (argv without the program's name) mean, and what is left for Arguments::parse.
// Global options may stand before the noun. `command` is null when `noun` is only the start of commands
// (`gilir ticket`) or nothing was given at all.
struct Resolved {
  const CommandSpec* command = nullptr;
  std::string noun;
  std::vector<std::string> rest;
};
// Throws Error{usage} with near names for an unknown noun or verb.
Resolved resolve(CommandTable table, const std::vector<std::string>& words);

// A command line whose first word starts no command of the table: a plugin's, if there is one of that name.
struct ForeignCommand {
  std::string name;
  std::vector<std::string> options;  // global ones that stood in front of it
  std::vector<std::string> rest;     // as they were given
};
// Nothing when the table knows the word, when there is none, or when it cannot be a plugin's name.
std::optional<ForeignCommand> foreign_command(CommandTable table, const std::vector<std::string>& words);

// True when a word before `--` asks for JSON, for errors met before parsing is done.
bool asks_for_json(const std::vector<std::string>& words);
// The same for --json and --format: what a script reads.
bool asks_for_script(const std::vector<std::string>& words);

}  // namespace gilir::cli
