#include "core/ssh/session_screen.h"

#include <algorithm>
#include <chrono>

#include "core/process/boot_timer.h"

namespace gilir {
namespace {

// What a person types for the remote program in the moment in which a question appears is no answer to it: a reaction
// to what is seen takes longer than half a second, and its keys are no words of haste.
constexpr Milliseconds answers_after{1000};
// Whoever typed something within this time will see what is asked.
constexpr Milliseconds used_lately = std::chrono::minutes{10};
// How long what was received may take to be written out after the session has ended.
constexpr Milliseconds flush_limit{500};

}  // namespace

SessionScreen::SessionScreen(const SessionRequest& request, Supervision& supervision)
    : supervision_(supervision),
      input_(request.standard_input),
      wants_terminal_(request.terminal),
      state_(request.standard_input),
      output_(request.standard_output),
      error_output_(request.standard_error),
      used_at_(boot_now()) {}

void SessionScreen::enter() {
  if (wants_terminal_) state_.make_raw();
}

std::optional<WindowSize> SessionScreen::remote_size() const {
  const auto whole = size();
  if (!whole || !wants_terminal_) return std::nullopt;
  return status_line_.remote_size(*whole);
}

void SessionScreen::put(bool is_error_output, std::string_view bytes) {
  auto& to = stream(is_error_output);
  to.put(bytes.data(), bytes.size());
  if (to.is_terminal()) traces_.see(bytes);
}

void SessionScreen::show_notices() {
  while (const auto notice = supervision_.take_notice()) {
    const std::string line = state_.is_raw() ? "\r\n" + *notice + "\r\n" : *notice + "\n";
    error_output_.put(line.data(), line.size());
    error_output_.write_some();
  }
}

bool SessionScreen::show_banner() {
  if (!state_.is_raw()) {
    if (const auto line = supervision_.take_banner_line()) {
      error_output_.put(line->data(), line->size());
      error_output_.put("\n", 1);
    }
    return false;
  }
  const auto whole = size();
  if (!whole || !output_.is_empty()) return false;
  const bool was_shown = status_line_.is_shown();
  const auto rows_before = status_line_.rows();
  const auto& banner = supervision_.banner();
  const auto left = banner ? std::max(banner->until - boot_now(), Milliseconds{0}) : Milliseconds{0};
  const auto written =
      banner ? status_line_.show(banner->rows(std::chrono::ceil<Seconds>(left)), *whole) : status_line_.hide(*whole);
  error_output_.put(written.data(), written.size());
  error_output_.write_some();
  if (banner && (!was_shown || asked_until_ + answers_after < banner->until)) {
    asked_until_ = banner->until;
    answers_from_ = boot_now() + answers_after;
  }
  const bool can_be_read = banner && error_output_.is_empty() && status_line_.whole_lines() >= banner->needed_rows;
  if (can_be_read && boot_now() - used_at_ < used_lately) supervision_.banner_is_shown();
  return rows_before != status_line_.rows();
}

bool SessionScreen::take_answers(std::string& typed) {
  if (typed_keys_.take(typed)) used_at_ = boot_now();
  if (!state_.is_raw()) return false;
  const auto& banner = supervision_.banner();
  const bool may_answer = banner && status_line_.is_shown() && boot_now() >= answers_from_;
  const auto answer = answer_keys_.take(typed, may_answer ? std::string_view(banner->keys) : std::string_view());
  if (answer == AnswerKeys::leave) return true;
  if (answer) supervision_.answer(*answer);
  return false;
}

void SessionScreen::flush_outputs() {
  const std::array streams{&output_, &error_output_};
  flush(streams, flush_limit);
}

void SessionScreen::end() {
  if (const auto whole = size(); whole && status_line_.is_shown()) {
    const auto written = status_line_.hide(*whole);
    error_output_.put(written.data(), written.size());
  }
  flush_outputs();
  if (const auto written = traces_.undo(); !written.empty()) {
    auto& screen = output_.is_terminal() ? output_ : error_output_;
    screen.put(written.data(), written.size());
    flush_outputs();
  }
  leave();
}

}  // namespace gilir
