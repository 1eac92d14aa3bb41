#include "cli/output/wrap.h"

#include <algorithm>

#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t usual_hang = 2;
constexpr std::string_view ends_of_sentences = ".,;:?!)";

// What stays on one line, and the blanks before it.
struct Piece {
  std::vector<Span> spans;
  std::size_t width = 0;
  std::size_t blanks = 0;
  Style blank_style = Style::plain;
};

void append(std::vector<Span>& spans, std::string_view text, Style style) {
  if (spans.empty() || spans.back().style != style) spans.emplace_back(std::string(), style);
  spans.back().text += text;
}

std::string text_of(const Piece& piece) {
  std::string text;
  for (const auto& span : piece.spans) text += span.text;
  return text;
}

// No line begins with these; of the wide ones as JIS X 4051 has it.
bool closes(std::string_view character) {
  constexpr std::string_view marks = ".,;:?!)\u3001\u3002\uff0c\uff0e\uff01\uff1f\u300d\u300f\uff09\u30fc\u3005";
  return marks.find(character) != std::string_view::npos;
}

// Takes a line apart, character by character.
class Pieces {
 public:
  void add(const Span& span) {
    const auto text = printable_line(span.text);
    for (std::size_t at = 0; at < text.size();) {
      const auto begin = at;
      next_code_point(text, at);
      const auto character = std::string_view(text).substr(begin, at - begin);
      if (character == " " && (span.style != Style::accent || begin == 0))
        add_blank(span.style);
      else
        add_character(character, span.style);
    }
  }
  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  void add_blank(Style style) {
    if (!between_) pending_ = {};
    between_ = true;
    ++pending_.blanks;
    pending_.blank_style = style;
  }

  void add_character(std::string_view character, Style style) {
    const auto width = gilir::display_width(character);
    const bool may_break = !after_joiner_ && (width == 2 || (width == 1 && after_wide_));
    if (between_ || pieces_.empty() || (may_break && style != Style::accent && !closes(character))) {
      pieces_.push_back(std::move(pending_));
      pending_ = {};
      between_ = false;
    }
    append(pieces_.back().spans, character, style);
    pieces_.back().width += width;
    if (width > 0) after_wide_ = width == 2;
    after_joiner_ = character == "\u200d";
  }

  std::vector<Piece> pieces_;
  Piece pending_;
  bool between_ = false;
  bool after_wide_ = false;
  bool after_joiner_ = false;
};

// "gilir ticket show 41" as one piece.
std::vector<Piece> with_whole_commands(std::vector<Piece> pieces, std::size_t width) {
  std::vector<Piece> joined;
  for (std::size_t at = 0; at < pieces.size();) {
    auto command = pieces[at++];
    if (text_of(command) == "gilir") {
      auto next = at;
      while (next < pieces.size() && text_of(pieces[next]) != "gilir" &&
             ends_of_sentences.find(text_of(pieces[next - 1]).back()) == std::string_view::npos) {
        append(command.spans, std::string(pieces[next].blanks, ' '), pieces[next].blank_style);
        for (const auto& span : pieces[next].spans) append(command.spans, span.text, span.style);
        command.width += pieces[next].blanks + pieces[next].width;
        ++next;
      }
      if (command.width > width)
        command = pieces[at - 1];
      else
        at = next;
    }
    joined.push_back(std::move(command));
  }
  return joined;
}

// Where the rest of a broken line begins.
std::size_t hanging_column(const Line& line, const std::vector<Piece>& pieces, std::size_t width) {
  const auto usual = (pieces.empty() ? 0 : pieces.front().blanks) + usual_hang;
  std::size_t column = usual;
  if (const auto before = line.hanging_after()) {
    column = 0;
    for (std::size_t at = 0; at < *before; ++at) column += gilir::display_width(printable_line(line.spans()[at].text));
  }
  if (column <= width / 2) return column;
  return usual <= width / 2 ? usual : 0;
}

}  // namespace

std::vector<Line> lines_within(const Line& line, std::size_t width) {
  if (display_width(line) <= width) return {line};
  Pieces taken_apart;
  for (const auto& span : line.spans()) taken_apart.add(span);
  const auto pieces = with_whole_commands(taken_apart.take(), width);
  const auto hang = hanging_column(line, pieces, width);
  std::vector<Line> lines;
  std::vector<Span> row;
  std::size_t used = 0;
  for (const auto& piece : pieces) {
    const bool endless = piece.width > width && piece.spans.front().style != Style::accent;
    if (used > 0 && used + piece.blanks + piece.width > width && (!endless || used >= width)) {
      lines.emplace_back(std::move(row));
      row.clear();
      used = std::min(hang, width - std::min(width, piece.width));
      if (used > 0) append(row, std::string(used, ' '), Style::plain);
    } else if (piece.blanks > 0) {
      append(row, std::string(piece.blanks, ' '), piece.blank_style);
      used += piece.blanks;
    }
    for (const auto& span : piece.spans) append(row, span.text, span.style);
    used += piece.width;
  }
  lines.emplace_back(std::move(row));
  return lines;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (const auto& line : lines_within(Line().hang_here() += Line(text), width)) lines.push_back(plain_text(line));
  return lines;
}

}  // namespace gilir::cli
