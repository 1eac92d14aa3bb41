#include "core/index/search.h"

#include <algorithm>
#include <bit>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/index/best.h"
#include "core/index/snapshot.h"

namespace gilir::index {
namespace {

// No sum of other words comes near it.
constexpr float whole_identifier = 1'000;

// Of a frequent word so many texts are read in any case.
constexpr std::int64_t newest_of_frequent = 256;

// What stands in a text at all counts as much as how often.
constexpr float presence = .5F;

class Search {
 public:
  Search(store::Connection& connection, const SearchQuery& query, const SearchBounds& bounds)
      : connection_(connection), query_(query), bounds_(bounds), snapshot_(connection) {
    lists_ = {List::tickets, List::replies};
    if (query.notes) lists_.push_back(List::notes);
    for (const auto list : lists_) texts_ += snapshot_.texts(list);
  }

  SearchPage page(std::size_t from, std::size_t most);

 private:
  void look_for_words();
  void look_for_named(const NamedTickets& named);
  WordBits words_with_term(std::string_view term) const;
  WordBits words_of(TextNumber number);
  WordBits words_named(TicketNumber ticket, WordBits words) const;
  void look_for_prefix(const std::string& prefix);
  // Sorted; the others make the page incomplete.
  std::vector<std::string> first_distinct(const std::vector<std::string>& terms, std::size_t most);
  std::vector<std::string> terms_from(List list, const std::string& prefix);
  std::vector<WalkTerm> most_frequent(List list, const std::string& prefix);
  std::vector<WalkTerm> in_list(List list, const std::vector<std::string>& terms);
  std::vector<SearchHit> hits(std::span<const Best::One> best, std::unordered_set<TicketNumber>& listed);
  bool is_left_out(TicketNumber ticket);

  store::Connection& connection_;
  const SearchQuery& query_;
  const SearchBounds& bounds_;
  Snapshot snapshot_;
  std::vector<List> lists_;
  std::int64_t texts_ = 0;
  std::vector<WalkTerm> terms_;
  WordBits all_words_ = 0;
  WordBits cut_words_ = 0;  // of which not all was gone through
  Walk walk_{connection_, snapshot_, nullptr};
  SearchPage page_;
};

std::vector<std::string> sorted(std::vector<std::string> terms) {
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::vector<std::string> Search::first_distinct(const std::vector<std::string>& terms, std::size_t most) {
  std::set<std::string> first;
  for (const auto& term : terms) {
    if (first.size() < most)
      first.insert(term);
    else if (!first.contains(term))
      page_.complete = false;
  }
  return {first.begin(), first.end()};
}

// `terms` are sorted.
std::vector<WalkTerm> Search::in_list(List list, const std::vector<std::string>& terms) {
  std::vector<WalkTerm> found;
  for (const auto& term : terms) found.push_back({list, term, snapshot_.merged_with(list, term)});
  for (const auto& one : snapshot_.waiting(terms, list)) found[one.term].waiting.push_back(one.posting);
  return found;
}

WordBits Search::words_with_term(std::string_view term) const {
  WordBits words = 0;
  for (std::size_t i = 0; i < query_.words.size(); ++i) {
    if (std::ranges::find(query_.words[i].terms, term) != query_.words[i].terms.end()) words |= bit_of(i);
  }
  return words;
}

// A word weighs by how rare it is in all that may be seen.
void Search::look_for_words() {
  const auto terms = first_distinct(query_.terms, bounds_.terms);
  std::vector<std::int64_t> with(terms.size());
  const auto first = terms_.size();
  for (const auto list : lists_) {
    auto found = in_list(list, terms);
    for (std::size_t i = 0; i < terms.size(); ++i) with[i] += found[i].texts();
    std::ranges::move(found, std::back_inserter(terms_));
  }
  for (auto i = first; i < terms_.size(); ++i) {
    const auto weight = static_cast<float>(inverse_frequency(texts_, with[(i - first) % terms.size()]));
    terms_[i].factor = (1 - presence) * weight;
    terms_[i].constant = presence * weight + (is_identifier(terms_[i].text) ? whole_identifier : 0);
    terms_[i].words = words_with_term(terms_[i].text);
    all_words_ |= terms_[i].words;
  }
}

// As a word that the tickets' own texts have.
void Search::look_for_named(const NamedTickets& named) {
  WalkTerm term;
  term.words = named.words;
  for (const auto ticket : named.newest) {
    if (const auto text = text_of_ticket(connection_, ticket)) term.waiting.push_back({text->value, 0});
  }
  std::ranges::sort(term.waiting, {}, &Posting::number);
  term.constant = static_cast<float>(inverse_frequency(texts_, term.texts())) + (named.first ? whole_identifier : 0);
  all_words_ |= term.words;
  terms_.push_back(std::move(term));
}

// The first few terms of a list that begin so, in their order: what is merged and what waits alike.
std::vector<std::string> Search::terms_from(List list, const std::string& prefix) {
  auto terms = snapshot_.waiting_terms(prefix, list);
  auto after =
      connection_.first<std::string>("SELECT term FROM posting WHERE list = $1 AND term >= $2 ORDER BY term LIMIT 1",
                                     static_cast<std::int64_t>(list), prefix);
  for (std::size_t read = 0; after && after->starts_with(prefix) && read <= bounds_.prefix_terms; ++read) {
    if (after->size() <= max_term_bytes) terms.push_back(*after);
    after =
        connection_.first<std::string>("SELECT term FROM posting WHERE list = $1 AND term > $2 ORDER BY term LIMIT 1",
                                       static_cast<std::int64_t>(list), *after);
  }
  terms = sorted(std::move(terms));
  if (terms.size() > bounds_.prefix_terms) {
    terms.resize(bounds_.prefix_terms);
    page_.complete = false;
  }
  return terms;
}

// Those of them that most texts have, in their order.
std::vector<WalkTerm> Search::most_frequent(List list, const std::string& prefix) {
  auto found = in_list(list, terms_from(list, prefix));
  std::ranges::stable_sort(found, std::ranges::greater{}, &WalkTerm::texts);
  if (found.size() > bounds_.taken_of_prefix) {
    found.resize(bounds_.taken_of_prefix);
    page_.complete = false;
  }
  std::ranges::sort(found, {}, &WalkTerm::text);
  return found;
}

// All terms of a prefix weigh as if they were one.
void Search::look_for_prefix(const std::string& prefix) {
  std::int64_t with = 0;
  const auto first = terms_.size();
  const bool was_complete = std::exchange(page_.complete, true);
  for (const auto list : lists_) {
    for (auto& term : most_frequent(list, prefix)) {
      with += term.texts();
      terms_.push_back(std::move(term));
    }
  }
  const auto weight = static_cast<float>(inverse_frequency(texts_, std::min(with, texts_)));
  WordBits words = 0;
  for (std::size_t i = 0; i < query_.words.size(); ++i) {
    if (std::ranges::find(query_.words[i].prefixes, prefix) != query_.words[i].prefixes.end()) words |= bit_of(i);
  }
  all_words_ |= words;
  if (!page_.complete) cut_words_ |= words;
  page_.complete = page_.complete && was_complete;
  for (auto& term : std::span(terms_).subspan(first)) {
    term.factor = (1 - presence) * weight;
    term.constant = presence * weight;
    term.words = words;
  }
}

// By all of its terms: what was gone through may not have been all of them.
WordBits Search::words_of(TextNumber number) {
  WordBits found = 0;
  const auto stored = stored_text(connection_, number);
  if (!stored) return found;
  const auto& terms = stored->terms.terms;
  const auto has = [&](const std::string& term) { return std::ranges::binary_search(terms, term, {}, &Term::text); };
  const auto begins = [&](const std::string& prefix) {
    const auto at = std::ranges::lower_bound(terms, prefix, {}, &Term::text);
    return at != terms.end() && at->text.starts_with(prefix);
  };
  for (std::size_t i = 0; i < query_.words.size(); ++i) {
    const auto& word = query_.words[i];
    if (std::ranges::any_of(word.terms, has) || std::ranges::any_of(word.prefixes, begins)) found |= bit_of(i);
  }
  return found & all_words_;
}

// Of those that it has not yet.
WordBits Search::words_named(TicketNumber ticket, WordBits words) const {
  WordBits found = 0;
  for (const auto& named : query_.named) {
    if ((named.words & ~words) == 0) continue;
    if (std::ranges::binary_search(named.newest, ticket) || (named.is_one && named.is_one(ticket)))
      found |= named.words;
  }
  return found;
}

// A ticket ranks by its best text; what its others have counts for half, and at most doubles it. Tickets that were
// listed already are passed over.
std::vector<SearchHit> Search::hits(std::span<const Best::One> best, std::unordered_set<TicketNumber>& listed) {
  struct Found {
    SearchHit hit;
    double others = 0;
    WordBits words = 0;
  };
  std::unordered_map<TicketNumber, std::size_t> places;
  std::vector<Found> found;
  for (const auto& one : best) {
    const auto text = find_text(connection_, {one.number});
    if (!text || listed.contains(text->ticket)) continue;
    const auto [place, is_new] = places.try_emplace(text->ticket, found.size());
    if (is_new)
      found.push_back({{text->ticket, text->number, text->kind, text->source, plain(one.weight)}});
    else
      found[place->second].others += plain(one.weight);
    auto& words = found[place->second].words;
    words |= one.words;
    if (words != all_words_ && (words | cut_words_) == all_words_) words |= words_of(text->number);
  }
  std::vector<SearchHit> hits;
  for (auto& one : found) {
    auto& hit = one.hit;
    hit.score += std::min(hit.score, one.others / 2);
    hit.all_words = one.words == all_words_ || (one.words | words_named(hit.ticket, one.words)) == all_words_;
    listed.insert(hit.ticket);
    hits.push_back(hit);
  }
  std::ranges::sort(hits, std::ranges::greater{},
                    [](const SearchHit& hit) { return std::tuple(hit.all_words, hit.score, hit.ticket); });
  return hits;
}

bool Search::is_left_out(TicketNumber ticket) {
  if (std::ranges::any_of(query_.without_named, [&](const auto& is_one) { return is_one(ticket); })) return true;
  if (query_.without.empty()) return false;
  for (const auto& text : texts_of_ticket(connection_, ticket, bounds_.texts_of_ticket, query_.notes)) {
    const auto stored = stored_text(connection_, text.number);
    if (!stored) continue;
    for (const auto& term : query_.without) {
      if (std::ranges::binary_search(stored->terms.terms, term, {}, &Term::text)) return true;
    }
  }
  return false;
}

SearchPage Search::page(std::size_t from, std::size_t most) {
  look_for_words();
  for (const auto& prefix : first_distinct(query_.prefixes, bounds_.prefixes)) {
    if (prefix.size() >= shortest_prefix) look_for_prefix(prefix);
  }
  for (const auto& named : query_.named) look_for_named(named);
  page_.unknown = all_words_;
  for (const auto& term : terms_) page_.unknown &= term.texts() > 0 ? ~term.words : ~WordBits{0};
  // Where one word is all that is looked for, whatever is found has it.
  const auto has_word = [](const WalkTerm& term) { return term.words != 0; };
  if (std::has_single_bit(all_words_) && std::ranges::all_of(terms_, has_word)) all_words_ = 0;
  if (!walk_.add(std::move(terms_),
                 {.postings = bounds_.postings, .newest = newest_of_frequent, .all_words = all_words_}))
    page_.complete = false;
  cut_words_ |= walk_.cut_words();
  Best best(bounds_.texts);
  page_.texts = walk_.each_sum(
      best.least(), [&](std::int64_t number, Weight weight, WordBits words) { best.offer(number, weight, words); });
  if (page_.texts > static_cast<std::int64_t>(bounds_.texts)) page_.complete = false;
  std::unordered_set<TicketNumber> listed;
  // Texts are ranked without those that their tickets have beside them, so that one may be found late to have all.
  bool all_words = true;
  for (std::size_t place = 0; best.left() > 0 && !page_.more;) {
    // What is read for the first pages does not depend on how long they are.
    const auto near = best.next(bounds_.texts_at_once);
    for (auto& hit : hits(near, listed)) {
      if (is_left_out(hit.ticket)) continue;
      all_words = all_words && hit.all_words;
      hit.all_words = all_words;
      page_.more = place >= from + most;
      if (page_.more) break;
      if (place++ >= from) page_.hits.push_back(hit);
    }
  }
  return std::move(page_);
}

}  // namespace

SearchPage search(store::Connection& connection, const SearchQuery& query, std::size_t from, std::size_t most,
                  const SearchBounds& bounds) {
  return Search(connection, query, bounds).page(from, most);
}

}  // namespace gilir::index
