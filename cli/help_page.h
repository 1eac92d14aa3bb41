// Help, made from the command table. Every line fits 80 columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/plugin.h"

namespace gilir::cli {

class Output;

struct HelpEntry {
  std::string label;
  std::string about;
};

// Labels in one column, what they are in the next.
void show_entries(Output& output, const std::vector<HelpEntry>& entries);
// Broken to fit the page.
void show_paragraph(Output& output, const std::string& text);

// "ticket merge TICKET...": path and positionals.
std::string brief_usage(const CommandSpec& command);
// "gilir ticket merge TICKET... --into TICKET": the usage line without the shared options.
std::string usage_line(const CommandSpec& command);

// What an option is for, with its default and, for --sort, the orders.
std::string option_about(const CommandSpec& command, const OptionSpec& option);
// Whether it is one that every command takes.
bool is_global(const OptionSpec& option);

// All commands, grouped by noun, and the plugins.
void show_overview(Output& output, CommandTable table, const std::vector<Plugin>& plugins);
// The verbs of a noun; throws Error{usage} when there are none.
void show_noun(Output& output, CommandTable table, std::string_view noun);
// One command's page: purpose, usage, options with defaults, examples, special exit codes, and the verbs of a
// command that is also a noun (`log`).
void show_command(Output& output, CommandTable table, const CommandSpec& command);
// --json=help: one field a line.
void show_fields(Output& output, const CommandSpec& command);

}  // namespace gilir::cli
