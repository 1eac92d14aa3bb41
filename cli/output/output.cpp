#include "cli/output/output.h"

#include <algorithm>

#include "cli/output/translate.h"
#include "cli/output/wrap.h"
#include "cli/usage_error.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

void append_json_escape(std::string& out, char32_t code_point) {
  static constexpr std::string_view digits = "0123456789abcdef";
  const auto unit = [&](char32_t value) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(value >> shift) & 0xF];
  };
  if (code_point < 0x10000) {
    unit(code_point);
    return;
  }
  unit(0xD800 + ((code_point - 0x10000) >> 10));
  unit(0xDC00 + ((code_point - 0x10000) & 0x3FF));
}

// JSON is read on terminals too. Beyond ASCII only its strings can hold dangerous characters, and there \u202e
// means the same as the character itself. The writer has escaped what is ASCII.
std::string printable_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    if (static_cast<unsigned char>(json[at]) < 0x80) {
      out += json[at++];
      continue;
    }
    const char32_t code_point = next_code_point(json, at);
    if (is_dangerous(code_point))
      append_json_escape(out, code_point);
    else
      append_utf8(out, code_point);
  }
  return out;
}

// One line, or several where a terminal has only `width` columns; 0: it has no end.
std::string fitted(const Line& line, std::size_t width, Palette palette) {
  if (width == 0) return render(line, palette) + "\n";
  std::string out;
  for (const auto& row : lines_within(line, width)) out += render(row, palette) + "\n";
  return out;
}

}  // namespace

Output::Output(Sink& out, Sink& errors, OutputOptions options)
    : out_(out), errors_(errors), options_(std::move(options)) {}

void Output::line(const Line& line) {
  if (!is_human()) return;
  out_.write(fitted(line, options_.stdout_terminal ? options_.width : 0, options_.palette));
}

void Output::text(std::string_view text, std::size_t indent) {
  if (!is_human()) return;
  while (text.ends_with('\n')) text.remove_suffix(1);
  const std::string margin(indent, ' ');
  while (true) {
    const auto end = text.find('\n');
    auto row = text.substr(0, end);
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.find('\t') != std::string_view::npos) {
      // Where a tab ends is the terminal's to say.
      out_.write(margin + printable_text(row) + "\n");
    } else {
      const auto blanks = std::min(row.find_first_not_of(' '), row.size());
      line(row.empty() ? Line{} : Line{margin + std::string(blanks, ' ')}.hang_here() += Line(row.substr(blanks)));
    }
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

void Output::facts(const std::vector<std::pair<std::string, Line>>& facts) {
  std::size_t widest = 0;
  for (const auto& [label, value] : facts) widest = std::max(widest, gilir::display_width(printable_line(label)));
  for (const auto& [label, value] : facts) {
    const std::size_t padding = widest - gilir::display_width(printable_line(label)) + 2;
    line(Line{dim(label), std::string(padding, ' ')}.hang_here() += value);
  }
}

void Output::note(const Line& line) {
  out_.flush();
  write_error(fitted(line, options_.stderr_terminal ? options_.width : 0, options_.error_palette));
}

void Output::write_error(std::string_view text) {
  errors_.write(text);
  flush_errors();
}

void Output::flush_errors() {
  try {
    errors_.flush();
  } catch (const Error&) {
    // A full disk behind stderr, or none: what is told beside a command's work changes nothing about how it ended.
  }
}

void Output::bytes(std::string_view bytes) {
  if (options_.stdout_terminal) {
    throw usage_error(_("a file's bytes are not shown on a terminal: redirect them with > FILE"));
  }
  out_.write(bytes);
}

void Output::error_json(std::string_view json) {
  out_.flush();
  write_error(printable_json(json) + "\n");
}

void Output::flush() {
  out_.flush();
  flush_errors();
}

void Output::envelope(std::string_view data, const Page* page) {
  std::string json = "{\"schema\":1,\"data\":";
  json += data;
  if (page != nullptr) {
    json += page->truncated ? ",\"truncated\":true" : ",\"truncated\":false";
    json += ",\"next\":";
    if (page->next.empty())
      json += "null";
    else
      write_json_string(json, page->next);
    if (page->total) json += ",\"total\":" + std::to_string(*page->total);
  }
  for (const auto& mark : marks_) json += ",\"" + mark + "\":true";
  json += "}\n";
  out_.write(printable_json(json));
}

void Output::table_rows(const TableText& table, std::size_t indent) {
  out_.write(render_table(table, options_.stdout_terminal ? options_.width : 0, options_.palette, indent));
}

void Output::listing(const TableText& table, const Page& page, const Line& when_empty) {
  const auto reader = options_.stdout_terminal ? Reader::terminal : Reader::program;
  switch (options_.format) {
    case Format::human:
      table_rows(table, 0);
      break;
    case Format::plain:
      out_.write(render_plain(table, reader));
      break;
    case Format::csv:
      out_.write(render_csv(table, reader));
      break;
    case Format::csv_excel:
      out_.write(render_csv_excel(table, reader));
      break;
    case Format::ids:
      out_.write(render_ids(table, reader));
      break;
    case Format::json:
      break;
  }
  if (is_json()) return;
  if (is_human() && table.rows.empty() && !when_empty.empty()) note(when_empty);
  // A script that reads rows has no other word of those that it did not get.
  if (page.total) note(phrase(_("{} in all."), *page.total));
  if (page.truncated) note(phrase(_("There are more: --after {}"), page.next));
}

}  // namespace gilir::cli
