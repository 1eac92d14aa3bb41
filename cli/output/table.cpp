#include "cli/output/table.h"

#include <algorithm>
#include <numeric>

#include "cli/output/translate.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_flexible = 6;

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

// Takes from the widest flexible column, one column of text at a time, until the row fits or none can give.
void shrink(std::vector<std::size_t>& widths, const std::vector<ColumnHead>& heads, std::size_t width) {
  std::size_t total = std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
  while (total > width) {
    std::size_t widest = heads.size();
    for (std::size_t at = 0; at < heads.size(); ++at) {
      const bool can_give = heads[at].flexible && widths[at] > least_flexible;
      if (can_give && (widest == heads.size() || widths[at] > widths[widest])) widest = at;
    }
    if (widest == heads.size()) return;
    --widths[widest];
    --total;
  }
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

std::string csv_cell(std::string_view text) {
  std::string cell;
  // Spreadsheets take these first characters for a formula (OWASP, "CSV Injection").
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell += '\'';
  cell += printable_text(text);
  if (cell.find_first_of("\",\r\n\t ") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char character : cell) {
    if (character == '"') quoted += '"';
    quoted += character;
  }
  return quoted + '"';
}

}  // namespace

std::string render_table(const TableText& table, std::size_t width, Palette palette) {
  if (table.rows.empty() || table.heads.empty()) return {};
  auto widths = natural_widths(table);
  if (width != 0) shrink(widths, table.heads, width);
  std::vector<Span> titles;
  for (const auto& head : table.heads) titles.emplace_back(_(head.title), Style::heading);
  std::string out = render_row(titles, table.heads, widths, width, palette);
  for (const auto& row : table.rows) {
    std::vector<Span> cells;
    for (const auto& cell : row) cells.push_back(cell.shown);
    out += render_row(cells, table.heads, widths, width, palette);
  }
  return out;
}

std::string render_plain(const TableText& table) {
  std::string out;
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at > 0) out += '\t';
      out += printable_line(row[at].machine);
    }
    out += '\n';
  }
  return out;
}

std::string render_csv(const TableText& table) {
  std::string out;
  for (std::size_t at = 0; at < table.heads.size(); ++at) {
    if (at > 0) out += ',';
    out += csv_cell(table.heads[at].field);
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at > 0) out += ',';
      out += csv_cell(row[at].machine);
    }
    out += "\r\n";
  }
  return out;
}

std::string render_ids(const TableText& table) {
  std::string out;
  for (const auto& row : table.rows) {
    if (!row.empty()) out += printable_line(row.front().machine) + "\n";
  }
  return out;
}

}  // namespace gilir::cli
