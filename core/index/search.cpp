#include "core/index/search.h"

#include <algorithm>
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

struct SearchTerm {
  List list{};
  std::string text;
  std::int64_t merged = 0;  // texts of the list with it
  float factor = 0;
  float constant = 0;
};

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
  std::vector<std::string> terms_from(List list, const std::string& prefix);
  std::vector<SearchTerm> most_frequent(List list, const std::string& prefix, std::int64_t& with);
  void add_waiting(List list, const std::vector<std::string>& terms, const std::vector<float>& factors,
                   const std::vector<float>& constants);
  void add_merged();
  std::vector<SearchHit> hits(std::span<const Best::One> best, std::unordered_set<TicketNumber>& listed);
  bool is_left_out(TicketNumber ticket);

  store::Connection& connection_;
  const SearchQuery& query_;
  const SearchBounds& bounds_;
  Snapshot snapshot_;
  std::vector<List> lists_;
  std::int64_t texts_ = 0;
  std::vector<SearchTerm> terms_;
  Walk walk_{connection_, snapshot_, nullptr};
  SearchPage page_;
};

std::vector<std::string> sorted(std::vector<std::string> terms) {
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

void Search::add_waiting(List list, const std::vector<std::string>& terms, const std::vector<float>& factors,
                         const std::vector<float>& constants) {
  for (const auto& one : snapshot_.waiting(terms, list)) walk_.add(one.posting, factors[one.term], constants[one.term]);
}

// A word weighs by how rare it is in all that may be seen.
void Search::look_for_words() {
  auto terms = query_.terms;
  if (terms.size() > bounds_.terms) terms.resize(bounds_.terms);
  terms = sorted(std::move(terms));
  std::vector<std::int64_t> with(terms.size());
  const auto first = terms_.size();
  for (const auto list : lists_) {
    for (const auto& term : terms) terms_.push_back({list, term, snapshot_.merged_with(list, term), 0, 0});
    for (const auto& one : snapshot_.waiting(terms, list)) ++with[one.term];
  }
  for (auto i = first; i < terms_.size(); ++i) with[(i - first) % terms.size()] += terms_[i].merged;
  std::vector<float> factors;
  std::vector<float> constants;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto weight = static_cast<float>(inverse_frequency(texts_, with[i]));
    factors.push_back((1 - presence) * weight);
    constants.push_back(presence * weight + (is_identifier(terms[i]) ? whole_identifier : 0));
  }
  for (auto i = first; i < terms_.size(); ++i) {
    terms_[i].factor = factors[(i - first) % terms.size()];
    terms_[i].constant = constants[(i - first) % terms.size()];
  }
  for (const auto list : lists_) add_waiting(list, terms, factors, constants);
}

// The first few terms of a list that begin so, in their order: what is merged and what waits alike.
std::vector<std::string> Search::terms_from(List list, const std::string& prefix) {
  auto terms = snapshot_.waiting_terms(prefix, list);
  auto after =
      connection_.first<std::string>("SELECT term FROM posting WHERE list = $1 AND term >= $2 ORDER BY term LIMIT 1",
                                     static_cast<std::int64_t>(list), prefix);
  for (std::size_t read = 0; after && after->starts_with(prefix) && read <= bounds_.prefix_terms; ++read) {
    terms.push_back(*after);
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
std::vector<SearchTerm> Search::most_frequent(List list, const std::string& prefix, std::int64_t& with) {
  struct Counted {
    SearchTerm term;
    std::int64_t with = 0;
  };
  const auto terms = terms_from(list, prefix);
  std::vector<Counted> counted;
  for (const auto& term : terms) {
    const auto merged = snapshot_.merged_with(list, term);
    counted.push_back({{list, term, merged, 0, 0}, merged});
  }
  for (const auto& one : snapshot_.waiting(terms, list)) ++counted[one.term].with;
  std::ranges::stable_sort(counted, std::ranges::greater{}, &Counted::with);
  if (counted.size() > bounds_.taken_of_prefix) {
    counted.resize(bounds_.taken_of_prefix);
    page_.complete = false;
  }
  std::vector<SearchTerm> taken;
  for (auto& one : counted) {
    with += one.with;
    taken.push_back(std::move(one.term));
  }
  std::ranges::sort(taken, {}, &SearchTerm::text);
  return taken;
}

// All terms of a prefix weigh as if they were one.
void Search::look_for_prefix(const std::string& prefix) {
  std::int64_t with = 0;
  std::vector<std::vector<SearchTerm>> taken;
  for (const auto list : lists_) taken.push_back(most_frequent(list, prefix, with));
  const auto weight = static_cast<float>(inverse_frequency(texts_, std::min(with, texts_)));
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    std::vector<std::string> terms;
    for (auto& term : taken[i]) {
      terms.push_back(term.text);
      term.factor = (1 - presence) * weight;
      term.constant = presence * weight;
      terms_.push_back(std::move(term));
    }
    add_waiting(lists_[i], terms, std::vector(terms.size(), (1 - presence) * weight),
                std::vector(terms.size(), presence * weight));
  }
}

// The rarest first, whole as long as they fit; what is left is shared by the others.
void Search::add_merged() {
  std::erase_if(terms_, [](const SearchTerm& term) { return term.merged <= 0; });
  std::ranges::stable_sort(terms_, {}, &SearchTerm::merged);
  auto left = bounds_.postings;
  auto others = static_cast<std::int64_t>(terms_.size());
  for (const auto& term : terms_) {
    const auto most = term.merged <= left ? term.merged : std::max(left / others, newest_of_frequent);
    if (most < term.merged) page_.complete = false;
    left = std::max<std::int64_t>(left - walk_.add(term.list, term.text, term.merged, most, term.factor, term.constant),
                                  0);
    --others;
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
  for (const auto& text : texts_of_ticket(connection_, ticket, bounds_.texts_of_ticket)) {
    if (text.kind == TextKind::note && !query_.notes) continue;
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
  auto prefixes = sorted(query_.prefixes);
  if (prefixes.size() > bounds_.prefixes) prefixes.resize(bounds_.prefixes);
  for (const auto& prefix : prefixes) {
    if (prefix.size() >= shortest_prefix) look_for_prefix(prefix);
  }
  add_merged();
  Best best(bounds_.texts);
  page_.texts = walk_.each_sum(best.least(), [&](std::int64_t number, Weight weight) { best.offer(number, weight); });
  if (page_.texts > static_cast<std::int64_t>(bounds_.texts)) page_.complete = false;
  const auto found = best.take();
  std::span<const Best::One> left(found);
  std::unordered_set<TicketNumber> listed;
  for (std::size_t place = 0; !left.empty() && !page_.more;) {
    // What is read for the first pages does not depend on how long they are.
    const auto near = left.first(std::min(left.size(), bounds_.texts_at_once));
    left = left.subspan(near.size());
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
