#include "cli/manual/page.h"

#include "cli/exit_codes.h"
#include "cli/help_page.h"
#include "cli/output/translate.h"
#include "cli/shared_options.h"

namespace gilir::cli {
namespace {

// Text as roff takes it: no escapes, no requests, and dashes that can be copied.
std::string escaped(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";
    else if (c == '`')
      out += "\\(ga";
    else if (c == '^')
      out += "\\(ha";
    else if (c == '~')
      out += "\\(ti";
    else
      out += c;
  }
  return out;
}

std::string bold_roff(std::string_view text) {
  return "\\fB" + escaped(text) + "\\fR";
}
std::string italic_roff(std::string_view text) {
  return "\\fI" + escaped(text) + "\\fR";
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string header(const std::string& name, const ManualFacts& facts) {
  return ".TH " + escaped(upper(name)) + " 1 " + facts.date + " \"gilir " + facts.version + "\" \"gilir\"\n";
}

void add_section(std::string& page, const char* title) {
  page.append(".SH ").append(_(title)).append("\n");
}

void add_entry(std::string& page, const std::string& label, std::string_view about) {
  page.append(".TP\n").append(label).append("\n").append(escaped(about)).append("\n");
}

std::string without_full_stop(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string(text);
}

std::string option_label(const OptionSpec& option) {
  std::string label;
  if (option.letter != 0) label += bold_roff(std::string{'-', option.letter}) + ", ";
  label += bold_roff("--" + std::string(option.name));
  if (option.value == Value::required) label += " " + italic_roff(option.value_name);
  if (option.value == Value::optional) label += "[=" + italic_roff(option.value_name) + "]";
  return label;
}

// Those of the command, or those that every command takes.
void add_options(std::string& page, const CommandSpec& command, bool global) {
  for_each_option(command, [&](const OptionSpec& option) {
    if (is_global(option) == global) add_entry(page, option_label(option), option_about(command, option));
  });
}

bool has_own_options(const CommandSpec& command) {
  bool has = false;
  for_each_option(command, [&](const OptionSpec& option) { has = has || !is_global(option); });
  return has;
}

void add_examples(std::string& page, const CommandSpec& command) {
  add_section(page, N_("EXAMPLES"));
  for (const auto& example : command.examples) add_entry(page, bold_roff(example.command), _(example.about));
}

constexpr const char* variables[][2] = {
    {"GILIR_DESK", N_("the desk, where --desk does not name one")},
    {"GILIR_AGENT", N_("who acts, where --as does not say")},
    {"GILIR_HOLD", N_("the hold that renew and release mean; set by gilir with for its program")},
    {"NO_COLOR", N_("when set, no colour")},
    {"VISUAL", N_("the editor for longer texts; else EDITOR, else editor or vi")},
};

}  // namespace

std::string page_name(std::string_view path) {
  std::string name = "gilir";
  if (path.empty()) return name;
  name += "-";
  for (const char c : path) name += c == ' ' ? '-' : c;
  return name;
}

std::string overview_page(CommandTable table, const ManualFacts& facts) {
  std::string page = header("gilir", facts);
  add_section(page, N_("NAME"));
  page += "gilir \\- " + escaped(_("take turns, on a help desk's tickets and on its servers' logins")) + "\n";
  add_section(page, N_("SYNOPSIS"));
  page += bold_roff("gilir") + " " + italic_roff(_("NOUN VERB [ARGUMENTS] [OPTIONS]")) + "\n";
  add_section(page, N_("DESCRIPTION"));
  page += escaped(_("A ticket desk for people who log in to remote servers: tickets go round the agents in turn, and a "
                    "server lets in one agent at a time. Without words, gilir shows the desk, your tickets, and what "
                    "you have and wait for.")) +
          "\n";
  add_section(page, N_("COMMANDS"));
  for (const CommandSpec* command : table) {
    if (command->hidden || command->path.empty()) continue;
    add_entry(page, "\\fB" + escaped(page_name(command->path)) + "\\fR(1)", _(command->purpose));
  }
  add_section(page, N_("OPTIONS OF EVERY COMMAND"));
  add_options(page, CommandSpec{}, true);
  add_section(page, N_("EXIT STATUS"));
  for (const auto& [code, about] : exit_code_meanings()) add_entry(page, bold_roff(code), _(about));
  add_section(page, N_("ENVIRONMENT"));
  for (const auto& [name, about] : variables) add_entry(page, bold_roff(name), _(about));
  add_section(page, N_("FILES"));
  add_entry(page, italic_roff("~/.config/gilir/config"),
            _("your desk and the agent that you are there, as gilir init wrote them"));
  add_entry(page, italic_roff("~/.local/share/gilir/desk"), _("the desk, unless another is named"));
  return page;
}

std::string command_page(CommandTable table, const CommandSpec& command, const ManualFacts& facts) {
  const auto name = page_name(command.path);
  std::string page = header(name, facts);
  add_section(page, N_("NAME"));
  page += escaped(name) + " \\- " + escaped(without_full_stop(_(command.purpose))) + "\n";
  add_section(page, N_("SYNOPSIS"));
  page += bold_roff(usage_line(command)) + "\n";
  add_section(page, N_("DESCRIPTION"));
  page += escaped(_(command.purpose)) + "\n";
  if (*command.about != '\0') page += ".P\n" + escaped(_(command.about)) + "\n";
  for (const auto& positional : command.positionals) {
    if (*positional.about != '\0') add_entry(page, italic_roff(positional.name), _(positional.about));
  }
  if (has_own_options(command)) {
    add_section(page, N_("OPTIONS"));
    add_options(page, command, false);
  }
  add_section(page, N_("OPTIONS OF EVERY COMMAND"));
  add_options(page, command, true);
  if (!command.exit_codes.empty()) {
    add_section(page, N_("EXIT STATUS"));
    for (const auto& special : command.exit_codes)
      add_entry(page, bold_roff(std::to_string(special.code)), _(special.about));
    page += ".P\n" + escaped(_("The others are those of gilir(1).")) + "\n";
  }
  add_examples(page, command);
  add_section(page, N_("SEE ALSO"));
  page += "\\fBgilir\\fR(1)";
  const auto noun = command.path.substr(0, command.path.find(' '));
  for (const CommandSpec* other : table) {
    const bool related = other->path.substr(0, other->path.find(' ')) == noun && other != &command && !other->hidden;
    if (related) page += ",\n\\fB" + escaped(page_name(other->path)) + "\\fR(1)";
  }
  return page + "\n";
}

}  // namespace gilir::cli
