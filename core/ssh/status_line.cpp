#include "core/ssh/status_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/base/text.h"

namespace gilir {
namespace {

constexpr int rows_of_the_program = 2;
// What others wrote takes no more of the screen.
constexpr std::size_t rows_a_line = 3;

// A word that is wider than the terminal has a row of its own.
std::vector<std::string> broken_at_blanks(std::string_view line, std::size_t columns) {
  std::vector<std::string> rows{{}};
  while (!line.empty()) {
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    auto& row = rows.back();
    if (row.empty())
      row = word;
    else if (display_width(row) + 1 + display_width(word) <= columns)
      row.append(" ").append(word);
    else
      rows.emplace_back(word);
  }
  return rows;
}

// What has no room ends in the last row, which is cut.
std::vector<std::string> in_few_rows(std::vector<std::string> rows, std::size_t columns) {
  for (auto left = rows_a_line; left < rows.size(); ++left) rows[rows_a_line - 1].append(" ").append(rows[left]);
  rows.resize(std::min(rows.size(), rows_a_line));
  for (auto& row : rows) row = cut_to_width(row, columns);
  return rows;
}

std::string save_cursor() {
  return "\x1b"
         "7";
}
std::string restore_cursor() {
  return "\x1b"
         "8";
}

}  // namespace

std::string StatusLine::show(const std::vector<std::string>& lines, const WindowSize& size) {
  const auto columns = static_cast<std::size_t>(std::max(size.columns, 0));
  const auto room = static_cast<std::size_t>(std::max(size.rows - rows_of_the_program, 0));
  std::vector<std::string> rows;
  std::size_t whole = 0;
  bool is_all_whole = true;
  for (const auto& line : lines) {
    auto broken = broken_at_blanks(line, columns);
    is_all_whole = is_all_whole && broken.size() <= rows_a_line && rows.size() + broken.size() <= room &&
                   std::ranges::all_of(broken, [&](const auto& row) { return display_width(row) <= columns; });
    if (is_all_whole) ++whole;
    std::ranges::move(in_few_rows(std::move(broken), columns), std::back_inserter(rows));
  }
  rows.resize(std::min(rows.size(), room));
  if (rows.empty()) return hide(size);
  whole_lines_ = whole;
  if (rows == rows_ && height_ == size.rows) return {};
  std::string written;
  if (height_ != size.rows || rows_.size() != rows.size()) {
    written += hide(size);
    whole_lines_ = whole;
    const auto count = static_cast<int>(rows.size());
    // Line feeds make room when the cursor stands in the last lines; the region's change would move it, so it is kept.
    written += std::string(rows.size(), '\n') + save_cursor() + fmt::format("\x1b[1;{}r", size.rows - count) +
               restore_cursor() + fmt::format("\x1b[{}A", count);
    height_ = size.rows;
  }
  rows_ = std::move(rows);
  written += save_cursor();
  int at = height_ - static_cast<int>(rows_.size());
  for (const auto& row : rows_) {
    written += fmt::format("\x1b[{};1H\x1b[0;7m{}\x1b[K\x1b[0m", ++at, row);
  }
  return written + restore_cursor();
}

std::string StatusLine::hide(const WindowSize& size) {
  whole_lines_ = 0;
  if (rows_.empty()) return {};
  std::string written = save_cursor();
  for (int row = std::max(size.rows - static_cast<int>(rows_.size()), 0); row < size.rows;)
    written += fmt::format("\x1b[{};1H\x1b[0m\x1b[K", ++row);
  rows_.clear();
  height_ = 0;
  return written + fmt::format("\x1b[1;{}r", size.rows) + restore_cursor();
}

WindowSize StatusLine::remote_size(WindowSize size) const {
  size.rows = std::max(size.rows - static_cast<int>(rows_.size()), 1);
  return size;
}

}  // namespace gilir
