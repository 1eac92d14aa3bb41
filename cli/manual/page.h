// Man pages in man(7), made from the command table: gilir.1 and a page for every command, in the language that
// start_translation has chosen.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace gilir::cli {

struct ManualFacts {
  std::string version;  // "0.1.0"
  std::string date;     // "2026-11-26"
};

// "gilir", "gilir-ticket-merge": the name of a command's page.
std::string page_name(std::string_view path);

// What gilir is, and its commands.
std::string overview_page(CommandTable table, const ManualFacts& facts);
// One command: purpose, usage, arguments, options with defaults, special exit codes, examples.
std::string command_page(CommandTable table, const CommandSpec& command, const ManualFacts& facts);

}  // namespace gilir::cli
