// An index in memory, and beside it the same kept in the plainest way: every text with its terms, gone through one by
// one. What the index answers must be what the plain one answers, whatever was merged, edited or finished before.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/duplicate/candidates.h"
#include "core/index/merging.h"
#include "core/index/snapshot.h"
#include "core/index/text_index.h"

namespace gilir::index {

// What a text of these words is made of.
inline TextTerms terms(std::vector<std::string> title, std::vector<std::string> body = {}) {
  TextTerms made;
  made.title_length = static_cast<std::uint32_t>(title.size());
  made.body_length = static_cast<std::uint32_t>(body.size());
  std::map<std::string, Term> known;
  for (const auto& term : title) ++known[term].title;
  for (const auto& term : body) ++known[term].body;
  for (auto& [text, term] : known) made.terms.push_back({text, term.title, term.body});
  return made;
}

struct PlainText {
  std::int64_t number = 0;
  std::int64_t ticket = 0;  // 0: removed
  TextKind kind{};
  std::int64_t source = 0;
  std::map<std::string, Term> terms;
  LengthNorms norms;
};

inline TextTerms terms_of_plain(const PlainText& text) {
  TextTerms made;
  for (const auto& [key, term] : text.terms) made.terms.push_back(term);
  return made;
}

// In how many texts of a list each term stands.
inline Frequencies frequencies(store::Connection& connection, std::vector<std::string> terms, List list) {
  Snapshot snapshot(connection);
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  Frequencies found{snapshot.texts(list), {}};
  for (const auto& term : terms) found.texts_with[term] = snapshot.merged_with(list, term);
  for (const auto& one : snapshot.waiting(terms, list)) ++found.texts_with[terms[one.term]];
  return found;
}

class IndexedDesk {
 public:
  IndexedDesk() { connection.script(std::string(index_schema)); }

  std::int64_t add(std::int64_t ticket, TextKind kind, std::int64_t source, const TextTerms& terms) {
    remember(ticket, kind, source, terms);
    EXPECT_EQ(add_text(connection, {ticket}, kind, source, terms).value, texts.back().number);
    if (kind == TextKind::ticket) finished[ticket] = 0;
    return texts.back().number;
  }
  std::int64_t file(std::int64_t ticket, const TextTerms& terms) { return add(ticket, TextKind::ticket, 0, terms); }

  void edit(std::int64_t ticket, const TextTerms& terms) {
    forget(ticket, TextKind::ticket, 0);
    remember(ticket, TextKind::ticket, 0, terms);
    EXPECT_EQ(replace_text(connection, {ticket}, terms).value, texts.back().number);
  }
  void remove(std::int64_t ticket, TextKind kind, std::int64_t source) {
    forget(ticket, kind, source);
    remove_texts(connection, {ticket}, kind, source);
  }
  void finish(std::int64_t ticket) {
    finished[ticket] = day;
    set_open(connection, {ticket}, false, now());
  }
  void reopen(std::int64_t ticket) {
    finished[ticket] = 0;
    set_open(connection, {ticket}, true, now());
  }
  void merge_all() {
    while (step_merge(connection, Milliseconds{1'000}, 1)) {
    }
  }

  WallTime now() const { return WallTime{std::chrono::days{day}}; }

  bool is_in(const PlainText& text, List list) const {
    return list == List::titles ? text.kind == TextKind::ticket : list_of(text.kind) == list;
  }
  // The term's weight in the text; none when it does not have it.
  std::optional<std::uint8_t> weight(const PlainText& text, const std::string& term, List list) const {
    const auto found = text.terms.find(term);
    if (!is_in(text, list) || found == text.terms.end()) return std::nullopt;
    const auto title = std::min(found->second.title, most_in_title);
    if (list == List::titles && title == 0) return std::nullopt;
    return weight_level(title, list == List::titles ? 0 : std::min(found->second.body, most_in_body), text.norms);
  }
  std::int64_t texts_with(const std::string& term, List list) const {
    return std::ranges::count_if(texts, [&](const PlainText& text) { return weight(text, term, list).has_value(); });
  }
  std::int64_t texts_of(List list) const {
    return std::ranges::count_if(texts, [&](const PlainText& text) { return is_in(text, list); });
  }
  double idf(const std::string& term, List list) const {
    return inverse_frequency(texts_of(list), texts_with(term, list));
  }
  bool is_live(const PlainText& text) const {
    if (text.ticket == 0 || text.kind != TextKind::ticket) return false;
    const auto end = finished.at(text.ticket);
    return end == 0 || end >= day - finished_counts_days;
  }

  store::Connection connection{{.path = ":memory:", .create = true}};
  std::vector<PlainText> texts;
  std::map<std::int64_t, std::int64_t> finished;  // the day on which a ticket was finished; 0 while it is open
  std::int64_t day = 20'000;

 private:
  void remember(std::int64_t ticket, TextKind kind, std::int64_t source, const TextTerms& terms) {
    // As if there had been a hundred texts of eight and sixty words before.
    double count = 100;
    double title = 800;
    double body = 6'000;
    for (const auto& other : texts) {
      if (other.kind != kind) continue;
      ++count;
      title += lengths_.at(other.number).first;
      body += lengths_.at(other.number).second;
    }
    PlainText text{static_cast<std::int64_t>(texts.size()) + 1, ticket, kind, source, {}, {}};
    text.norms = length_norms(terms, title / count, body / count);
    for (const auto& term : terms.terms) text.terms.emplace(term.text, term);
    lengths_[text.number] = {terms.title_length, terms.body_length};
    texts.push_back(std::move(text));
  }
  void forget(std::int64_t ticket, TextKind kind, std::int64_t source) {
    for (auto& text : texts) {
      if (text.ticket == ticket && text.kind == kind && text.source == source) text.ticket = 0;
    }
  }

  std::map<std::int64_t, std::pair<double, double>> lengths_;
};

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
