#include "cli/program.h"

#include <algorithm>
#include <charconv>
#include <exception>

#include "cli/field_words.h"
#include "cli/help_page.h"
#include "cli/output/error_words.h"
#include "cli/output/prompt.h"
#include "cli/plugin.h"
#include "cli/usage_error.h"
#include "core/base/error.h"

namespace gilir::cli {
namespace {

// A detail that is a number; 0 when it is not there.
int number_in(const Error& error, std::string_view key) {
  const auto json = error.detail(key);
  int value = 0;
  std::from_chars(json.data(), json.data() + json.size(), value);
  return value;
}

constexpr int exit_reader_gone = 141;

// What `gilir ticket` and bare options mean: Resolved without a command.
int run_without_command(const ProgramParts& parts, const Resolved& resolved, Output& output) {
  static constexpr CommandSpec bare{};
  const auto is_version = [](const std::string& word) { return word == "--version"; };
  if (resolved.noun.empty() && std::ranges::any_of(resolved.rest, is_version)) {
    auto again = parts;
    again.words = {"version"};
    return run_program(again);
  }
  const auto arguments = Arguments::parse(bare, resolved.rest);
  output.configure(choose_output(arguments, parts.environment, parts.terminal));
  if (resolved.noun.empty())
    show_overview(output, parts.table, list_plugins(parts.environment, parts.table));
  else
    show_noun(output, parts.table, resolved.noun);
  return 0;
}

int run_resolved(const ProgramParts& parts, Output& output, Prompt& prompt) {
  if (const auto foreign = foreign_command(parts.table, parts.words)) {
    const auto plugin = find_plugin(parts.environment, foreign->name);
    if (plugin) become_plugin(parts.environment, *plugin, *foreign);
  }
  const auto resolved = resolve(parts.table, parts.words);
  const bool asks_version = std::ranges::find(resolved.rest, "--version") != resolved.rest.end();
  if (resolved.command == nullptr || (resolved.command->path.empty() && asks_version)) {
    return run_without_command(parts, resolved, output);
  }
  const CommandSpec& command = *resolved.command;
  const auto arguments = Arguments::parse(command, resolved.rest);
  auto options = choose_output(arguments, parts.environment, parts.terminal);
  const bool lists_fields = options.fields == std::vector<std::string>{"help"};
  if (arguments.flag("help") || lists_fields) options.format = Format::human;
  output.configure(std::move(options));
  prompt.configure({.may_ask = parts.terminal.input && parts.terminal.errors && !arguments.flag("no-input")});
  if (arguments.flag("help")) {
    if (command.path.empty())
      show_overview(output, parts.table, list_plugins(parts.environment, parts.table));
    else
      show_command(output, parts.table, command);
    return 0;
  }
  if (lists_fields) {
    show_fields(output, command);
    return 0;
  }
  if (command.run == nullptr) {
    if (parts.run_full != nullptr) parts.run_full();
    throw Error(ErrorCode::cannot_run).with("command", command.path).with("problem", N_("gilir-full is not installed"));
  }
  CommandContext context{command,           arguments,   output,      parts.input, prompt,
                         parts.environment, parts.clock, parts.table, {}};
  try {
    return command.run(context);
  } catch (Error& error) {
    name_option(arguments, error);
    // Whoever ends the wait for a busy desk has not been refused by it.
    const auto signal = number_in(error, "signal");
    if (error.code() == ErrorCode::busy && signal > 0) throw Error(ErrorCode::interrupted).with("signal", signal);
    throw;
  }
}

// The one door at which errors end. What was printed before goes out first.
int run_guarded(const ProgramParts& parts, Output& output, Prompt& prompt) {
  try {
    const int code = run_resolved(parts, output, prompt);
    output.flush();
    return code;
  } catch (const Error& error) {
    show_error(output, error);
    return exit_code_of(error);
  } catch (const std::bad_alloc&) {
    show_error(output, Error(ErrorCode::failed).with("problem", N_("out of memory")));
    return exit_code(ErrorCode::failed);
  }
}

}  // namespace

int exit_code_of(const Error& error) {
  const auto signal = number_in(error, "signal");
  const auto status = number_in(error, "status");
  if (error.code() == ErrorCode::interrupted && signal > 0) return 128 + signal;
  if (error.code() == ErrorCode::cannot_run && status > 0) return status;
  return exit_code(error.code());
}

int run_program(const ProgramParts& parts) {
  Output output(parts.out, parts.errors, choose_output(asks_for_json(parts.words), parts.environment, parts.terminal));
  Prompt prompt(parts.input, output);
  try {
    return run_guarded(parts, output, prompt);
  } catch (const ReaderGone&) {
    return exit_reader_gone;
  } catch (const Error&) {
    // Showing the error failed too: nobody can be told more than the exit code.
    return exit_code(ErrorCode::failed);
  } catch (const std::exception& bug) {
    parts.errors.write(std::string("gilir: a bug: ").append(bug.what()).append("\n"));
    try {
      parts.errors.flush();
    } catch (const std::exception&) {
    }
    return exit_code(ErrorCode::failed);
  }
}

}  // namespace gilir::cli
