#include "cli/output/table.h"

#include <algorithm>
#include <numeric>

#include "cli/output/translate.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_flexible = 6;
// What columns should have before others are spared for them.
constexpr std::size_t comfortable = 10;
constexpr std::size_t comfortable_main = 24;
constexpr std::size_t share_of_main = 2;

std::vector<std::size_t> natural_widths(const TableText& table) {
  std::vector<std::size_t> widths;
  for (const auto& head : table.heads) widths.push_back(gilir::display_width(_(head.title)));
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      widths[at] = std::max(widths[at], gilir::display_width(printable_line(row[at].shown.text)));
    }
  }
  return widths;
}

bool gives_way(const ColumnHead& head) {
  return head.flexible || head.main;
}

// The columns that a terminal of this width has room for.
std::vector<std::size_t> chosen_columns(const TableText& table, const std::vector<std::size_t>& widths,
                                        std::size_t width) {
  std::vector<std::size_t> columns(table.heads.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  const auto wanted = [&](std::size_t at) {
    const auto& head = table.heads[at];
    if (!gives_way(head)) return widths[at];
    return std::min(widths[at], head.main ? comfortable_main : comfortable);
  };
  const auto spare = [&](std::size_t at) { return table.heads[at].spare; };
  while (width != 0) {
    std::size_t total = gap * (columns.size() - 1);
    for (const auto at : columns) total += wanted(at);
    const auto last = std::ranges::max_element(columns, {}, spare);
    if (total <= width || spare(*last) == 0) break;
    columns.erase(last);
  }
  return columns;
}

// Takes from the widest column that gives way, one column of text at a time, until the row fits or none can give.
void shrink(std::vector<std::size_t>& widths, const std::vector<ColumnHead>& heads, std::size_t width) {
  std::size_t total = std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
  const auto weight = [&](std::size_t at) { return heads[at].main ? widths[at] / share_of_main : widths[at]; };
  while (total > width) {
    std::size_t widest = heads.size();
    for (std::size_t at = 0; at < heads.size(); ++at) {
      const bool can_give = gives_way(heads[at]) && widths[at] > least_flexible;
      if (can_give && (widest == heads.size() || weight(at) > weight(widest))) widest = at;
    }
    if (widest == heads.size()) return;
    --widths[widest];
    --total;
  }
}

// Only those columns, in that order.
template <class Cells>
Cells picked(const Cells& cells, const std::vector<std::size_t>& columns) {
  Cells some;
  for (const auto at : columns) some.push_back(cells[at]);
  return some;
}

// One row, cut at `width` when even the shrunk columns are too wide; no blanks at its end.
std::string render_row(const std::vector<Span>& cells, const std::vector<ColumnHead>& heads,
                       const std::vector<std::size_t>& widths, std::size_t width, Palette palette) {
  Line line;
  std::size_t used = 0;
  std::size_t pending = 0;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    std::size_t room = widths[at];
    if (width != 0) {
      if (used + pending >= width) break;
      room = std::min(room, width - used - pending);
    }
    const std::string text = cut_to_width(printable_line(cells[at].text), room);
    const std::size_t columns = gilir::display_width(text);
    const std::size_t padding = room - columns;
    if (heads[at].right) pending += padding;
    if (!text.empty()) {
      if (pending > 0) line += std::string(pending, ' ');
      used += pending + columns;
      pending = 0;
      line += Span(text, cells[at].style);
    }
    if (!heads[at].right) pending += padding;
    pending += gap;
  }
  return render(line, palette) + "\n";
}

// For programs: a right-to-left mark or a joiner is part of the text and does no harm in a file.
std::string without_controls(std::string_view text, bool keep_lines) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const char32_t code_point = next_code_point(text, at);
    const bool layout = keep_lines && (code_point == '\n' || code_point == '\t');
    const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F);
    if (control && !layout)
      out += printable_line(text.substr(begin, at - begin));
    else
      append_utf8(out, code_point);
  }
  return out;
}

std::string line_for(std::string_view text, Reader reader) {
  return reader == Reader::terminal ? printable_line(text) : without_controls(text, false);
}

// Spreadsheets take these first characters for a formula, and their full-width forms too (OWASP, "CSV Injection").
bool may_begin_a_formula(std::string_view text) {
  constexpr std::u32string_view first = U"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
  std::size_t at = 0;
  return !text.empty() && first.find(next_code_point(text, at)) != std::u32string_view::npos;
}

std::string csv_cell(std::string_view text, Reader reader) {
  std::string cell;
  if (may_begin_a_formula(text)) cell += '\'';
  cell += reader == Reader::terminal ? printable_text(text) : without_controls(text, true);
  // A semicolon parts cells where the comma is for decimals, and what follows it could be a formula.
  if (cell.find_first_of("\",;\r\n\t ") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char character : cell) {
    if (character == '"') quoted += '"';
    quoted += character;
  }
  return quoted + '"';
}

std::string csv_rows(const TableText& table, Reader reader, char separator) {
  std::string out;
  for (std::size_t at = 0; at < table.heads.size(); ++at) {
    if (at > 0) out += separator;
    out += csv_cell(table.heads[at].field, reader);
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at > 0) out += separator;
      out += csv_cell(row[at].machine, reader);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace

std::string render_table(const TableText& table, std::size_t width, Palette palette, std::size_t indent) {
  if (table.rows.empty() || table.heads.empty()) return {};
  const std::size_t room = width == 0 ? 0 : std::max(width, indent + 1) - indent;
  auto widths = natural_widths(table);
  const auto columns = chosen_columns(table, widths, room);
  const auto heads = picked(table.heads, columns);
  widths = picked(widths, columns);
  if (room != 0) shrink(widths, heads, room);
  const std::string margin(indent, ' ');
  std::vector<Span> titles;
  for (const auto& head : heads) titles.emplace_back(_(head.title), Style::heading);
  std::string out = margin + render_row(titles, heads, widths, room, palette);
  for (const auto& row : table.rows) {
    std::vector<Span> cells;
    for (const auto& cell : picked(row, columns)) cells.push_back(cell.shown);
    out += margin + render_row(cells, heads, widths, room, palette);
  }
  return out;
}

std::string render_plain(const TableText& table, Reader reader) {
  std::string out;
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at > 0) out += '\t';
      out += line_for(row[at].machine, reader);
    }
    out += '\n';
  }
  return out;
}

std::string render_csv(const TableText& table, Reader reader) {
  return csv_rows(table, reader, ',');
}

std::string render_csv_excel(const TableText& table, Reader reader) {
  return "\ufeff" + csv_rows(table, reader, ';');
}

std::string render_ids(const TableText& table, Reader reader) {
  std::string out;
  for (const auto& row : table.rows) {
    if (!row.empty()) out += line_for(row.front().machine, reader) + "\n";
  }
  return out;
}

}  // namespace gilir::cli
