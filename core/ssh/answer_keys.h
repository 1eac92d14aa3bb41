// Answers typed into a session between what is typed for its program: a prefix, then a letter.
//
// The prefix is Ctrl-], or as with ssh a tilde at the start of a line (after Enter, or first of all). A prefix that no
// letter follows goes to the program together with what follows; Ctrl-] typed twice goes there once. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gilir {

class AnswerKeys {
 public:
  static constexpr char prefix = 0x1d;  // Ctrl-]
  static constexpr char line_prefix = '~';

  // Takes an answer, one of `letters`, out of what was typed; without letters nothing is one. What is left goes to the
  // program: a prefix that was held back before comes first.
  std::optional<char> take(std::string& typed, std::string_view letters);

 private:
  char held_ = 0;
  bool at_line_start_ = true;
};

}  // namespace gilir
