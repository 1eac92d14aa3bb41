// An index in memory, and beside it the same kept in the plainest way: every text with its terms, gone through one by
// one. What the index answers must be what the plain one answers, whatever was merged, edited or finished before.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

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

}  // namespace gilir::index
