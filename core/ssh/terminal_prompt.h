// Asks questions on the controlling terminal (/dev/tty), never on standard input, which may carry data.
#pragma once

#include <functional>
#include <string>

#include "core/ssh/ssh_target.h"

namespace gilir {

// Not thread-safe. Restores the terminal's echo on every way out, exceptions included.
class TerminalPrompt final : public Prompt {
 public:
  // `words` makes what is shown; what it takes from the question must be printable (core/base/text.h), and bounded.
  explicit TerminalPrompt(std::function<std::string(const Question&)> words);

  bool can_ask() const override;
  void tell(const Question& question) override;
  std::optional<std::string> ask(const Question& question, const WaitReadable& wait_readable) override;

 private:
  std::function<std::string(const Question&)> words_;
};

}  // namespace gilir
