#include "core/index/merging.h"

#include <algorithm>
#include <deque>

#include "core/index/index_rows.h"
#include "core/index/postings.h"

namespace gilir::index {
namespace {

// Looks at the clock are cheap beside a term's row, but not beside nothing.
constexpr std::size_t terms_between_looks = 16;

// What one merge takes at most: it is held in memory.
constexpr std::int64_t most_merged = 4'000;

// A posting that is to be added, in the order in which the table has them.
struct Entry {
  std::int64_t list = 0;
  std::uint64_t beginning = 0;  // the term's first eight bytes, which tell most terms apart
  std::string_view term;
  Posting posting;

  bool operator<(const Entry& other) const {
    if (list != other.list) return list < other.list;
    if (beginning != other.beginning) return beginning < other.beginning;
    const int order = term.compare(other.term);
    return order != 0 ? order < 0 : posting.number < other.posting.number;
  }
  bool same_term(const Entry& other) const { return list == other.list && term == other.term; }
};

std::uint64_t beginning_of(std::string_view term) {
  std::uint64_t beginning = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    beginning = beginning << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
  }
  return beginning;
}

// The texts of one merge: their terms behind the place where the step before ended.
class Batch {
 public:
  Batch(store::Connection& connection, const StateRow& state) : state_(state) {
    connection.each<TextRow>(
        "SELECT number, ticket, kind, source, terms FROM indexed_text WHERE number > $1 AND number <= $2"
        " ORDER BY number",
        [&](const TextRow& row) { add(row); }, state.merged, state.target);
    std::ranges::sort(entries_, std::less{});
  }

  std::span<const Entry> entries() const { return entries_; }

 private:
  void add(const TextRow& row) {
    if (row.kind < 0 || row.kind > static_cast<std::int64_t>(TextKind::note)) refuse_blob("a text is of no known kind");
    const auto list = row.kind + 1;
    PackedTerms terms(row.terms.value);
    while (terms.next()) {
      std::string_view kept;
      const auto keep = [&](std::int64_t into, std::uint8_t weight) {
        if (into < state_.list || (into == state_.list && terms.text() <= state_.term)) return;
        if (kept.empty()) kept = texts_.emplace_back(terms.text());
        entries_.push_back({into, beginning_of(kept), kept, {row.number, weight}});
      };
      keep(list, terms.weight());
      if (list == static_cast<std::int64_t>(List::tickets) && terms.title() > 0) {
        keep(static_cast<std::int64_t>(List::titles), terms.title_weight());
      }
    }
  }

  const StateRow& state_;
  std::deque<std::string> texts_;
  std::vector<Entry> entries_;
};

// Adds one term's postings behind those that it has.
void append(store::Connection& connection, std::span<const Entry> entries) {
  static const auto sql = "SELECT " + store::columns<PostingRow>() +
                          " FROM posting WHERE list = $1 AND term = $2 ORDER BY first DESC LIMIT 1";
  PostingRow row{.list = entries.front().list, .term = std::string(entries.front().term)};
  std::vector<Posting> postings;
  if (auto last = connection.first<PostingRow>(sql, row.list, row.term)) {
    row.texts = last->texts;
    row.last = last->last;
    // A full chunk stays as it is.
    if (last->numbers.value.size() + 4 <= max_chunk_bytes) {
      postings = unpack_postings(last->first, last->numbers.value);
      row.texts -= static_cast<std::int64_t>(postings.size());
    }
  }
  for (const auto& entry : entries) {
    if (entry.posting.number > row.last) postings.push_back(entry.posting);
  }
  for (auto& chunk : pack_postings(postings)) {
    row.first = chunk.first;
    row.last = chunk.last;
    row.texts += chunk.count;
    row.heaviest = chunk.heaviest;
    row.numbers.value = std::move(chunk.bytes);
    connection.put("posting", R"("list", "term", "first")", row);
  }
}

std::optional<std::int64_t> new_target(store::Connection& connection, std::int64_t merged, std::int64_t waiting) {
  const auto enough = connection.first<std::int64_t>(
      "SELECT number FROM indexed_text WHERE number > $1 ORDER BY number LIMIT 1 OFFSET $2", merged,
      std::max<std::int64_t>(waiting, 1) - 1);
  if (!enough) return std::nullopt;
  const auto bounded = connection.first<std::int64_t>(
      "SELECT number FROM indexed_text WHERE number > $1 ORDER BY number LIMIT 1 OFFSET $2", merged, most_merged - 1);
  if (bounded) return bounded;
  return connection.first<std::int64_t>("SELECT max(number) FROM indexed_text");
}

void put_state(store::Connection& connection, const StateRow& state) {
  connection.run("UPDATE index_state SET merged = $1, target = $2, list = $3, term = $4 WHERE id = 1", state.merged,
                 state.target, state.list, state.term);
}

// True when all was done.
bool merge_until(store::Connection& connection, StateRow& state, std::chrono::steady_clock::time_point end) {
  const Batch batch(connection, state);
  auto entries = batch.entries();
  for (std::size_t done = 1; !entries.empty(); ++done) {
    const auto& entry = entries.front();
    const auto other = std::ranges::find_if(entries, [&](const Entry& next) { return !next.same_term(entry); });
    const auto count = static_cast<std::size_t>(other - entries.begin());
    append(connection, entries.first(count));
    entries = entries.subspan(count);
    if (entries.empty() || done % terms_between_looks != 0 || std::chrono::steady_clock::now() < end) continue;
    state.list = entry.list;
    state.term = entry.term;
    return false;
  }
  return true;
}

}  // namespace

bool wants_merge(store::Connection& connection, std::int64_t waiting) {
  const auto state = index_state(connection);
  return state.target != 0 || new_target(connection, state.merged, waiting);
}

bool step_merge(store::Connection& connection, Milliseconds budget, std::int64_t waiting) {
  const auto end = std::chrono::steady_clock::now() + budget;
  auto state = index_state(connection);
  if (state.target == 0) {
    const auto target = new_target(connection, state.merged, waiting);
    if (!target) return false;
    state.target = *target;
  }
  if (merge_until(connection, state, end)) {
    state = {.merged = state.target};
    connection.run("DELETE FROM indexed_text WHERE ticket = 0 AND number <= $1", state.merged);
  }
  put_state(connection, state);
  return state.target != 0 || new_target(connection, state.merged, waiting);
}

}  // namespace gilir::index
