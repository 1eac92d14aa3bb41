#include "core/duplicate/terms.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/text.h"
#include "core/duplicate/affixes.h"
#include "core/duplicate/stop_words.h"

namespace gilir::duplicate {
namespace {

constexpr std::size_t shortest_identifier = 5;
constexpr std::size_t shortest_identifying_number = 6;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_joiner(char c) {
  return c == '-' || c == '_' || c == '.' || c == '/' || c == ':';
}

// Letters and digits; beyond ASCII everything but the blocks of signs, pictures and invisible characters,
// which spares a table of the world's letters.
bool is_word_character(char32_t c) {
  if (c < 0x80) return is_digit(static_cast<char>(c)) || is_ascii_letter(static_cast<char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7 || c == 0xFFFD) return false;
  if ((c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x303F)) return false;
  if ((c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0x1F000 && c <= 0x1FAFF)) return false;
  return !is_dangerous(c);
}

// An apostrophe inside a word is no break: "can't", "jum'at".
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

// The end of the word that begins at `at`.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    // Most of each word is ASCII.
    if (is_digit(text[at]) || is_ascii_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    if (!is_word_character(c)) {
      if (!is_apostrophe(c) || next >= text.size()) break;
      std::size_t after = next;
      if (!is_word_character(next_code_point(text, after))) break;
    }
    at = next;
  }
  return at;
}

// Whether the word goes on behind the joiner at `at`. A full stop before a capital is the end of a sentence
// whose blank was forgotten, as in "kantor-123.Mohon".
bool joins(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || !is_joiner(text[at])) return false;
  std::size_t next = at + 1;
  if (!is_word_character(next_code_point(text, next))) return false;
  const bool sentence = text[at] == '.' && is_upper(text[at + 1]) && next < text.size() &&
                        is_ascii_letter(text[next]) && !is_upper(text[next]);
  return !sentence;
}

bool is_all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

bool is_letterless(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_digit(c) || is_joiner(c); });
}

// An IPv4 address, perhaps with a port.
bool is_dotted_address(std::string_view text) {
  return std::ranges::count(text, '.') == 3 && is_letterless(text);
}

bool names_one_thing(std::string_view term) {
  if (is_all_digits(term)) return term.size() >= shortest_identifying_number;
  if (is_dotted_address(term)) return true;
  return term.size() >= shortest_identifier && std::ranges::any_of(term, is_digit) && !is_letterless(term);
}

std::string cut(std::string_view text) {
  if (text.size() <= max_word_bytes) return std::string(text);
  std::size_t end = 0;
  for (std::size_t at = 0; at <= max_word_bytes; next_code_point(text, at)) end = at;
  return std::string(text.substr(0, end));
}

// The term of one word without joiners; empty for stop words and single letters.
std::string term_of(std::string_view written) {
  auto term = fold_case(cut(written));
  std::erase(term, '\'');
  if (const auto curly = term.find("\u2019"); curly != std::string::npos) term.erase(curly, 3);
  if (term.size() < 2 && !is_all_digits(term)) return {};
  if (is_stop_word(term)) return {};
  const bool plain = std::ranges::all_of(term, [](char c) { return c >= 'a' && c <= 'z'; });
  return plain ? without_affixes(term) : term;
}

class Collector {
 public:
  explicit Collector(std::size_t most) : most_(most) {}

  bool full() const { return words_.size() >= most_; }

  void add(Word word) {
    if (word.term.empty() || full()) return;
    const auto [place, fresh] = places_.try_emplace(word.term, words_.size());
    if (!fresh)
      ++words_[place->second].count;
    else
      words_.push_back(std::move(word));
  }

  void add_single(std::string_view written) {
    Word word{.term = term_of(written), .written = cut(written), .parts = {}};
    word.number = is_all_digits(word.term);
    word.identifier = names_one_thing(word.term);
    add(std::move(word));
  }

  void add_compound(std::string_view written, const std::vector<std::string_view>& pieces) {
    if (written.size() > max_word_bytes) {
      for (const auto piece : pieces) add_single(piece);
      return;
    }
    Word word{.term = fold_case(written), .written = std::string(written), .parts = {}};
    word.identifier = names_one_thing(word.term);
    // The digits of an address or date mean nothing by themselves, and in another order something else.
    if (is_letterless(written)) return add(std::move(word));
    for (const auto piece : pieces) {
      if (auto part = term_of(piece); !part.empty()) word.parts.push_back(std::move(part));
    }
    add(std::move(word));
  }

  std::vector<Word> take() { return std::move(words_); }

 private:
  std::size_t most_;
  std::vector<Word> words_;
  std::unordered_map<std::string, std::size_t> places_;
};

void append_distinct(std::vector<std::string>& terms, std::unordered_set<std::string>& seen, std::vector<Word> words) {
  for (auto& word : words) {
    if (seen.insert(word.term).second) terms.push_back(word.term);
    for (auto& part : word.parts) {
      if (seen.insert(part).second) terms.push_back(std::move(part));
    }
  }
}

}  // namespace

std::vector<Word> words(std::string_view text, TextBounds bounds) {
  text = text.substr(0, bounds.bytes);
  Collector found(bounds.words);
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < text.size() && !found.full();) {
    std::size_t next = at;
    if (!is_word_character(next_code_point(text, next))) {
      at = next;
      continue;
    }
    const std::size_t start = at;
    pieces.clear();
    for (;;) {
      const std::size_t end = end_of_word(text, at);
      pieces.push_back(text.substr(at, end - at));
      at = end;
      if (!joins(text, at)) break;
      ++at;
    }
    const auto run = text.substr(start, at - start);
    const bool compound = pieces.size() > 1 && std::ranges::any_of(run, is_digit);
    if (compound)
      found.add_compound(run, pieces);
    else
      for (const auto piece : pieces) found.add_single(piece);
  }
  return found.take();
}

std::vector<std::string> terms(std::string_view text) {
  std::vector<std::string> found;
  std::unordered_set<std::string> seen;
  append_distinct(found, seen, words(text));
  return found;
}

std::vector<std::string> ticket_terms(std::string_view title, std::string_view body) {
  std::vector<std::string> found;
  std::unordered_set<std::string> seen;
  append_distinct(found, seen, words(title));
  append_distinct(found, seen, words(body));
  return found;
}

}  // namespace gilir::duplicate
