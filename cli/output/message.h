// A longer text from a person: -m TEXT, -F FILE (- is standard input), else an editor on a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/output/editor.h"

namespace gilir::cli {

// The text, and the draft that an editor left. saved() removes the draft; when the command fails before
// that, it stays and its path is told, so that nothing written is lost.
class Message {
 public:
  // Throws Error{usage} when -m and -F are both given, when there is neither and no editor can be asked, when
  // the text is longer than max_body_bytes, or when an edited text is empty.
  // The command must have `takes.message`. `initial` is what the editor starts with.
  static Message read(CommandContext& context, std::string_view initial = {});
  // The same where the text may be left out: without -m and -F no editor opens and the text is "".
  static Message read_if_given(CommandContext& context);

  Message(Message&& other) noexcept;
  Message& operator=(Message&&) = delete;
  ~Message();

  const std::string& text() const { return text_; }
  void saved();

 private:
  Message(Output& output, std::string text) : output_(&output), text_(std::move(text)) {}

  Output* output_;
  std::string text_;
  std::optional<Draft> draft_;
};

// A whole file as text. Throws Error{usage} when it cannot be read or exceeds max_body_bytes.
std::string read_text_file(const std::string& path);

}  // namespace gilir::cli
