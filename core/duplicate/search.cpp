#include "core/duplicate/search.h"

#include <algorithm>
#include <limits>

#include "core/duplicate/duplicate_index.h"
#include "core/duplicate/terms.h"

namespace gilir::duplicate {
namespace {

std::string joined(std::span<const std::string> terms, std::string_view by) {
  std::string query;
  for (const auto& term : terms) {
    if (!query.empty()) query += by;
    query += matching(term);
  }
  return query;
}

// Adds `weight` to the tickets that match `query`. Both lists rise by number, so that they are walked side by side.
void add_weights(store::Connection& connection, const std::string& query, double weight, std::vector<Found>& found) {
  std::vector<Found> merged;
  auto next = found.begin();
  connection.each<TicketNumber>(
      "SELECT rowid FROM duplicate_index WHERE duplicate_index MATCH $1 ORDER BY rowid",
      [&](TicketNumber number) {
        while (next != found.end() && next->number < number) merged.push_back(*next++);
        const bool known = next != found.end() && next->number == number;
        merged.push_back({number, known ? next++->weight + weight : weight});
      },
      query);
  merged.insert(merged.end(), next, found.end());
  found = std::move(merged);
}

}  // namespace

SearchTerms search_terms(store::Connection& connection, std::string_view words, std::int64_t gate) {
  SearchTerms search;
  search.terms = terms(words);
  if (search.terms.size() > most_search_terms) search.terms.resize(most_search_terms);
  search.frequencies = frequencies(connection, search.terms);
  const auto tickets_with = [&](const std::string& term) { return search.frequencies.tickets_with.at(term); };
  for (const auto& term : search.terms) {
    if (tickets_with(term) > 0) search.known.push_back(term);
  }
  std::ranges::stable_sort(search.known, {}, tickets_with);
  for (std::int64_t walked = 0; search.rare < search.known.size(); ++search.rare) {
    walked += tickets_with(search.known[search.rare]);
    if (walked > gate) break;
  }
  return search;
}

bool can_rank(const SearchTerms& search) {
  return search.rare > 0 || search.known.empty();
}

bool weighs_more(const Found& one, const Found& other) {
  return one.weight != other.weight ? one.weight > other.weight : other.number < one.number;
}

std::vector<Found> best_found(store::Connection& connection, const SearchTerms& search, std::size_t most) {
  const std::span known(search.known);
  std::vector<Found> found;
  for (const auto& term : known.first(search.rare)) {
    add_weights(connection, matching(term), search.frequencies.weight(term), found);
  }
  const auto some_rare = " AND (" + joined(known.first(search.rare), " OR ") + ")";
  for (const auto& term : known.subspan(search.rare)) {
    add_weights(connection, matching(term) + some_rare, search.frequencies.weight(term), found);
  }
  std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size())),
                            weighs_more);
  return found;
}

std::vector<TicketNumber> newest_found(store::Connection& connection, const SearchTerms& search, TicketNumber before,
                                       std::int64_t limit) {
  const auto below = before.value > 0 ? before.value : std::numeric_limits<std::int64_t>::max();
  return connection.all<TicketNumber>(
      "SELECT rowid FROM duplicate_index WHERE duplicate_index MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
      joined(search.known, " AND "), below, limit);
}

std::int64_t count_found(store::Connection& connection, const SearchTerms& search) {
  return connection
      .first<std::int64_t>("SELECT count(*) FROM duplicate_index WHERE duplicate_index MATCH $1",
                           joined(search.known, " AND "))
      .value_or(0);
}

}  // namespace gilir::duplicate
