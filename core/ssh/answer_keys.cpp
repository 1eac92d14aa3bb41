#include "core/ssh/answer_keys.h"

#include <utility>

namespace gilir {

std::optional<char> AnswerKeys::take(std::string& typed, std::string_view letters) {
  std::string left;
  std::optional<char> answer;
  const auto pass_on = [&](char byte) {
    left += byte;
    at_line_start_ = byte == '\r' || byte == '\n';
  };
  for (const char byte : typed) {
    const bool may_answer = !answer && !letters.empty();
    if (const char held = std::exchange(held_, 0); held != 0) {
      const bool leaves = !answer && held == line_prefix && byte == leave;
      if (leaves || (may_answer && letters.find(byte) != std::string_view::npos)) {
        answer = byte;
        continue;
      }
      pass_on(held);
      if (held == byte) continue;
    }
    if ((may_answer && byte == prefix) || (byte == line_prefix && at_line_start_))
      held_ = byte;
    else
      pass_on(byte);
  }
  typed = std::move(left);
  return answer;
}

}  // namespace gilir
