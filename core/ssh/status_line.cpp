#include "core/ssh/status_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace gilir {
namespace {

constexpr int rows_of_the_program = 2;

std::string save_cursor() {
  return "\x1b"
         "7";
}
std::string restore_cursor() {
  return "\x1b"
         "8";
}

}  // namespace

std::string StatusLine::show(std::vector<std::string> lines, const WindowSize& size) {
  const auto room = static_cast<std::size_t>(std::max(size.rows - rows_of_the_program, 0));
  lines.resize(std::min(lines.size(), room));
  if (lines.empty()) return hide(size);
  if (lines == lines_ && rows_ == size.rows) return {};
  std::string written;
  if (rows_ != size.rows || lines_.size() != lines.size()) {
    written += hide(size);
    const auto count = static_cast<int>(lines.size());
    // Line feeds make room when the cursor stands in the last lines; the region's change would move it, so it is kept.
    written += std::string(lines.size(), '\n') + save_cursor() + fmt::format("\x1b[1;{}r", size.rows - count) +
               restore_cursor() + fmt::format("\x1b[{}A", count);
    rows_ = size.rows;
  }
  lines_ = std::move(lines);
  written += save_cursor();
  int row = rows_ - static_cast<int>(lines_.size());
  for (const auto& line : lines_) {
    written += fmt::format("\x1b[{};1H\x1b[0;7m{}\x1b[K\x1b[0m", ++row,
                           cut_to_width(line, static_cast<std::size_t>(size.columns)));
  }
  return written + restore_cursor();
}

std::size_t StatusLine::whole_lines(const WindowSize& size) const {
  const auto columns = static_cast<std::size_t>(std::max(size.columns, 0));
  const auto first_cut = std::ranges::find_if(lines_, [&](const auto& line) { return display_width(line) > columns; });
  return static_cast<std::size_t>(first_cut - lines_.begin());
}

std::string StatusLine::hide(const WindowSize& size) {
  if (lines_.empty()) return {};
  std::string written = save_cursor();
  for (int row = std::max(size.rows - static_cast<int>(lines_.size()), 0); row < size.rows;)
    written += fmt::format("\x1b[{};1H\x1b[0m\x1b[K", ++row);
  lines_.clear();
  rows_ = 0;
  return written + fmt::format("\x1b[1;{}r", size.rows) + restore_cursor();
}

WindowSize StatusLine::remote_size(WindowSize size) const {
  size.rows = std::max(size.rows - static_cast<int>(lines_.size()), 1);
  return size;
}

}  // namespace gilir
