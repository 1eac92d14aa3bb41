#include "core/index/search.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/index/snapshot.h"
#include "core/index/walk.h"

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
  }
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
  for (const auto list : lists_) {
    for (auto& term : most_frequent(list, prefix)) {
      with += term.texts();
      terms_.push_back(std::move(term));
    }
  }
  const auto weight = static_cast<float>(inverse_frequency(texts_, std::min(with, texts_)));
  for (auto& term : std::span(terms_).subspan(first)) {
    term.factor = (1 - presence) * weight;
    term.constant = presence * weight;
  }
}

// A ticket ranks by its best text; what its others have counts for half, and at most doubles it. Tickets that were
// listed already are passed over.
std::vector<SearchHit> Search::hits(std::span<const Best::One> best, std::unordered_set<TicketNumber>& listed) {
  std::unordered_map<TicketNumber, std::size_t> places;
  std::vector<SearchHit> hits;
  std::vector<double> others;
  for (const auto& one : best) {
    const auto text = find_text(connection_, {one.number});
    if (!text || listed.contains(text->ticket)) continue;
    const auto [place, is_new] = places.try_emplace(text->ticket, hits.size());
    if (is_new) {
      hits.push_back({text->ticket, text->number, text->kind, text->source, plain(one.weight)});
      others.push_back(0);
    } else {
      others[place->second] += plain(one.weight);
    }
  }
  for (std::size_t i = 0; i < hits.size(); ++i) {
    hits[i].score += std::min(hits[i].score, others[i] / 2);
    listed.insert(hits[i].ticket);
  }
  std::ranges::sort(hits, [](const SearchHit& one, const SearchHit& other) {
    return one.score != other.score ? one.score > other.score : one.ticket > other.ticket;
  });
  return hits;
}

bool Search::is_left_out(TicketNumber ticket) {
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
  if (!walk_.add(std::move(terms_), {.postings = bounds_.postings, .newest = newest_of_frequent})) {
    page_.complete = false;
  }
  Best best(bounds_.texts);
  page_.texts = walk_.each_sum(best.least(), [&](std::int64_t number, Weight weight) { best.offer(number, weight); });
  if (page_.texts > static_cast<std::int64_t>(bounds_.texts)) page_.complete = false;
  std::unordered_set<TicketNumber> listed;
  for (std::size_t place = 0; best.left() > 0 && !page_.more;) {
    // What is read for the first pages does not depend on how long they are.
    const auto near = best.next(bounds_.texts_at_once);
    for (const auto& hit : hits(near, listed)) {
      if (is_left_out(hit.ticket)) continue;
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
