#include "core/ssh/terminal_prompt.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/process/terminal.h"

namespace gilir {

namespace {

constexpr std::size_t longest_answer = 1024;

}  // namespace

TerminalPrompt::TerminalPrompt(std::function<std::string(const Question&)> words) : words_(std::move(words)) {}

bool TerminalPrompt::can_ask() const {
  return static_cast<bool>(open_controlling_terminal());
}

void TerminalPrompt::tell(const Question& question) {
  if (const auto terminal = open_controlling_terminal()) write_all(terminal.get(), words_(question));
}

std::optional<std::string> TerminalPrompt::ask(const Question& question, const WaitReadable& wait_readable) {
  const auto terminal = open_controlling_terminal();
  if (!terminal) return std::nullopt;
  TerminalState state(terminal.get());
  // What was typed before the question is no answer to it.
  if (question.echo)
    ::tcflush(terminal.get(), TCIFLUSH);
  else
    state.hide_input();
  write_all(terminal.get(), words_(question));
  try {
    wait_readable(terminal.get());
  } catch (...) {
    // What is said next begins in a line of its own.
    write_all(terminal.get(), "\n");
    throw;
  }
  char line[longest_answer];
  // A terminal in line mode gives one line at a time; 0 is Ctrl-D.
  const auto got = ::read(terminal.get(), line, sizeof line);
  if (!question.echo) write_all(terminal.get(), "\n");
  if (got <= 0) return std::nullopt;
  std::string answer(line, static_cast<std::size_t>(got));
  ::explicit_bzero(line, sizeof line);
  while (answer.ends_with('\n') || answer.ends_with('\r')) answer.pop_back();
  return answer;
}

}  // namespace gilir
