#include "cli/output/shell_words.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::string_view blanks = " \t\n";
// Within "…" a backslash before anything else is a backslash.
constexpr std::string_view escaped_in_double_quotes = "$`\"\\\n";

// Reads the word that starts at `at`, which is no blank, and moves `at` behind it.
std::optional<std::string> take_word(std::string_view text, std::size_t& at) {
  std::string word;
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const bool has_next = at + 1 < text.size();
    if (quote == '\'') {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '\\' && has_next) {
      const char next = text[++at];
      if (quote == '"' && escaped_in_double_quotes.find(next) == std::string_view::npos) word += c;
      // A line goes on behind it.
      if (next != '\n') word += next;
    } else if (quote == 0 && blanks.find(c) != std::string_view::npos) {
      return word;
    } else if (c == '"' || (c == '\'' && quote == 0)) {
      quote = quote == 0 ? c : 0;
    } else {
      word += c;
    }
  }
  if (quote != 0) return std::nullopt;
  return word;
}

// What no shell takes for anything but itself, wherever it stands in a word.
constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+,=";

// Bytes that a screen shows as something else: $'…' of POSIX.1-2024 (Shell Command Language, 2.2.4), by number.
std::string by_number(std::string_view word) {
  std::string quoted = "$'";
  for (const char c : word) {
    if (plain.find(c) != std::string_view::npos)
      quoted += c;
    else
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  }
  return quoted + "'";
}

}  // namespace

std::optional<std::vector<std::string>> shell_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = text.find_first_not_of(blanks); at < text.size(); at = text.find_first_not_of(blanks, at)) {
    auto word = take_word(text, at);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
  }
  return words;
}

std::string shell_word(std::string_view word) {
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  if (!is_utf8(word) || printable_line(word) != word) return by_number(word);
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

}  // namespace gilir::cli
