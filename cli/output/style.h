// Text with styles as typed spans. Commands never write escape codes: the text of every span is escaped when
// it is shown, so what came from a ticket or a server cannot reach the terminal raw.
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace gilir::cli {

// By meaning, not by colour; each reads on a dark and on a light background, and nothing is said by colour
// alone.
enum class Style { plain, bold, dim, heading, good, warning, bad, accent };

struct Span {
  std::string text;
  Style style = Style::plain;

  Span() = default;
  Span(std::string value, Style look = Style::plain) : text(std::move(value)), style(look) {}
  Span(std::string_view value, Style look = Style::plain) : text(value), style(look) {}
  Span(const char* value, Style look = Style::plain) : text(value), style(look) {}
  template <std::integral Number>
  Span(Number value, Style look = Style::plain) : text(std::to_string(value)), style(look) {}
  Span(TicketNumber ticket, Style look = Style::bold);
  template <class Tag>
  Span(const StrongText<Tag>& name, Style look = Style::plain) : text(name.value), style(look) {}
};

inline Span bold(std::string_view text) {
  return {text, Style::bold};
}
inline Span dim(std::string_view text) {
  return {text, Style::dim};
}
inline Span heading(std::string_view text) {
  return {text, Style::heading};
}
inline Span good(std::string_view text) {
  return {text, Style::good};
}
inline Span warning(std::string_view text) {
  return {text, Style::warning};
}
inline Span bad(std::string_view text) {
  return {text, Style::bad};
}
inline Span accent(std::string_view text) {
  return {text, Style::accent};
}

// One line of text. Line breaks inside a span are shown escaped. A terminal narrower than it gets several, broken
// between words (cli/output/wrap.h).
class Line {
 public:
  Line() = default;
  Line(Span span) : spans_{std::move(span)} {}
  Line(std::string_view text) : spans_{Span(text)} {}
  Line(const std::string& text) : spans_{Span(text)} {}
  Line(const char* text) : spans_{Span(text)} {}
  Line(std::initializer_list<Span> spans) : spans_(spans) {}
  explicit Line(std::vector<Span> spans) : spans_(std::move(spans)) {}

  Line& operator+=(const Line& line) {
    spans_.insert(spans_.end(), line.spans_.begin(), line.spans_.end());
    return *this;
  }
  // When the line is broken, the rest begins below what comes next: Line{label, "  "}.hang_here() += value.
  Line& hang_here() {
    hanging_after_ = spans_.size();
    return *this;
  }
  // The spans before that place; nothing: the rest is indented a little.
  std::optional<std::size_t> hanging_after() const { return hanging_after_; }
  const std::vector<Span>& spans() const { return spans_; }
  bool empty() const { return spans_.empty(); }

 private:
  std::vector<Span> spans_;
  std::optional<std::size_t> hanging_after_;
};

// A translated sentence with its parts filled in: phrase(_("{} holds {} since {}."), bold(agent), server, since).
// {} takes the next part, {0} {1} … name one, so that a translation may reorder; a place without a part
// stays empty.
Line fill_phrase(std::string_view pattern, const std::vector<Span>& parts);

template <class... Parts>
Line phrase(std::string_view pattern, const Parts&... parts) {
  return fill_phrase(pattern, {Span(parts)...});
}

// The same without styles, for sentences that travel as text (an error's message).
std::string plain_text(const Line& line);

enum class Palette { none, basic, rich };  // rich: 256 colours

// The line as a terminal is sent it: escaped by printable_line, styled by `palette`.
std::string render(const Line& line, Palette palette);

// Columns that the escaped line takes.
std::size_t display_width(const Line& line);

}  // namespace gilir::cli
