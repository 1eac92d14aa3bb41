// What a test at random does to an index, from a seed.
#pragma once

#include <random>

#include "tests/index/indexed_desk.h"

namespace gilir::index {

// Words of which some stand in every other text and most in few.
class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  std::mt19937& random() { return random_; }
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string word() {
    const auto place = below(below(below(400) + 1) + 1);
    return (place % 17 == 5 ? "=srv-" : "kata") + std::to_string(place);
  }
  TextTerms text(std::size_t title_words, std::size_t body_words) {
    std::map<std::string, Term> terms;
    TextTerms text;
    text.title_length = static_cast<std::uint32_t>(title_words);
    text.body_length = static_cast<std::uint32_t>(body_words);
    for (std::size_t i = 0; i < title_words + body_words; ++i) {
      auto term = word();
      auto& known = terms[term];
      known.text = std::move(term);
      ++(i < title_words ? known.title : known.body);
    }
    for (auto& [key, term] : terms) text.terms.push_back(std::move(term));
    return text;
  }

 private:
  std::mt19937 random_;
};

// One of all that may happen to a desk.
inline void do_something(IndexedDesk& desk, RandomTexts& random) {
  const auto tickets = desk.finished.size();
  const auto any_ticket = [&] { return static_cast<std::int64_t>(random.below(tickets)) + 1; };
  const auto what = tickets == 0 ? 0 : random.below(20);
  if (what < 6)
    desk.file(static_cast<std::int64_t>(tickets) + 1, random.text(1 + random.below(5), random.below(30)));
  else if (what < 8)
    desk.add(any_ticket(), TextKind::reply, static_cast<std::int64_t>(random.below(3)) + 1, random.text(0, 12));
  else if (what < 9)
    desk.add(any_ticket(), TextKind::note, static_cast<std::int64_t>(random.below(3)) + 1, random.text(0, 12));
  else if (what < 10)
    desk.remove(any_ticket(), random.below(2) == 0 ? TextKind::reply : TextKind::note, 1);
  else if (what < 12)
    desk.edit(any_ticket(), random.text(1 + random.below(5), random.below(30)));
  else if (what < 14)
    desk.finish(any_ticket());
  else if (what < 15)
    desk.reopen(any_ticket());
  else if (what < 16)
    desk.day += static_cast<std::int64_t>(random.below(40));
  else if (what < 18)
    step_merge(desk.connection, Milliseconds{0}, 20);
  else if (what < 19)
    step_merge(desk.connection, Milliseconds{3}, 40);
}

}  // namespace gilir::index
