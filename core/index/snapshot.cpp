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
  if (terms.empty()) return found;
  for (const auto& row : rows_) {
    auto wanted = terms.begin();
    each_term(row, list, [&](std::string_view term, std::uint8_t weight) {
      while (wanted != terms.end() && *wanted < term) ++wanted;
      if (wanted != terms.end() && *wanted == term) {
        found.push_back({static_cast<std::size_t>(wanted - terms.begin()), {row.number, weight}});
      }
    });
  }
  return found;
}

std::vector<std::string> Snapshot::waiting_terms(std::string_view prefix, List list) const {
  std::set<std::string, std::less<>> found;
  for (const auto& row : rows_) {
    each_term(row, list, [&](std::string_view term, std::uint8_t) {
      if (term.starts_with(prefix) && !found.contains(term)) found.emplace(term);
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
