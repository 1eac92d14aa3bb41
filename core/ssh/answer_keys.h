// Answers typed into a session between what is typed for its program: a prefix, then a letter.
//
// The prefix is Ctrl-], or as with ssh a tilde at the start of a line (after Enter, or first of all). A prefix that no
// letter follows goes to the program together with what follows; one typed twice goes there once. A dot behind the
// tilde leaves the session, whether something is asked or not; not behind Ctrl-], which editors use. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gilir {

class AnswerKeys {
 public:
  static constexpr char prefix = 0x1d;  // Ctrl-]
  static constexpr char line_prefix = '~';
  static constexpr char leave = '.';

  // Takes an answer, one of `letters` or `leave`, out of what was typed. What is left goes to the program: a prefix
  // that was held back before comes first.
  std::optional<char> take(std::string& typed, std::string_view letters);

 private:
  char held_ = 0;
  bool at_line_start_ = true;
};

}  // namespace gilir
