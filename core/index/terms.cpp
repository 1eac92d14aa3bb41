#include "core/index/terms.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "core/base/text.h"
#include "core/index/affixes.h"
#include "core/index/normal_form.h"
#include "core/index/packed_word.h"
#include "core/index/slang.h"

namespace gilir::index {
namespace {

// What is read of one run without blanks; real names are shorter.
constexpr std::size_t max_run_bytes = 1'024;
constexpr std::size_t max_words = 5'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_ascii_word(char c) {
  return is_digit(c) || is_upper(c) || is_lower(c);
}
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Hands each term of a text to `take(term, place)`.
template <class Take>
class Reader {
 public:
  Reader(std::string_view text, Take take) : text_(text), take_(std::move(take)) {}

  // Reads the next run of words, joined to a compound perhaps. False at the end of the text.
  bool read() {
    while (at_ < text_.size()) {
      std::size_t next = at_;
      if (is_ascii_word(text_[at_]) || is_word_character(next_code_point(text_, next))) break;
      at_ = next;
    }
    if (at_ >= text_.size()) return false;
    read_run();
    return true;
  }

  std::size_t at() const { return at_; }

 private:
  void read_run() {
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

  std::size_t end_of_word(std::size_t at, std::size_t most) const {
    while (at < text_.size() && at < most) {
      if (is_ascii_word(text_[at])) {
        ++at;
        continue;
      }
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
  std::size_t behind_joiner(std::size_t start, std::size_t at) const {
    if (at >= text_.size()) return 0;
    std::size_t next = at;
    const char sign = joiner(next_code_point(text_, next));
    if (sign == 0 || next >= text_.size()) return 0;
    std::size_t after = next;
    if (!is_word_character(next_code_point(text_, after))) return 0;
    return sign == '.' && ends_sentence(start, at, next) ? 0 : next;
  }

  // A full stop before a capital may be the end of a sentence whose blank was forgotten, as in "kantor-123.Mohon".
  // Names in programs look alike, but have more parts or begin with a capital: "java.lang.String", "Ti.View".
  bool ends_sentence(std::size_t start, std::size_t at, std::size_t next) const {
    if (!is_upper(text_[next]) || is_upper(text_[start])) return false;
    if (text_.substr(start, at - start).find('.') != std::string_view::npos) return false;
    std::size_t end = next + 1;
    while (end < text_.size() && is_lower(text_[end])) ++end;
    return end > next + 1 && (end >= text_.size() || static_cast<unsigned char>(text_[end]) <= ' ');
  }

  void take_compound(Place place) {
    if (place.end - place.begin > max_term_bytes) return;
    whole_ = '=';
    whole_ += normal_form(text_.substr(place.begin, place.end - place.begin));
    std::erase(whole_, ' ');  // some signs are words in normal form
    if (whole_.size() <= max_term_bytes) take_(std::string_view(whole_), place);
  }

  void take_word(Place place) {
    const auto written = text_.substr(place.begin, place.end - place.begin);
    const bool ascii = std::ranges::all_of(written, is_ascii_word);
    if (!ascii) {
      const auto normal = normal_form(written);
      return take_segments(normal, place, normal == written);
    }
    word_.assign(cut(written, max_term_bytes));
    const bool lower = std::ranges::none_of(word_, is_upper);
    for (char& c : word_) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    take_normal(word_, place);
    if (!lower) take_camel_parts(written, place);
  }

  // A word in normal form that may hold characters which are none of a word, or writing without blanks; of that each
  // pair has a place of its own where it stands `as_written`.
  void take_segments(std::string_view text, Place place, bool as_written) {
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

  void take_pairs(std::string_view text, Place place, bool as_written) {
    std::size_t before = 0;
    std::size_t at = 0;
    next_code_point(text, at);
    if (at >= text.size()) return take_(text, place);
    while (at < text.size()) {
      std::size_t next = at;
      next_code_point(text, next);
      take_(text.substr(before, next - before), as_written ? Place{place.begin + before, place.begin + next} : place);
      before = at;
      at = next;
    }
  }

  // A lower-case word.
  void take_normal(std::string& word, Place place) {
    if (word.empty() || (word.size() == 1 && !is_digit(word.front()))) return;
    const bool letters = std::ranges::all_of(word, is_lower);
    if (!letters) {
      // "mati2": said twice, or the second of them; either way the word and the number.
      const bool twice = word.size() >= 4 && word.back() == '2' && std::all_of(word.begin(), word.end() - 1, is_lower);
      if (!twice) return take_(std::string_view(word), place);
      word.pop_back();
      take_letters(word, place);
      return take_(std::string_view("2"), place);
    }
    take_letters(word, place);
  }

  void take_letters(std::string& word, Place place) {
    shorten(word);
    auto full = in_full(word);
    for (;;) {
      const auto blank = full.find(' ');
      stem_ = without_affixes(full.substr(0, blank));
      take_(std::string_view(stem_), place);
      if (blank == std::string_view::npos) return;
      full.remove_prefix(blank + 1);
    }
  }

  // "bangeeet" is "banget".
  static void shorten(std::string& word) {
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

  // "TableView" is also "table" and "view".
  void take_camel_parts(std::string_view written, Place place) {
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
      word_.assign(cut(parts[i], max_term_bytes));
      for (char& c : word_) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
      take_normal(word_, place);
    }
  }

  static std::size_t end_of_part(std::string_view word, std::size_t at) {
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

  std::string_view text_;
  Take take_;
  std::size_t at_ = 0;
  std::vector<Place> pieces_;
  std::string whole_;
  std::string word_;
  std::string stem_;
};

// Counts terms; finds one by its hash.
class Counter {
 public:
  Counter() {
    slots_.fill(none);
    terms_.reserve(64);
  }

  bool full() const { return terms_.size() >= max_terms; }

  void count(std::string_view term, std::uint16_t Term::*where) {
    std::size_t slot = std::hash<std::string_view>{}(term) % slots_.size();
    for (; slots_[slot] != none; slot = (slot + 1) % slots_.size()) {
      auto& known = terms_[slots_[slot]];
      if (known.text != term) continue;
      if (known.*where < std::numeric_limits<std::uint16_t>::max()) ++(known.*where);
      return;
    }
    if (full()) return;
    slots_[slot] = static_cast<std::uint16_t>(terms_.size());
    terms_.push_back({std::string(term)});
    terms_.back().*where = 1;
  }

  std::vector<Term> sorted() {
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t at = 0; at < terms_.size(); ++at) order.emplace_back(packed_word(terms_[at].text), at);
    std::ranges::sort(order, [&](const auto& one, const auto& other) {
      return one.first != other.first ? one.first < other.first : terms_[one.second].text < terms_[other.second].text;
    });
    std::vector<Term> sorted;
    sorted.reserve(terms_.size());
    for (const auto& [key, at] : order) sorted.push_back(std::move(terms_[at]));
    return sorted;
  }

 private:
  static constexpr std::uint16_t none = 0xFFFF;
  std::array<std::uint16_t, 1'024> slots_;
  std::vector<Term> terms_;
};

struct Told {
  std::string prose;
  std::string logs;
};

// Lines that people wrote, and lines that programs wrote: of those, a quarter of the characters are signs and digits.
bool is_prose(std::string_view line) {
  std::size_t letters = 0;
  std::size_t others = 0;
  for (const char c : line) {
    const bool letter = is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80;
    letters += letter ? 1 : 0;
    others += !letter && static_cast<unsigned char>(c) > ' ' ? 1 : 0;
  }
  return 4 * others <= letters;
}

Told split(std::string_view body) {
  Told told;
  while (!body.empty()) {
    const auto end = std::min(body.find('\n'), body.size() - 1) + 1;
    const auto line = body.substr(0, end);
    (is_prose(line) ? told.prose : told.logs) += line;
    body.remove_prefix(end);
  }
  return told;
}

// Counts the terms of `text` and returns how many there are, those that there is no room for guessed at.
std::uint32_t count_terms(std::string_view text, Counter& counter, std::uint16_t Term::*where,
                          std::size_t& words_left) {
  std::uint32_t length = 0;
  Reader reader(text, [&](std::string_view term, Place) {
    counter.count(term, where);
    ++length;
  });
  for (; words_left > 0 && !counter.full(); --words_left) {
    if (!reader.read()) return length;
  }
  // What is left unread is as dense as what was read.
  const auto all = static_cast<double>(text.size()) / static_cast<double>(std::max<std::size_t>(1, reader.at()));
  return static_cast<std::uint32_t>(length * all);
}
}  // namespace

TextTerms terms_of(std::string_view title, std::string_view body) {
  Counter counter;
  TextTerms found;
  std::size_t words_left = max_words;
  found.title_length = count_terms(cut(title, max_title_bytes), counter, &Term::title, words_left);
  const auto told = split(cut(body, max_body_bytes_read));
  found.body_length = count_terms(told.prose, counter, &Term::body, words_left) +
                      count_terms(told.logs, counter, &Term::body, words_left);
  found.terms = counter.sorted();
  return found;
}

std::vector<std::string> query_terms(std::string_view words) {
  std::vector<std::string> found;
  for (auto& term : placed_terms(cut(words, max_title_bytes), max_terms)) {
    if (std::ranges::find(found, term.text) == found.end()) found.push_back(std::move(term.text));
  }
  return found;
}

std::vector<PlacedTerm> placed_terms(std::string_view text, std::size_t most) {
  std::vector<PlacedTerm> found;
  each_placed_term(text, most, [&](std::string_view term, std::size_t begin, std::size_t end) {
    found.push_back({std::string(term), begin, end});
    return true;
  });
  return found;
}

void each_placed_term(std::string_view text, std::size_t most,
                      const std::function<bool(std::string_view term, std::size_t begin, std::size_t end)>& visit) {
  bool more = most > 0;
  Reader reader(text, [&](std::string_view term, Place place) {
    if (!more) return;
    more = visit(term, place.begin, place.end) && --most > 0;
  });
  while (more && reader.read()) {
  }
}

}  // namespace gilir::index
