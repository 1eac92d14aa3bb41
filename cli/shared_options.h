// The options that commands share, and how to go through all that one of them takes.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "cli/command.h"

namespace gilir::cli {

// Options that every command takes; `list`, `change`… ones only where Takes says so.
std::span<const OptionSpec> global_options();
std::span<const OptionSpec> list_options();
std::span<const OptionSpec> change_options();
std::span<const OptionSpec> version_options();
std::span<const OptionSpec> message_options(bool may_lack_message);

// The option of that long name or letter which `command` takes, or null.
const OptionSpec* find_option(const CommandSpec& command, std::string_view name);
const OptionSpec* find_option(const CommandSpec& command, char letter);

// Calls visit(const OptionSpec&) for the command's own options, then the shared ones, then the global ones.
template <class Visit>
void for_each_option(const CommandSpec& command, Visit&& visit) {
  for (const auto& option : command.options) visit(option);
  const auto& takes = command.takes;
  const std::pair<bool, std::span<const OptionSpec>> shared[] = {
      {takes.message, message_options(takes.may_lack_message)},
      {takes.change, change_options()},
      {takes.version, version_options()},
      {takes.list, list_options()},
      {true, global_options()}};
  for (const auto& [taken, options] : shared) {
    for (const auto& option : options) {
      const bool left_out =
          (option.name == "sort" && command.sort_orders.empty()) || (option.name == "count" && takes.uncounted);
      if (taken && !left_out) visit(option);
    }
  }
}

}  // namespace gilir::cli
