#include "cli/help_page.h"

#include <algorithm>

#include "cli/help_topics.h"
#include "cli/output/output.h"
#include "cli/output/wrap.h"
#include "cli/shared_options.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

// Longer lines are hard to read, and on narrower terminals than the least one no page looks good.
constexpr std::size_t widest_page = 80;
constexpr std::size_t narrowest_page = 50;
constexpr std::size_t margin = 2;
constexpr std::size_t gap = 2;
constexpr std::size_t widest_label = 34;

using Entry = HelpEntry;

std::size_t page_width(const Output& output) {
  if (!output.options().stdout_terminal) return widest_page;
  return std::clamp(output.width(), narrowest_page, widest_page);
}

void show_section(Output& output, const char* title, const std::vector<Entry>& entries) {
  if (entries.empty()) return;
  output.line();
  output.line(heading(title));
  show_entries(output, entries);
}

std::string long_form(const OptionSpec& option) {
  auto form = std::string("--").append(option.name);
  if (option.value == Value::required) form.append(" ").append(option.value_name);
  if (option.value == Value::optional) form.append("[=").append(option.value_name).append("]");
  return form;
}

std::string option_label(const OptionSpec& option) {
  const auto letter = option.letter == 0 ? std::string("    ") : std::string{'-', option.letter, ',', ' '};
  return letter + long_form(option);
}

std::vector<Entry> option_entries(const CommandSpec& command, bool global) {
  std::vector<Entry> entries;
  for_each_option(command, [&](const OptionSpec& option) {
    if (is_global(option) == global) entries.push_back({option_label(option), option_about(command, option)});
  });
  return entries;
}

std::string noun_of(std::string_view path) {
  return std::string(path.substr(0, path.find(' ')));
}

// An example too long for the page, broken as a shell takes it.
void show_example(Output& output, const ExampleSpec& example) {
  const auto rows = wrapped(example.command, page_width(output) - 8);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const bool last = at + 1 == rows.size();
    output.line({at == 0 ? "  " : "      ", bold(rows[at]), last ? "" : " \\"});
  }
  for (const auto& line : wrapped(_(example.about), page_width(output) - 6)) output.line({"      ", line});
}

std::vector<Entry> verb_entries(CommandTable table, std::string_view noun) {
  std::vector<Entry> verbs;
  for (const CommandSpec* command : table) {
    const auto path = command->path;
    if (!command->hidden && path.size() > noun.size() && path.starts_with(noun) && path[noun.size()] == ' ') {
      verbs.push_back({brief_usage(*command), _(command->purpose)});
    }
  }
  return verbs;
}

}  // namespace

void show_entries(Output& output, const std::vector<Entry>& entries) {
  std::size_t column = 0;
  for (const auto& entry : entries) {
    const std::size_t width = gilir::display_width(entry.label);
    if (width <= widest_label) column = std::max(column, width);
  }
  const std::string indent(margin, ' ');
  const std::string hanging(margin + column + gap, ' ');
  for (const auto& entry : entries) {
    const std::size_t width = gilir::display_width(entry.label);
    auto lines = wrapped(entry.about, page_width(output) - hanging.size());
    if (width > column) {
      output.line({indent, bold(entry.label)});
    } else {
      output.line({indent, bold(entry.label), lines.front().empty() ? "" : std::string(column - width + gap, ' '),
                   lines.front()});
      lines.erase(lines.begin());
    }
    for (const auto& line : lines) output.line({hanging, line});
  }
}

void show_paragraph(Output& output, const std::string& text) {
  for (const auto& line : wrapped(text, page_width(output))) output.line(line);
}

std::string option_about(const CommandSpec& command, const OptionSpec& option) {
  std::string about = _(option.about);
  if (option.name == "sort") {
    std::string orders;
    for (const auto& order : command.sort_orders) orders.append(orders.empty() ? ": " : ", ").append(order);
    about += orders;
  }
  if (!option.default_text.empty()) about += plain_text(phrase(_(" (default: {})"), option.default_text));
  return about;
}

bool is_global(const OptionSpec& option) {
  const auto all = global_options();
  return &option >= all.data() && &option < all.data() + all.size();
}

std::string brief_usage(const CommandSpec& command) {
  std::string usage(command.path);
  for (const auto& positional : command.positionals) {
    const bool needed = positional.count == Count::required || positional.count == Count::many;
    const bool several = positional.count == Count::many || positional.count == Count::any_number;
    usage.append(needed ? " " : " [").append(positional.name);
    usage.append(several ? "..." : "").append(needed ? "" : "]");
  }
  return usage;
}

std::string usage_line(const CommandSpec& command) {
  std::string usage = "gilir";
  const auto brief = brief_usage(command);
  if (!brief.empty()) usage.append(" ").append(brief);
  for (const auto& option : command.options) {
    if (option.needed) usage.append(" ").append(long_form(option));
  }
  usage.append(" ").append(_("[OPTIONS]"));
  if (command.tail == Tail::after_positionals) usage += " [COMMAND...]";
  if (command.tail == Tail::after_dashes) usage += " -- COMMAND...";
  return usage;
}

void show_overview(Output& output, CommandTable table, const std::vector<Plugin>& plugins) {
  output.line(_("gilir: take turns, on a help desk's tickets and on its servers' logins"));
  output.line();
  output.line(_("usage: gilir NOUN VERB [ARGUMENTS] [OPTIONS]"));
  std::vector<Entry> alone;
  std::vector<std::string> nouns;
  for (const CommandSpec* command : table) {
    if (command->hidden || command->path.empty()) continue;
    const auto noun = noun_of(command->path);
    if (noun == command->path)
      alone.push_back({noun, _(command->purpose)});
    else if (nouns.empty() || nouns.back() != noun)
      nouns.push_back(noun);
  }
  for (const auto& noun : nouns) {
    std::vector<Entry> verbs;
    for (const CommandSpec* command : table) {
      if (!command->hidden && command->path.starts_with(noun + " ")) {
        verbs.push_back({std::string(command->path), _(command->purpose)});
      }
    }
    show_section(output, noun.c_str(), verbs);
  }
  show_section(output, _("by themselves"), alone);
  std::vector<Entry> foreign;
  for (const auto& plugin : plugins) foreign.push_back({plugin.name, plugin.path});
  show_section(output, _("plugins"), foreign);
  output.line();
  output.line(_("gilir help NOUN, gilir NOUN VERB --help: more about each"));
  output.line(_("gilir help words: what the words mean; gilir help locks: how locks work"));
  output.line(_("gilir help exit-codes: how it ends, for scripts"));
}

void show_noun(Output& output, CommandTable table, std::string_view noun) {
  const auto verbs = verb_entries(table, noun);
  if (const auto* topic = find_topic({std::string(noun)})) {
    show_topic(output, *topic);
    output.line();
  }
  output.line(phrase(_("usage: gilir {} VERB [ARGUMENTS] [OPTIONS]"), noun));
  output.line();
  show_entries(output, verbs);
  output.line();
  output.line(phrase(_("gilir {} VERB --help: more about each"), noun));
}

void show_command(Output& output, CommandTable table, const CommandSpec& command) {
  show_paragraph(output, _(command.purpose));
  output.line();
  const std::string lead = _("usage: ");
  auto usage = wrapped(usage_line(command), page_width(output) - gilir::display_width(lead));
  output.line({lead, bold(usage.front())});
  for (std::size_t at = 1; at < usage.size(); ++at)
    output.line({std::string(gilir::display_width(lead), ' '), bold(usage[at])});
  std::vector<Entry> entries;
  for (const auto& positional : command.positionals) {
    if (*positional.about != '\0') entries.push_back({std::string(positional.name), _(positional.about)});
  }
  if (*command.about != '\0') {
    output.line();
    show_paragraph(output, _(command.about));
  }
  show_section(output, _("arguments"), entries);
  show_section(output, _("options"), option_entries(command, false));
  show_section(output, _("options of every command"), option_entries(command, true));
  if (!command.examples.empty()) {
    output.line();
    output.line(heading(_("examples")));
  }
  for (const auto& example : command.examples) show_example(output, example);
  entries.clear();
  for (const auto& special : command.exit_codes) entries.push_back({std::to_string(special.code), _(special.about)});
  show_section(output, _("exit codes"), entries);
  show_section(output, _("verbs"), verb_entries(table, command.path));
}

void show_fields(Output& output, const CommandSpec& command) {
  for (const auto& field : command.fields) output.line(field);
}

}  // namespace gilir::cli
