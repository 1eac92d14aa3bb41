// Asks questions on the controlling terminal (/dev/tty), never on standard input, which may carry data.
#pragma once

#include <functional>
#include <string>

#include "core/ssh/ssh_target.h"

namespace gilir {

// Not thread-safe. Restores the terminal's echo on every way out, exceptions included.
class TerminalPrompt final : public Prompt {
 public:
  // `words` makes the line to show; what it takes from Question::text must be printable (core/base/text.h).
  explicit TerminalPrompt(std::function<std::string(const Question&)> words);

  bool can_ask() const override;
  std::optional<std::string> ask(const Question& question, const WaitReadable& wait_readable) override;

 private:
  std::function<std::string(const Question&)> words_;
};

}  // namespace gilir
