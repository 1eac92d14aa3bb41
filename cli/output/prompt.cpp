#include "cli/output/prompt.h"

#include "cli/output/output.h"
#include "cli/output/translate.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr int most_tries = 3;
constexpr char escape = '\x1b';

}  // namespace

void Prompt::require_terminal(const Line& question, std::string_view flag) const {
  if (options_.may_ask) return;
  throw usage_error(UsageProblem::answer_needed).with("question", plain_text(question)).with("option", flag);
}

void Prompt::show_to_answer(const Line& question) {
  input_.forget_typed();
  output_.note(question);
}

char Prompt::key(const Line& question) {
  show_to_answer(question);
  return input_.key();
}

bool Prompt::yes(const Line& question, std::string_view flag, bool enter_means) {
  require_terminal(question, flag);
  Line asked = question;
  asked += enter_means ? _(" [Y/n]") : _(" [y/N]");
  const char pressed = key(asked);
  if (pressed == '\n') return enter_means;
  return pressed == 'y' || pressed == 'Y';
}

std::optional<char> Prompt::choose(const Line& question, const std::vector<Choice>& choices, std::string_view flag) {
  require_terminal(question, flag);
  output_.note(question);
  const auto row_of = [](const Choice& choice) {
    return Line{"  ", bold(std::string(1, choice.key)), "  "}.hang_here() += choice.about;
  };
  for (const auto& choice : choices) {
    if (&choice != &choices.back()) output_.note(row_of(choice));
  }
  char pressed = key(row_of(choices.back()));
  for (int tries = 1; pressed != 0 && pressed != escape; ++tries) {
    for (const auto& choice : choices) {
      if (choice.key == pressed) return pressed;
    }
    if (tries == most_tries) break;
    pressed = input_.key();
  }
  return std::nullopt;
}

std::string Prompt::line(const Line& question, std::string_view flag) {
  require_terminal(question, flag);
  show_to_answer(question);
  const auto answer = input_.line(max_line_bytes);
  return std::string(trimmed(answer.value_or("")));
}

}  // namespace gilir::cli
