#include "core/ssh/typed_keys.h"

#include <algorithm>
#include <optional>

namespace gilir {
namespace {

constexpr char escape = '\x1b';
constexpr std::string_view bell = "\a";
constexpr std::string_view string_end = "\x1b\\";
// What is longer is no answer of a terminal.
constexpr std::size_t longest_sequence = 4096;

struct Sequence {
  std::size_t size = 0;
  bool is_typed = true;
};

bool is_between(char letter, char first, char last) {
  return first <= letter && letter <= last;
}

// ESC [ …: nothing when it is not whole yet.
std::optional<Sequence> control_sequence(std::string_view text) {
  constexpr std::size_t begin = 2;
  auto end = begin;
  while (end < text.size() && is_between(text[end], ' ', '?')) ++end;
  if (end == text.size()) return std::nullopt;
  const auto values = text.substr(begin, end - begin);
  const char last = text[end];
  const auto size = end + 1;
  // The old report of the mouse has three bytes behind it.
  constexpr std::size_t mouse_bytes = 3;
  if (last == 'M' && values.empty()) {
    if (text.size() < size + mouse_bytes) return std::nullopt;
    return Sequence{size + mouse_bytes, false};
  }
  constexpr std::string_view reports = "RcnMmtxy";
  const bool is_focus = values.empty() && (last == 'I' || last == 'O');
  const bool is_keyboard = last == 'u' && values.starts_with('?');
  return Sequence{size, !is_focus && !is_keyboard && (reports.find(last) == std::string_view::npos)};
}

// ESC ] … and ESC P …, up to BEL or ESC \: a key that a person holds with Alt begins so too, and no string follows.
std::optional<Sequence> string_sequence(std::string_view text) {
  constexpr std::size_t begin = 2;
  for (auto at = begin; at < text.size(); ++at) {
    const auto rest = text.substr(at);
    if (rest.starts_with(bell)) return Sequence{at + bell.size(), false};
    if (rest.starts_with(string_end)) return Sequence{at + string_end.size(), false};
    if (rest == string_end.substr(0, 1)) return std::nullopt;
    if (is_between(text[at], '\0', '\x1f')) return Sequence{begin, true};
  }
  return std::nullopt;
}

std::optional<Sequence> first_sequence(std::string_view text) {
  if (text.front() != escape) return Sequence{1, true};
  if (text.size() == 1) return std::nullopt;
  if (text[1] == '[') return control_sequence(text);
  constexpr std::string_view strings = "]P_^";
  if (strings.find(text[1]) != std::string_view::npos) return string_sequence(text);
  return Sequence{2, true};
}

}  // namespace

bool TypedKeys::take(std::string_view bytes) {
  begun_ += bytes;
  std::string_view text = begun_;
  bool is_typed = false;
  while (!text.empty()) {
    const auto sequence = first_sequence(text);
    if (!sequence && text.size() <= longest_sequence) break;
    is_typed = is_typed || !sequence || sequence->is_typed;
    text.remove_prefix(sequence ? sequence->size : text.size());
  }
  begun_ = std::string(text);
  return is_typed;
}

}  // namespace gilir
