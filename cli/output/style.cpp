#include "cli/output/style.h"

#include <array>
#include <charconv>

#include "core/base/text.h"

namespace gilir::cli {
namespace {

struct Look {
  std::string_view basic;
  std::string_view rich;
};

// Of the 256 colours, those with a contrast of about 4:1 or more against both black and white. Of the basic ones, which
// each terminal shows as it likes, none that many show as a pale one: no yellow, cyan, white or bright.
constexpr std::array<Look, 8> looks{{
    {"", ""},
    {"1", "1"},
    {"2", "2"},
    {"1", "1"},
    {"32", "38;5;28"},
    {"35", "38;5;130"},
    {"31", "1;38;5;196"},
    {"1", "38;5;31"},
}};

std::string_view codes(Style style, Palette palette) {
  const Look& look = looks[static_cast<std::size_t>(style)];
  switch (palette) {
    case Palette::none:
      return {};
    case Palette::basic:
      return look.basic;
    case Palette::rich:
      return look.rich;
  }
  return {};
}

}  // namespace

Span::Span(TicketNumber ticket, Style look) : text("#"), style(look) {
  text += std::to_string(ticket.value);
}

Line fill_phrase(std::string_view pattern, const std::vector<Span>& parts) {
  Line line;
  std::size_t next = 0;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    if (open > 0) line += Span(pattern.substr(0, open));
    const auto name = pattern.substr(open + 1, close - open - 1);
    std::size_t index = next;
    if (name.empty())
      ++next;
    else
      std::from_chars(name.data(), name.data() + name.size(), index);
    if (index < parts.size()) line += parts[index];
    pattern.remove_prefix(close + 1);
  }
  if (!pattern.empty()) line += Span(pattern);
  return line;
}

std::string plain_text(const Line& line) {
  std::string text;
  for (const auto& span : line.spans()) text += span.text;
  return text;
}

std::string render(const Line& line, Palette palette) {
  std::string out;
  for (const auto& span : line.spans()) {
    const auto code = codes(span.style, palette);
    if (code.empty()) {
      out += printable_line(span.text);
    } else {
      out += "\x1b[";
      out += code;
      out += 'm';
      out += printable_line(span.text);
      out += "\x1b[0m";
    }
  }
  return out;
}

std::size_t display_width(const Line& line) {
  std::size_t width = 0;
  for (const auto& span : line.spans()) width += gilir::display_width(printable_line(span.text));
  return width;
}

}  // namespace gilir::cli
