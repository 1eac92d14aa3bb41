#include "cli/output/foreign_text.h"

#include <algorithm>

#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t most_lines = 100;
constexpr std::size_t most_columns = 500;
// So many bytes have more columns than are shown, whatever is in them.
constexpr std::size_t most_bytes = 8 * most_columns;
constexpr std::size_t widest_character = 2;

std::string shown(std::string_view line) {
  std::string blanks;
  for (const char letter : line.substr(0, most_bytes)) {
    if (letter == '\t')
      blanks += "    ";
    else
      blanks += letter;
  }
  return cut_to_width(printable_line(blanks), most_columns);
}

}  // namespace

std::vector<std::string> foreign_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < most_lines) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(shown(line));
  }
  return lines;
}

std::vector<std::string> indented_foreign_lines(std::string_view text, std::size_t width) {
  const std::string indent = "  ";
  const auto most = std::max(width, indent.size() + widest_character);
  std::vector<std::string> lines;
  for (const auto& line : foreign_lines(text)) {
    auto part = indent;
    for (std::size_t at = 0; at < line.size();) {
      const auto begin = at;
      next_code_point(line, at);
      const auto character = std::string_view(line).substr(begin, at - begin);
      if (width != 0 && display_width(part) + display_width(character) > most) {
        lines.push_back(std::move(part));
        part = indent;
      }
      part += character;
    }
    lines.push_back(std::move(part));
  }
  return lines;
}

}  // namespace gilir::cli
