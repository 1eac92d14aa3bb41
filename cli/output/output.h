// The one way to stdout and stderr. Data goes to stdout, everything else to stderr.
//
// What a command shows to people (line, text, table) appears in human mode only; in JSON mode stdout carries
// nothing but the envelope. A command that gives one result reads
//     if (!output.json(result)) output.line(phrase(_("Filed as {}."), result.number));
// and a list is one call of list(). All text is escaped here (core/base/text.h), so no command can forget it.
// Not thread-safe. A failure to write surfaces as ReaderGone, on stdout also as Error{failed}; on stderr it is
// nobody's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/output/fields.h"
#include "cli/output/sink.h"
#include "cli/output/style.h"
#include "cli/output/table.h"

namespace gilir::cli {

struct OutputOptions {
  Format format = Format::human;
  std::vector<std::string> fields = {};  // of --json=A,B
  Palette palette = Palette::none;
  Palette error_palette = Palette::none;
  std::size_t width = 80;        // columns of the terminal
  bool stdout_terminal = false;  // only then rows are cut and lines are broken to fit `width`
  bool stderr_terminal = false;  // the same for notes
};

// Where a list goes on. `next` is what --after takes.
struct Page {
  bool truncated = false;
  std::string next = {};
  std::optional<std::int64_t> total = {};
};

class Output {
 public:
  Output(Sink& out, Sink& errors, OutputOptions options = {});
  void configure(OutputOptions options) { options_ = std::move(options); }
  const OutputOptions& options() const { return options_; }
  bool is_json() const { return options_.format == Format::json; }
  bool is_human() const { return options_.format == Format::human; }
  std::size_t width() const { return options_.width; }

  // For people, on stdout; broken between words where the terminal is narrower.
  void line(const Line& line = {});
  // A text of several lines, each indented; its line breaks and tabs are kept.
  void text(std::string_view text, std::size_t indent = 0);
  // "label  value" rows, labels padded to the widest.
  void facts(const std::vector<std::pair<std::string, Line>>& facts);
  // Rows of a table between other things that people are shown.
  template <class Row>
  void rows(const Table<Row>& table, const std::vector<Row>& rows, std::size_t indent = 0) {
    if (is_human()) table_rows(take_apart(table, rows), indent);
  }
  // For people, on stderr, in every mode: warnings, progress, what is being waited for.
  void note(const Line& line);

  // Puts `"key":true` beside the data of the envelopes that follow, as `replayed` and `dry_run`: how the result
  // came about. Only JSON shows it.
  void mark(std::string_view key) {
    if (std::ranges::find(marks_, key) == marks_.end()) marks_.emplace_back(key);
  }

  // Writes the envelope and returns true in JSON mode; otherwise does nothing. Called again, it writes
  // another line with another envelope, as `--follow` does.
  template <class T>
  bool json(const T& result);

  // A list in whichever format was asked for. `when_empty` is said to people on stderr instead of a table.
  template <class Row>
  void list(const Table<Row>& table, const std::vector<Row>& rows, const Page& page = {}, const Line& when_empty = {});

  // A file's bytes as they are, for --output=- and the like. Refused on a terminal (Error{usage}), where
  // they could be escape codes.
  void bytes(std::string_view bytes);
  // Our own text as it stands, such as a completion script; `text` must not contain anything from outside.
  void own_text(std::string_view text) { out_.write(text); }

  // One line of JSON on stderr: an error's envelope (error_words.h).
  void error_json(std::string_view json);
  void flush();

 private:
  void envelope(std::string_view data, const Page* page);
  void listing(const TableText& table, const Page& page, const Line& when_empty);
  void table_rows(const TableText& table, std::size_t indent);
  void write_error(std::string_view text);
  void flush_errors();

  Sink& out_;
  Sink& errors_;
  OutputOptions options_;
  std::vector<std::string> marks_;
};

template <class T>
bool Output::json(const T& result) {
  if (!is_json()) return false;
  std::string data;
  write_picked(data, result, options_.fields);
  envelope(data, nullptr);
  return true;
}

template <class Row>
void Output::list(const Table<Row>& table, const std::vector<Row>& rows, const Page& page, const Line& when_empty) {
  if (is_json()) {
    std::string data;
    write_picked(data, rows, options_.fields);
    envelope(data, &page);
  } else {
    listing(take_apart(table, rows), page, when_empty);
  }
}

}  // namespace gilir::cli
