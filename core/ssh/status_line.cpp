#include "core/ssh/status_line.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace gilir {
namespace {

constexpr int least_rows = 3;

}  // namespace

std::string StatusLine::show(const std::string& text, const WindowSize& size) {
  if (size.rows < least_rows || (text == text_ && rows_ == size.rows)) return {};
  std::string written;
  if (rows_ != size.rows) {
    // A line feed makes room when the cursor stands in the last line; the region's change would move it, so it is kept.
    written += fmt::format(
        "\n\x1b"
        "7\x1b[1;{}r\x1b"
        "8\x1b[1A",
        size.rows - 1);
    rows_ = size.rows;
  }
  text_ = text;
  written += fmt::format(
      "\x1b"
      "7\x1b[{};1H\x1b[0;7m{}\x1b[K\x1b[0m\x1b"
      "8",
      rows_, cut_to_width(text, static_cast<std::size_t>(size.columns)));
  return written;
}

std::string StatusLine::hide(const WindowSize& size) {
  if (text_.empty()) return {};
  text_.clear();
  rows_ = 0;
  return fmt::format(
      "\x1b"
      "7\x1b[{};1H\x1b[0m\x1b[K\x1b[1;{}r\x1b"
      "8",
      size.rows, size.rows);
}

WindowSize StatusLine::remote_size(WindowSize size) const {
  if (is_shown()) --size.rows;
  return size;
}

}  // namespace gilir
