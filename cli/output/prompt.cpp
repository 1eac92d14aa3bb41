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

bool Prompt::yes(const Line& question, std::string_view flag, bool enter_means) {
  require_terminal(question, flag);
  Line asked = question;
  asked += enter_means ? _(" [Y/n]") : _(" [y/N]");
  output_.note(asked);
  const char key = input_.key();
  if (key == '\n') return enter_means;
  return key == 'y' || key == 'Y';
}

std::optional<char> Prompt::choose(const Line& question, const std::vector<Choice>& choices, std::string_view flag) {
  require_terminal(question, flag);
  output_.note(question);
  for (const auto& choice : choices) {
    output_.note(Line{"  ", bold(std::string(1, choice.key)), "  "}.hang_here() += choice.about);
  }
  for (int tries = 0; tries < most_tries; ++tries) {
    const char key = input_.key();
    if (key == 0 || key == escape) return std::nullopt;
    for (const auto& choice : choices) {
      if (choice.key == key) return key;
    }
  }
  return std::nullopt;
}

std::string Prompt::line(const Line& question, std::string_view flag) {
  require_terminal(question, flag);
  output_.note(question);
  const auto answer = input_.line(max_line_bytes);
  return std::string(trimmed(answer.value_or("")));
}

}  // namespace gilir::cli
