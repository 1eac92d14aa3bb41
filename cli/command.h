// What a command of gilir is: a constant CommandSpec from which parsing, help, completions and the README's
// list are made, and the function that runs it.
//
// A command file has, top to bottom: its constant arrays, its spec, its parse (Arguments -> operation), its
// show (result -> Output). The spec is defined as
//     namespace gilir::cli::commands {
//     extern constexpr CommandSpec ticket_merge{.path = "ticket merge", ...};
// so that it costs nothing at start-up, and listed in command_table.cpp.
//
// Texts for people are marked N_("...") and translated where they are shown. All views point to constants.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/completes.h"
#include "cli/output/translate.h"
#include "core/base/clock.h"

namespace gilir::cli {

class Arguments;
class Environment;
class Input;
class Output;
class Prompt;
struct CommandSpec;

using CommandTable = std::span<const CommandSpec* const>;

// What a command's run function is handed; everything outlives the call.
struct CommandContext {
  const CommandSpec& command;
  const Arguments& arguments;
  Output& output;
  Input& input;
  Prompt& prompt;
  const Environment& environment;
  const Clock& clock;
  CommandTable table;
  // By how much the clock is ahead of the desk's time, as far as the command has asked the desk: see desk_now().
  Milliseconds clock_ahead{};
};

enum class Count {
  required,    // exactly one
  optional,    // none or one
  many,        // one or more; only as the last positional
  any_number,  // none or more; only as the last positional
};

struct PositionalSpec {
  std::string_view name;  // as in the usage line and for the getter: "TICKET"
  const char* about = "";
  Count count = Count::required;
  Completes completes = Completes::by_name;
};

enum class Value {
  none,      // a flag
  required,  // --name VALUE, --name=VALUE, -n VALUE, -nVALUE
  optional,  // --name or --name=VALUE; a following word is never its value
};

struct OptionSpec {
  std::string_view name;  // long, without dashes
  char letter = 0;        // short, 0 for none
  Value value = Value::none;
  std::string_view value_name = {};    // "TEXT", as help shows it
  std::string_view default_text = {};  // shown in help; the command applies it
  const char* about = "";
  bool repeatable = false;
  bool needed = false;  // the command does not run without it: it stands in the usage line
  Completes completes = Completes::by_name;
  std::span<const std::string_view> choices = {};  // what completion offers; several go with commas when repeatable
};

struct ExampleSpec {
  std::string_view command;  // a whole command line: "gilir ticket merge 42 43 --into 41"
  const char* about = "";
};

struct ExitCodeSpec {
  int code = 0;
  const char* about = "";
};

enum class Needs {
  plain,
  ssh,  // runs in gilir-full; `run` is a weak declaration that only gilir-full defines, null in gilir
};

enum class Tail {
  none,
  after_positionals,  // `ssh SERVER [options] CMD...`: the first word past the positionals, or `--`, starts it
  after_dashes,       // `with SERVER... -- CMD...`
};

// Which shared options a command takes besides the global ones.
struct Takes {
  bool list = false;       // --format --limit --sort --after --count
  bool uncounted = false;  // a list without --count
  bool change = false;     // --request-id --dry-run
  bool version = false;    // --if-version
  bool message = false;    // -m/--message, -F/--file
  bool may_lack_message = false;
};

struct CommandSpec {
  std::string_view path;  // "ticket merge"; "" is bare `gilir`
  const char* purpose = "";
  const char* about = "";  // what one must know beyond that; a paragraph of its page
  std::span<const PositionalSpec> positionals = {};
  std::span<const OptionSpec> options = {};
  std::span<const ExampleSpec> examples = {};
  std::span<const ExitCodeSpec> exit_codes = {};  // only the special ones
  Needs needs = Needs::plain;
  Takes takes = {};
  Tail tail = Tail::none;
  std::span<const std::string_view> fields = {};       // what --json=FIELD can pick: field_names<Ticket>
  std::span<const std::string_view> sort_orders = {};  // what --sort takes; empty: no --sort
  bool hidden = false;                                 // left out of lists, as `serve` and bare `gilir`
  // Returns the exit code. Throws Error; never prints it.
  int (*run)(CommandContext&) = nullptr;
};

}  // namespace gilir::cli
