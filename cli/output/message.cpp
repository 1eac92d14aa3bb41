#include "cli/output/message.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/arguments.h"
#include "cli/input.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/process/descriptor.h"

namespace gilir::cli {
namespace {

std::string checked(std::string text, std::string_view option) {
  if (text.size() > max_body_bytes) {
    throw usage_error(UsageProblem::too_long).with("option", option).with("most", max_body_bytes);
  }
  return text;
}

// Every file ends its last line; the text does not.
std::string text_of_file(std::string text) {
  text.resize(text.find_last_not_of("\r\n") + 1);
  return text;
}

// The text of -m or -F; nothing when neither is given.
std::optional<std::string> given_text(CommandContext& context) {
  const auto text = context.arguments.text("message");
  const auto file = context.arguments.text("file");
  if (text && file) throw usage_error(UsageProblem::conflicting_options).with("option", "-m").with("other", "-F");
  if (text) return checked(*text, "-m");
  if (!file) return std::nullopt;
  if (*file != "-") return text_of_file(read_text_file(*file));
  return text_of_file(checked(context.input.all(max_body_bytes), "-F -"));
}

}  // namespace

std::string read_text_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    throw usage_error(UsageProblem::file_unreadable).with("path", path).with("because", std::string(strerror(errno)));
  }
  DescriptorInput input(file.get(), path);
  return checked(input.all(max_body_bytes), path);
}

Message Message::read(CommandContext& context, std::string_view initial) {
  if (auto text = given_text(context)) return {context.output, std::move(*text)};
  if (!context.prompt.may_ask()) {
    throw usage_error(UsageProblem::answer_needed).with("question", _("the text")).with("option", "-m TEXT");
  }
  if (editor_of(context.environment).empty()) {
    throw usage_error(_("there is no editor for the text: name one with $EDITOR, or give the text with -m TEXT"));
  }
  Draft draft(context.environment, initial);
  Message message(context.output, text_of_file(draft.edit(context.environment)));
  message.draft_ = std::move(draft);
  if (trimmed(message.text_).empty()) {
    message.saved();
    throw usage_error(_("the text is empty, so nothing was changed"));
  }
  return message;
}

Message Message::read_if_given(CommandContext& context) {
  return {context.output, given_text(context).value_or("")};
}

Message::Message(Message&& other) noexcept
    : output_(other.output_), text_(std::move(other.text_)), draft_(std::exchange(other.draft_, std::nullopt)) {}

void Message::saved() {
  if (draft_) draft_->remove();
  draft_.reset();
}

Message::~Message() {
  if (!draft_) return;
  try {
    output_->note(phrase(_("What you wrote is kept in {}"), draft_->path()));
  } catch (...) {
    // The file is there all the same, and the error that brought us here matters more.
  }
}

}  // namespace gilir::cli
