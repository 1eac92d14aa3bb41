// A list of rows for people (aligned columns) and for scripts (plain, csv, ids).
//
// People get a header row and, on a terminal, rows cut to its width: columns that can be spared go when the others
// would be cut to nothing, then the widest flexible column gives way first, the main one last; a row never wraps.
// `plain` is tab-separated without a header; `csv` follows RFC 4180 with the field names as header and cells that
// cannot become formulas; `csv_excel` is the same as spreadsheets open it where the comma is for decimals, with a byte
// order mark and semicolons; `ids` is the first column. Scripts get the text as it is, but for control characters;
// on a terminal it is escaped as everything is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/output/style.h"

namespace gilir::cli {

enum class Format { human, json, plain, ids, csv, csv_excel };
// Who reads what is for scripts.
enum class Reader { program, terminal };

// What one row shows in one column. `machine` is for scripts and defaults to the text that people see:
// give it where they differ (times, durations, "#41").
struct Cell {
  Span shown;
  std::string machine;

  Cell(Span span) : shown(std::move(span)), machine(shown.text) {}
  Cell(Span span, std::string for_scripts) : shown(std::move(span)), machine(std::move(for_scripts)) {}
  Cell(std::string text) : Cell(Span(std::move(text))) {}
  Cell(std::string_view text) : Cell(Span(text)) {}
  Cell(const char* text) : Cell(Span(text)) {}
  template <std::integral Number>
  Cell(Number number) : Cell(Span(number)) {}
  Cell(TicketNumber ticket) : shown(ticket), machine(std::to_string(ticket.value)) {}
  template <class Tag>
  Cell(const StrongText<Tag>& name) : Cell(Span(name)) {}
};

struct ColumnHead {
  std::string_view field;  // as in JSON: the csv header
  const char* title = "";  // N_("TITLE"): the header that people see
  bool flexible = false;   // may be cut to fit the terminal
  bool right = false;      // aligned to the right, for numbers
  bool main = false;       // flexible, and what people read the list for
  int spare = 0;           // left out where there is no room, the highest first; 0: never
};

// Rows already taken apart; Table below is the typed front.
struct TableText {
  std::vector<ColumnHead> heads;
  std::vector<std::vector<Cell>> rows;
};

// `width` 0 means unbounded. Every line ends in '\n'; nothing is printed for a table without rows.
std::string render_table(const TableText& table, std::size_t width, Palette palette, std::size_t indent = 0);
std::string render_plain(const TableText& table, Reader reader = Reader::program);
std::string render_csv(const TableText& table, Reader reader = Reader::program);
std::string render_csv_excel(const TableText& table, Reader reader = Reader::program);
std::string render_ids(const TableText& table, Reader reader = Reader::program);

template <class Row>
struct Column {
  ColumnHead head;
  std::function<Cell(const Row&)> cell;
};

template <class Row>
using Table = std::vector<Column<Row>>;

template <class Row>
TableText take_apart(const Table<Row>& table, const std::vector<Row>& rows) {
  TableText text;
  for (const auto& column : table) text.heads.push_back(column.head);
  text.rows.reserve(rows.size());
  for (const auto& row : rows) {
    auto& cells = text.rows.emplace_back();
    for (const auto& column : table) cells.push_back(column.cell(row));
  }
  return text;
}

}  // namespace gilir::cli
