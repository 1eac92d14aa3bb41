#include "core/index/terms.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "core/index/packed_word.h"
#include "core/index/term_reader.h"

namespace gilir::index {
namespace {

constexpr std::size_t max_words = 5'000;

bool is_ascii_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

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
    const bool letter = is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
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

class CountingReader final : public TermReader {
 public:
  CountingReader(std::string_view text, Counter& counter, std::uint16_t Term::*where)
      : TermReader(text), counter_(counter), where_(where) {}
  std::uint32_t length() const { return length_; }

 private:
  void take(std::string_view term, Place) override {
    counter_.count(term, where_);
    ++length_;
  }

  Counter& counter_;
  std::uint16_t Term::*where_;
  std::uint32_t length_ = 0;
};

// Counts the terms of `text` and returns how many there are, those that there is no room for guessed at.
std::uint32_t count_terms(std::string_view text, Counter& counter, std::uint16_t Term::*where,
                          std::size_t& words_left) {
  CountingReader reader(text, counter, where);
  for (; words_left > 0 && !counter.full(); --words_left) {
    if (!reader.read()) return reader.length();
  }
  // What is left unread is as dense as what was read.
  const auto all = static_cast<double>(text.size()) / static_cast<double>(std::max<std::size_t>(1, reader.at()));
  return static_cast<std::uint32_t>(reader.length() * all);
}

class PlacingReader final : public TermReader {
 public:
  PlacingReader(std::string_view text, std::size_t most) : TermReader(text), most_(most) {}
  std::vector<PlacedTerm> all() {
    while (found_.size() < most_ && read()) {
    }
    return std::move(found_);
  }

 private:
  void take(std::string_view term, Place place) override {
    if (found_.size() < most_) found_.push_back({std::string(term), place.begin, place.end});
  }

  std::size_t most_;
  std::vector<PlacedTerm> found_;
};

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
  return PlacingReader(text, most).all();
}

}  // namespace gilir::index
