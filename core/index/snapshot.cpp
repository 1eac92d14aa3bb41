#include "core/index/snapshot.h"

#include <algorithm>
#include <set>

namespace gilir::index {

Snapshot::Snapshot(store::Connection& connection, const StateRow& state)
    : connection_(connection),
      merged_(state.merged),
      cleared_(state.list == being_cleared),
      last_(last_block(connection)) {
  static const auto sql =
      "SELECT " + store::columns<TextRow>() + " FROM indexed_text WHERE number > $1 ORDER BY number";
  rows_ = connection.all<TextRow>(sql, merged_);
}

std::int64_t Snapshot::texts(List list) const {
  switch (list) {
    case List::titles:
    case List::tickets:
      return last_.tickets.texts;
    case List::replies:
      return last_.replies.texts;
    case List::notes:
      break;
  }
  return last_.notes.texts;
}

std::vector<WaitingPosting> Snapshot::waiting(std::span<const std::string> terms, List list) const {
  std::vector<WaitingPosting> found;
  if (terms.empty() || rows_.empty()) return found;
  std::vector<std::uint64_t> beginnings;
  for (const auto& term : terms) beginnings.push_back(beginning_of(term));
  // No term is so great.
  beginnings.push_back(~std::uint64_t{0});
  for (const auto& row : rows_) {
    std::size_t wanted = 0;
    each_term(row, list, [&](const PackedTerms& term) {
      const auto beginning = term.beginning();
      while (beginnings[wanted] < beginning) ++wanted;
      for (; beginnings[wanted] == beginning && wanted < terms.size(); ++wanted) {
        const int order = std::string_view(terms[wanted]).compare(term.text());
        if (order == 0) found.push_back({wanted, {row.number, weight_in(list, term)}});
        if (order >= 0) break;
      }
    });
  }
  return found;
}

std::vector<std::string> Snapshot::waiting_terms(std::string_view prefix, List list) const {
  std::set<std::string, std::less<>> found;
  for (const auto& row : rows_) {
    each_term(row, list, [&](const PackedTerms& term) {
      const auto text = term.text();
      if (text.starts_with(prefix) && !found.contains(text)) found.emplace(text);
    });
  }
  return {found.begin(), found.end()};
}

namespace {

struct LastChunk {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t texts = 0;
};
BOOST_DESCRIBE_STRUCT(LastChunk, (), (first, last, texts))

}  // namespace

std::int64_t Snapshot::merged_with(List list, const std::string& term) {
  if (cleared_) return 0;
  const auto chunk = connection_.first<LastChunk>(
      "SELECT first, last, texts FROM posting WHERE list = $1 AND term = $2 AND first <= $3"
      " ORDER BY first DESC LIMIT 1",
      static_cast<std::int64_t>(list), term, merged_);
  if (!chunk) return 0;
  if (chunk->last <= merged_) return chunk->texts;
  // A merge is under way, and has come past this term.
  const auto numbers =
      connection_.first<store::Bytes>("SELECT numbers FROM posting WHERE list = $1 AND term = $2 AND first = $3",
                                      static_cast<std::int64_t>(list), term, chunk->first);
  if (!numbers) refuse_blob("a chunk is missing");
  return chunk->texts - std::ranges::count_if(unpack_postings(chunk->first, numbers->value),
                                              [&](const Posting& posting) { return posting.number > merged_; });
}

Frequencies Snapshot::frequencies(const std::vector<std::string>& terms, List list) {
  Frequencies found;
  found.texts = texts(list);
  std::vector<std::string> sorted(terms);
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<std::int64_t> counts;
  for (const auto& term : sorted) counts.push_back(merged_with(list, term));
  for (const auto& one : waiting(sorted, list)) ++counts[one.term];
  for (std::size_t i = 0; i < sorted.size(); ++i) found.texts_with.emplace(std::move(sorted[i]), counts[i]);
  return found;
}

}  // namespace gilir::index
