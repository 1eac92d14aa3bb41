#include "core/index/snapshot.h"

#include <algorithm>
#include <set>

namespace gilir::index {
namespace {

// Where merging goes on there are never so many. Where it cannot, the newest are read.
constexpr std::int64_t most_waiting = 8'000;

}  // namespace

Snapshot::Snapshot(store::Connection& connection, const StateRow& state)
    : connection_(connection),
      merged_(state.merged),
      cleared_(state.list == being_cleared),
      last_(last_block(connection)) {
  static const auto sql = select_texts("WHERE number > $1 AND number <= $2 ORDER BY number DESC LIMIT $3");
  if (merged_ < 0 || merged_ > max_number) refuse_blob("it is not known how far it is merged");
  rows_ = connection.all<TextRow>(sql, merged_, std::min(last_.last, max_number), most_waiting);
  std::ranges::reverse(rows_);
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

namespace {

// False when the row cannot be read to its end; what was visited before that counts for nothing then. The visitor says
// whether the rest of the row matters.
template <class Visit>
bool each_readable_term(const TextRow& row, List list, Visit&& visit) {
  try {
    each_term(row, list, visit);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::vector<WaitingPosting> Snapshot::waiting(std::span<const std::string> terms, List list) const {
  std::vector<WaitingPosting> found;
  if (terms.empty() || rows_.empty()) return found;
  std::vector<std::uint64_t> beginnings;
  for (const auto& term : terms) beginnings.push_back(packed_word(term));
  // No term is so great.
  beginnings.push_back(~std::uint64_t{0});
  for (const auto& row : rows_) {
    const auto before = found.size();
    std::size_t wanted = 0;
    const bool is_whole = each_readable_term(row, list, [&](const PackedTerms& term) {
      const auto beginning = term.beginning();
      while (beginnings[wanted] < beginning) ++wanted;
      for (; beginnings[wanted] == beginning && wanted < terms.size(); ++wanted) {
        const int order = std::string_view(terms[wanted]).compare(term.text());
        if (order == 0) {
          found.push_back({wanted, {row.number, weight_in(list, term)}});
          if (list == List::tickets && term.title() > 0) found.back().title_weight = term.title_weight();
        }
        if (order >= 0) break;
      }
      // Where none of them was found it does not matter whether the rest can be read.
      return wanted < terms.size() || found.size() > before;
    });
    if (!is_whole) found.resize(before);
  }
  return found;
}

std::vector<std::string> Snapshot::waiting_terms(std::string_view prefix, List list) const {
  std::set<std::string, std::less<>> found;
  for (const auto& row : rows_) {
    std::vector<std::string> of_row;
    const bool is_whole = each_readable_term(row, list, [&](const PackedTerms& term) {
      const auto text = term.text();
      if (text.starts_with(prefix) && !found.contains(text)) of_row.emplace_back(text);
      return text < prefix || text.starts_with(prefix) || !of_row.empty();
    });
    if (is_whole) found.insert(of_row.begin(), of_row.end());
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
  static const auto sql =
      "SELECT " + bounded("numbers", max_chunk_bytes) + " FROM posting WHERE list = $1 AND term = $2 AND first = $3";
  const auto numbers = connection_.first<store::Bytes>(sql, static_cast<std::int64_t>(list), term, chunk->first);
  if (!numbers) refuse_blob("a chunk is missing");
  return chunk->texts - std::ranges::count_if(unpack_postings(chunk->first, numbers->value),
                                              [&](const Posting& posting) { return posting.number > merged_; });
}

}  // namespace gilir::index
