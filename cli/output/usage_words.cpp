#include "cli/output/usage_words.h"

#include "cli/output/known_words.h"
#include "cli/output/translate.h"
#include "cli/usage_error.h"
#include "core/base/json_reader.h"

namespace gilir::cli {
namespace {

ErrorWords say(const Line& message, const Line& hint = {}) {
  return {plain_text(message), plain_text(hint)};
}

std::string file_name(const std::string& name) {
  return name == "-" ? _("standard input") : name;
}

ErrorWords value_words(UsageProblem problem, const Error& error) {
  const auto option = error.text("option");
  const auto given = error.text("given");
  switch (problem) {
    case UsageProblem::wants_duration:
      if (given.find_first_of("123456789") == 0 && given.find_first_not_of("0123456789") == std::string::npos) {
        return say(phrase(_("{} wants a duration such as 30m or 2h, and {} has no unit"), option, given),
                   phrase(_("Is it {}s, {}m or {}h?"), given, given, given));
      }
      return say(phrase(_("{} wants a duration such as 30m or 2h, not \"{}\""), option, given));
    case UsageProblem::wants_time:
      return say(phrase(_("{} wants a time such as 17:00, \"tomorrow 09:00\", \"2026-11-23 09:00\" or 2h, not \"{}\""),
                        option, given));
    case UsageProblem::wants_number:
      return say(phrase(_("{} wants a number from {} to {}, not \"{}\""), option, error.text("least"),
                        error.text("most"), given));
    case UsageProblem::wants_ticket:
      return say(phrase(_("{} wants a ticket's number such as 41, not \"{}\""), option, given));
    case UsageProblem::wants_one_ticket:
      return say(phrase(_("{} wants one ticket, not \"{}\""), option, given));
    case UsageProblem::too_many_tickets:
      return say(phrase(_("{} names more than {} tickets"), option, error.text("most")));
    case UsageProblem::too_long:
      return say(phrase(_("{} is longer than {} bytes"), file_name(option), error.text("most")));
    case UsageProblem::wants_choice:
      return say(phrase(_("{} wants one of {}, not \"{}\""), option, joined(error, "choices"), given));
    default:
      return {};
  }
}

Line unknown_option_hint(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  if (!part("usage").empty()) return phrase(_("{} is given without an option: {}"), part("positional"), part("usage"));
  if (!part("command").empty())
    return phrase(_("What belongs to the command that is to run stands behind --: gilir {} SERVER -- COMMAND"),
                  part("command"));
  if (!part("words").empty()) return phrase(_("Words that begin with - stand behind --: {}"), part("words"));
  return Line{did_you_mean(error)};
}

ErrorWords option_words(UsageProblem problem, const Error& error) {
  const auto option = error.text("option");
  switch (problem) {
    case UsageProblem::unknown_option:
      return say(phrase(_("there is no option {} here"), option), unknown_option_hint(error));
    case UsageProblem::missing_value:
      return say(phrase(_("{} wants a value: {} {}"), option, option, error.text("value")));
    case UsageProblem::takes_no_value:
      return say(phrase(_("{} takes no value"), option));
    case UsageProblem::repeated_option:
      return say(phrase(_("{} is given twice"), option));
    case UsageProblem::missing_option:
      return say(phrase(_("{} is missing"), option), error.text("found_with").empty()
                                                         ? phrase(_("See gilir {} --help"), error.text("command"))
                                                         : phrase(_("Find it with {}"), error.text("found_with")));
    case UsageProblem::conflicting_options:
      return say(phrase(_("{} and {} do not go together"), option, error.text("other")));
    case UsageProblem::answer_needed:
      return say(phrase(_("{} cannot be asked here"), error.text("question")), phrase(_("Answer with {}"), option));
    default:
      return value_words(problem, error);
  }
}

}  // namespace

std::string joined(const Error& error, std::string_view key, std::string_view separator) {
  const auto json = error.detail(key);
  if (!json.starts_with('[')) return {};
  std::string text;
  try {
    for (const auto& name : from_json<std::vector<std::string>>(json))
      text.append(text.empty() ? "" : separator).append(name);
  } catch (const Error&) {
    // A hub of another version may say it in another shape; the sentence does without.
  }
  return text;
}

std::string did_you_mean(const Error& error) {
  const auto names = joined(error, "near");
  return names.empty() ? names : plain_text(phrase(_("Did you mean {}?"), names));
}

ErrorWords usage_words(const Error& error) {
  const auto name = error.text("problem");
  const auto problem = enum_from_name<UsageProblem>(name);
  const auto given = error.text("given");
  if (!problem) return say(name.empty() ? std::string(_("the command line is wrong")) : name);
  const auto near = did_you_mean(error);
  switch (*problem) {
    case UsageProblem::unknown_command:
      return say(phrase(_("there is no command {}"), given), near.empty() ? _("gilir help lists them") : near);
    case UsageProblem::unknown_verb:
      return say(phrase(_("there is no command {} {}"), error.text("noun"), given),
                 near.empty() ? plain_text(phrase(_("gilir help {} lists what there is"), error.text("noun"))) : near);
    case UsageProblem::missing_argument:
      return say(phrase(_("{} is missing"), error.text("argument")),
                 phrase(_("See gilir {} --help"), error.text("command")));
    case UsageProblem::too_many_arguments:
      return say(phrase(_("there is one word too many: {}"), given), near);
    case UsageProblem::unknown_field:
      return say(phrase(_("there is no field {}"), given), near.empty() ? _("--json=help lists them") : near);
    case UsageProblem::no_fields:
      return say(phrase(_("this command has no fields to pick, such as {}"), given));
    case UsageProblem::file_unreadable:
      return say(phrase(_("cannot read {}: {}"), file_name(error.text("path")), known_words(error.text("because"))));
    case UsageProblem::editor_failed:
      return say(phrase(_("the editor {} failed"), error.text("editor")),
                 error.text("draft").empty() ? Line() : phrase(_("What you wrote is kept in {}"), error.text("draft")));
    case UsageProblem::no_home:
      return say(phrase(_("neither HOME nor {} is set"), error.text("variable")),
                 _("Set HOME, or name the desk with --desk"));
    default:
      return option_words(*problem, error);
  }
}

}  // namespace gilir::cli
