// Questions to a person. Asked on a terminal only, and not with --no-input; otherwise the absent answer is
// Error{usage} naming the flag that gives it. What was typed before a question stood there never answers it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/input.h"
#include "cli/output/style.h"

namespace gilir::cli {

class Output;

struct PromptOptions {
  bool may_ask = false;  // stdin and stderr are terminals, and --no-input was not given
};

class Prompt {
 public:
  Prompt(Input& input, Output& output, PromptOptions options = {})
      : input_(input), output_(output), options_(options) {}
  void configure(PromptOptions options) { options_ = options; }
  bool may_ask() const { return options_.may_ask; }

  struct Choice {
    char key;
    std::string_view about;
  };

  // True for yes; Enter means `enter_means`. `flag` is what would have answered: "--yes".
  bool yes(const Line& question, std::string_view flag, bool enter_means = false);
  // The key of one of `choices`, by one key press; the end of input and Escape are nothing. At most three
  // wrong keys are taken.
  std::optional<char> choose(const Line& question, const std::vector<Choice>& choices, std::string_view flag);
  // The key pressed once `question`, or the last line of one, stands on the terminal; as Input::key().
  char key(const Line& question);
  // A line of text, at most max_line_bytes, trimmed.
  std::string line(const Line& question, std::string_view flag);

 private:
  void require_terminal(const Line& question, std::string_view flag) const;
  // Nobody has read it before: what was typed until now is no answer to it.
  void show_to_answer(const Line& question);

  Input& input_;
  Output& output_;
  PromptOptions options_;
};

}  // namespace gilir::cli
