#include "cli/shared_options.h"

#include <array>

namespace gilir::cli {
namespace {

constexpr std::string_view colour_choices[] = {"auto", "always", "never"};
constexpr std::string_view formats[] = {"plain", "ids", "csv", "csv-excel"};

constexpr std::array<OptionSpec, 6> global{{
    {.name = "as",
     .value = Value::required,
     .value_name = "AGENT",
     .about = N_("act as this agent (else $GILIR_AGENT, else the one that init made)")},
    {.name = "color",
     .value = Value::required,
     .value_name = "WHEN",
     .default_text = "auto",
     .about = N_("auto, always or never"),
     .choices = colour_choices},
    {.name = "desk",
     .value = Value::required,
     .value_name = "PATH",
     .about = N_("the desk (else $GILIR_DESK, else your config, else your own)")},
    {.name = "help", .letter = 'h', .about = N_("show this page")},
    {.name = "json",
     .value = Value::optional,
     .value_name = "FIELDS",
     .about = N_("print JSON, with these fields only; --json=help lists them")},
    {.name = "no-input", .about = N_("never ask; a missing answer is an error")},
}};

constexpr std::array<OptionSpec, 5> list{{
    {.name = "after",
     .value = Value::required,
     .value_name = "CURSOR",
     .about = N_("go on where an earlier list ended")},
    {.name = "count", .about = N_("say how many there are in all")},
    {.name = "format",
     .value = Value::required,
     .value_name = "FORMAT",
     .about = N_("plain (tab-separated), ids, csv, or csv-excel (semicolons)"),
     .choices = formats},
    {.name = "limit",
     .value = Value::required,
     .value_name = "N",
     .default_text = "50",
     .about = N_("at most this many rows")},
    {.name = "sort", .value = Value::required, .value_name = "ORDER", .about = N_("order of the rows")},
}};

constexpr std::array<OptionSpec, 2> change{{
    {.name = "dry-run", .about = N_("show what would change, and change nothing")},
    {.name = "request-id",
     .value = Value::required,
     .value_name = "ID",
     .about = N_("repeating with the same id has no second effect")},
}};

constexpr std::array<OptionSpec, 1> version{{
    {.name = "if-version",
     .value = Value::required,
     .value_name = "N",
     .about = N_("refuse when the ticket is no longer at this version")},
}};

constexpr std::array<OptionSpec, 2> message_with(const char* about) {
  return {{
      {.name = "file",
       .letter = 'F',
       .value = Value::required,
       .value_name = "FILE",
       .about = N_("read the text from a file, - for standard input")},
      {.name = "message", .letter = 'm', .value = Value::required, .value_name = "TEXT", .about = about},
  }};
}

constexpr auto message = message_with(N_("the text; without it your editor opens"));
constexpr auto message_if_any = message_with(N_("the text, where there is one"));

}  // namespace

std::span<const OptionSpec> global_options() {
  return global;
}
std::span<const OptionSpec> list_options() {
  return list;
}
std::span<const OptionSpec> change_options() {
  return change;
}
std::span<const OptionSpec> version_options() {
  return version;
}
std::span<const OptionSpec> message_options(bool may_lack_message) {
  return may_lack_message ? message_if_any : message;
}

const OptionSpec* find_option(const CommandSpec& command, std::string_view name) {
  const OptionSpec* found = nullptr;
  for_each_option(command, [&](const OptionSpec& option) {
    if (option.name == name && found == nullptr) found = &option;
  });
  return found;
}

const OptionSpec* find_option(const CommandSpec& command, char letter) {
  const OptionSpec* found = nullptr;
  for_each_option(command, [&](const OptionSpec& option) {
    if (letter != 0 && option.letter == letter && found == nullptr) found = &option;
  });
  return found;
}

}  // namespace gilir::cli
