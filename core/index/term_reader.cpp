#include "core/index/term_reader.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/index/affixes.h"
#include "core/index/normal_form.h"
#include "core/index/place_words.h"
#include "core/index/slang.h"
#include "core/index/terms.h"

namespace gilir::index {
namespace {

// What is read of one run without blanks; real names are shorter.
constexpr std::size_t max_run_bytes = 1'024;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// By the byte: most of a text is looked at by this alone.
constexpr auto ascii_words = [] {
  std::array<bool, 256> are{};
  for (unsigned char c = 0; c < 0x80; ++c)
    are[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return are;
}();
bool is_ascii_word(char c) {
  return ascii_words[static_cast<unsigned char>(c)];
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

// Whether a word surely ends before `rest`: behind it comes no sign that joins words.
bool ends_word(std::string_view rest) {
  if (rest.empty()) return true;
  if (!is_ascii(rest.front()) || is_ascii_word(rest.front())) return false;
  return rest.size() == 1 || (is_ascii(rest[1]) && !is_ascii_word(rest[1])) ||
         (rest.front() != '\'' && joiner(static_cast<unsigned char>(rest.front())) == 0);
}

// "bangeeet" is "banget".
void shorten(std::string& word) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < word.size();) {
    std::size_t end = at;
    while (end < word.size() && word[end] == word[at]) ++end;
    const std::size_t count = end - at >= 3 ? 1 : end - at;
    const char c = word[at];
    for (std::size_t i = 0; i < count; ++i) word[kept++] = c;
    at = end;
  }
  word.resize(kept);
}

std::size_t end_of_part(std::string_view word, std::size_t at) {
  const auto while_all = [&](auto is) {
    while (at < word.size() && is(word[at])) ++at;
    return at;
  };
  if (is_digit(word[at])) return while_all(is_digit);
  if (is_lower(word[at])) return while_all(is_lower);
  const std::size_t start = at;
  while_all(is_upper);
  if (at >= word.size() || !is_lower(word[at])) return at;
  // The last capital belongs to the small letters behind it.
  if (at - start > 1) return at - 1;
  return while_all(is_lower);
}

}  // namespace

void TermReader::find_run() {
  while (at_ < text_.size() && !is_ascii_word(text_[at_])) {
    if (is_ascii(text_[at_])) {
      ++at_;
      continue;
    }
    std::size_t next = at_;
    if (is_word_character(next_code_point(text_, next))) break;
    at_ = next;
  }
}

bool TermReader::read() {
  find_run();
  if (at_ >= text_.size()) return false;
  read_run();
  return true;
}

bool TermReader::pass(const LetterPairs& vain) {
  find_run();
  if (text_.size() - at_ < 2) return false;
  const std::array<char, 2> first{static_cast<char>(text_[at_] | 0x20), text_[at_ + 1]};
  const auto pair = letter_pair({first.data(), first.size()});
  if (!pair || !vain[*pair]) return false;
  auto end = at_ + 2;
  for (; end < text_.size() && is_lower(text_[end]); ++end) {
    if (text_[end] == text_[end - 1] && (text_[end] | 0x20) == (text_[end - 2] | 0x20)) return false;
  }
  if (end - at_ > max_term_bytes || !ends_word(text_.substr(end))) return false;
  at_ = end;
  return true;
}

void TermReader::read_run() {
  pieces_.clear();
  const std::size_t start = at_;
  for (;;) {
    const std::size_t end = end_of_word(at_, start + max_run_bytes);
    pieces_.push_back({at_, end});
    at_ = end;
    const std::size_t next = behind_joiner(start, at_);
    if (next == 0 || at_ - start >= max_run_bytes) break;
    at_ = next;
  }
  const Place whole{start, at_};
  if (pieces_.size() > 1) take_compound(whole);
  for (const auto& piece : pieces_) take_word(piece);
}

std::size_t TermReader::end_of_word(std::size_t at, std::size_t most) const {
  while (at < text_.size() && at < most) {
    if (is_ascii_word(text_[at])) {
      ++at;
      continue;
    }
    if (is_ascii(text_[at]) && text_[at] != '\'') break;
    std::size_t next = at;
    const char32_t c = next_code_point(text_, next);
    if (!is_word_character(c) && !is_ignorable(c)) {
      if (!is_apostrophe(c) || next >= text_.size()) break;
      std::size_t after = next;
      if (!is_word_character(next_code_point(text_, after))) break;
    }
    at = next;
  }
  return at;
}

// Where the next word of the compound that began at `start` begins; 0 when it ends at `at`.
std::size_t TermReader::behind_joiner(std::size_t start, std::size_t at) const {
  if (at >= text_.size() || static_cast<unsigned char>(text_[at]) <= ' ') return 0;
  std::size_t next = at;
  const char sign = joiner(next_code_point(text_, next));
  if (sign == 0 || next >= text_.size()) return 0;
  std::size_t after = next;
  if (!is_word_character(next_code_point(text_, after))) return 0;
  return sign == '.' && ends_sentence(start, at, next) ? 0 : next;
}

// A full stop before a capital may be the end of a sentence whose blank was forgotten, as in "kantor-123.Mohon".
// Names in programs look alike, but have more parts or begin with a capital: "java.lang.String", "Ti.View".
bool TermReader::ends_sentence(std::size_t start, std::size_t at, std::size_t next) const {
  if (!is_upper(text_[next]) || is_upper(text_[start])) return false;
  if (text_.substr(start, at - start).find('.') != std::string_view::npos) return false;
  std::size_t end = next + 1;
  while (end < text_.size() && is_lower(text_[end])) ++end;
  return end > next + 1 && (end >= text_.size() || static_cast<unsigned char>(text_[end]) <= ' ');
}

void TermReader::take_compound(Place place) {
  if (place.end - place.begin > max_term_bytes) return;
  whole_ = '=';
  whole_ += normal_form(text_.substr(place.begin, place.end - place.begin));
  std::erase(whole_, ' ');  // some signs are words in normal form
  if (whole_.size() <= max_term_bytes) take(std::string_view(whole_), place);
}

void TermReader::take_word(Place place) {
  const auto written = text_.substr(place.begin, place.end - place.begin);
  const bool ascii = std::ranges::all_of(written, is_ascii_word);
  if (!ascii) {
    const auto normal = normal_form(written);
    return take_segments(normal, place, normal == written);
  }
  take_plain(written, place);
}

void TermReader::take_plain(std::string_view written, Place place) {
  word_.assign(written.substr(0, max_term_bytes));
  const bool lower = std::ranges::none_of(word_, is_upper);
  for (char& c : word_) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  take_normal(word_, place);
  if (!lower) take_camel_parts(written, place);
}

// A word in normal form that may hold characters which are none of a word, or writing without blanks; of that each
// pair has a place of its own where it stands `as_written`.
void TermReader::take_segments(std::string_view text, Place place, bool as_written) {
  std::size_t start = 0;
  bool unspaced = false;
  std::string plain;
  const auto flush = [&](std::size_t end) {
    if (unspaced)
      take_pairs(text.substr(start, end - start), as_written ? Place{place.begin + start, place.begin + end} : place,
                 as_written);
    else if (!plain.empty())
      take_normal(plain, place);
    plain.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    const bool inside = is_word_character(c) || is_apostrophe(c);
    const bool other = inside && is_unspaced(c);
    if (!inside || other != unspaced) {
      flush(at);
      start = inside ? at : next;
      unspaced = other;
    }
    if (inside && !other && !is_apostrophe(c) && plain.size() + (next - at) <= max_term_bytes)
      plain += text.substr(at, next - at);
    at = next;
  }
  flush(text.size());
}

void TermReader::take_pairs(std::string_view text, Place place, bool as_written) {
  std::size_t before = 0;
  std::size_t at = 0;
  next_code_point(text, at);
  if (at >= text.size()) return take(text, place);
  while (at < text.size()) {
    std::size_t next = at;
    next_code_point(text, next);
    take(text.substr(before, next - before), as_written ? Place{place.begin + before, place.begin + next} : place);
    before = at;
    at = next;
  }
}

// A lower-case word.
void TermReader::take_normal(std::string& word, Place place) {
  if (word.empty() || (word.size() == 1 && !is_digit(word.front()))) return;
  const bool letters = std::ranges::all_of(word, is_lower);
  if (!letters) {
    // "mati2" is "mati-mati", "lantai2" the second floor.
    const bool twice = word.size() >= 4 && word.back() == '2' && std::all_of(word.begin(), word.end() - 1, is_lower);
    if (!twice) return take(std::string_view(word), place);
    word.pop_back();
    const bool second = is_place_word(word);
    take_letters(word, place);
    if (second) take(std::string_view("2"), place);
    return;
  }
  take_letters(word, place);
}

void TermReader::take_letters(std::string& word, Place place) {
  shorten(word);
  auto full = in_full(word);
  for (;;) {
    const auto blank = full.find(' ');
    stem_ = without_affixes(full.substr(0, blank));
    take(std::string_view(stem_), place);
    if (blank == std::string_view::npos) return;
    full.remove_prefix(blank + 1);
  }
}

// "TableView" is also "table" and "view".
void TermReader::take_camel_parts(std::string_view written, Place place) {
  std::array<std::string_view, 16> parts;
  std::size_t count = 0;
  for (std::size_t at = 0; at < written.size() && count < parts.size();) {
    const std::size_t end = end_of_part(written, at);
    parts[count++] = written.substr(at, end - at);
    at = end;
  }
  if (count < 2) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (parts[i].size() < 2) continue;
    word_.assign(parts[i].substr(0, max_term_bytes));
    for (char& c : word_) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    take_normal(word_, place);
  }
}

}  // namespace gilir::index
