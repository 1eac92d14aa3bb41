#include "cli/output/output_choice.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "cli/usage_error.h"

namespace gilir::cli {
namespace {

constexpr std::size_t default_width = 80;
constexpr std::size_t least_width = 20;
constexpr std::size_t most_width = 1000;

std::size_t choose_width(const Environment& environment, const TerminalFacts& terminal) {
  std::size_t width = terminal.width;
  const auto columns = environment.value("COLUMNS");
  std::size_t stated = 0;
  const auto parsed = std::from_chars(columns.data(), columns.data() + columns.size(), stated);
  if (parsed.ec == std::errc{} && stated > 0) width = stated;
  return width == 0 ? default_width : std::clamp(width, least_width, most_width);
}

Palette palette_of_terminal(const Environment& environment) {
  const auto terminal = environment.value("TERM");
  const bool rich = terminal.find("256color") != std::string_view::npos || !environment.value("COLORTERM").empty();
  return rich ? Palette::rich : Palette::basic;
}

Palette choose_palette(std::string_view when, const Environment& environment, bool is_terminal) {
  if (when == "never") return Palette::none;
  if (when == "always") return palette_of_terminal(environment);
  const auto terminal = environment.value("TERM");
  const bool plain = !environment.value("NO_COLOR").empty() || terminal.empty() || terminal == "dumb";
  return is_terminal && !plain ? palette_of_terminal(environment) : Palette::none;
}

Format choose_format(const Arguments& arguments, bool is_list) {
  const bool json = arguments.given("json");
  const auto format = is_list ? arguments.choice("format", {"plain", "ids", "csv", "csv-excel"}) : std::nullopt;
  if (!format) return json ? Format::json : Format::human;
  if (json) {
    throw usage_error(UsageProblem::conflicting_options).with("option", "--json").with("other", "--format");
  }
  if (*format == "plain") return Format::plain;
  if (*format == "csv-excel") return Format::csv_excel;
  return *format == "ids" ? Format::ids : Format::csv;
}

OutputOptions choose(std::string_view when, const Environment& environment, const TerminalFacts& terminal) {
  OutputOptions options;
  options.palette = choose_palette(when, environment, terminal.output);
  options.error_palette = choose_palette(when, environment, terminal.errors);
  options.width = choose_width(environment, terminal);
  options.stdout_terminal = terminal.output;
  options.stderr_terminal = terminal.errors;
  return options;
}

}  // namespace

TerminalFacts terminal_facts() {
  TerminalFacts facts;
  facts.input = isatty(STDIN_FILENO) == 1;
  facts.output = isatty(STDOUT_FILENO) == 1;
  facts.errors = isatty(STDERR_FILENO) == 1;
  winsize size{};
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    if (facts.width == 0 && isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0)
      facts.width = size.ws_col;
  }
  return facts;
}

OutputOptions choose_output(const Arguments& arguments, const Environment& environment, const TerminalFacts& terminal) {
  const auto when = arguments.choice("color", {"auto", "always", "never"}).value_or("auto");
  auto options = choose(when, environment, terminal);
  options.format = choose_format(arguments, arguments.command().takes.list);
  options.fields = arguments.json_fields();
  return options;
}

OutputOptions choose_output(bool json, const Environment& environment, const TerminalFacts& terminal) {
  auto options = choose("auto", environment, terminal);
  if (json) options.format = Format::json;
  return options;
}

}  // namespace gilir::cli
