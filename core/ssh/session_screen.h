// The person's side of a session: the local terminal and outputs, what the remote program leaves on them, and the
// last lines, in which stands what others ask of the person.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/guardian/supervision.h"
#include "core/process/output_stream.h"
#include "core/process/terminal.h"
#include "core/process/terminal_traces.h"
#include "core/ssh/answer_keys.h"
#include "core/ssh/run_session.h"
#include "core/ssh/status_line.h"
#include "core/ssh/typed_keys.h"

namespace gilir {

// Not thread-safe. Borrows the supervision and the request's descriptors. The terminal's modes are as they were when it
// goes.
class SessionScreen {
 public:
  SessionScreen(const SessionRequest& request, Supervision& supervision);

  // The remote program has none, and reads lines as it would from a pipe. Before enter().
  void go_without_terminal() { wants_terminal_ = false; }
  // The terminal as the session needs it, and as it was.
  void enter();
  void leave() { state_.restore(); }
  // The size of the local terminal, and what the remote program has of it.
  std::optional<WindowSize> size() const { return window_size(input_); }
  std::optional<WindowSize> remote_size() const;

  // Of the remote program.
  OutputStream& stream(bool is_error_output) { return is_error_output ? error_output_ : output_; }
  const OutputStream& stream(bool is_error_output) const { return is_error_output ? error_output_ : output_; }
  void put(bool is_error_output, std::string_view bytes);
  bool is_written() const { return output_.is_empty() && error_output_.is_empty(); }

  void show_notices();
  // Between two pieces of the remote program's output, not within one. True: the remote program has more or fewer rows
  // from now on.
  bool show_banner();
  // Takes the keys that answer what the banner asks out of what was typed: they do not reach the remote program. True:
  // the person wants to leave, which they can say in a raw terminal only; elsewhere input is data.
  bool take_answers(std::string& typed);

  // What stands on the terminal from now on is ours or a shell's, wherever the remote program was cut off.
  void end();

 private:
  void flush_outputs();

  Supervision& supervision_;
  int input_;
  bool wants_terminal_;
  TerminalState state_;
  OutputStream output_;
  OutputStream error_output_;
  TerminalTraces traces_;  // of the remote program
  StatusLine status_line_;
  AnswerKeys answer_keys_;
  TypedKeys typed_keys_;
  BootTime used_at_;        // by a person
  BootTime asked_until_{};  // of the question that stands there
  BootTime answers_from_{};
};

}  // namespace gilir
