#include "core/index/merging.h"

#include <algorithm>
#include <array>

#include "core/index/index_rows.h"
#include "core/index/postings.h"

namespace gilir::index {
namespace {

// Looks at the clock are cheap beside a term's row, but not beside nothing.
constexpr std::size_t terms_between_looks = 16;

}  // namespace

// What is to be added to one term's postings.
struct MergeAddition {
  std::int64_t list = 0;
  const std::string* term = nullptr;
  const std::vector<Posting>* postings = nullptr;
};

// The texts of one merge: their terms behind the place where the step before ended.
class MergeBatch {
 public:
  MergeBatch(store::Connection& connection, StateRow state) : state_(std::move(state)) {
    static const auto sql = select_texts("WHERE number > $1 AND number <= $2 ORDER BY number");
    std::int64_t texts = 0;
    connection.each<TextRow>(
        sql,
        [&](const TextRow& row) {
          if (++texts > most_merged) refuse_blob("a merge is of too many texts");
          add(row);
        },
        state.merged, state.target);
  }

  // In the order in which the table has them.
  std::vector<MergeAddition> additions() const {
    std::vector<MergeAddition> all;
    for (std::size_t list = 0; list < lists_.size(); ++list) {
      const auto begin = static_cast<std::ptrdiff_t>(all.size());
      for (const auto& [term, postings] : lists_[list]) {
        all.push_back({static_cast<std::int64_t>(list), &term, &postings});
      }
      std::ranges::sort(
          all.begin() + begin, all.end(), {}, [](const MergeAddition& one) -> auto& { return *one.term; });
    }
    return all;
  }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Additions = std::unordered_map<std::string, std::vector<Posting>, TextHash, std::equal_to<>>;

  void add(const TextRow& row) {
    if (!is_readable(row)) return;
    const auto list = row.kind + 1;
    PackedTerms terms(row.terms.value);
    while (terms.next()) {
      add(list, terms.text(), {row.number, terms.weight()});
      if (list == static_cast<std::int64_t>(List::tickets) && terms.title() > 0) {
        add(static_cast<std::int64_t>(List::titles), terms.text(), {row.number, terms.title_weight()});
      }
    }
  }

  static bool is_readable(const TextRow& row) {
    if (row.kind < 0 || row.kind > static_cast<std::int64_t>(TextKind::note)) return false;
    try {
      PackedTerms terms(row.terms.value);
      while (terms.next()) {
      }
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  void add(std::int64_t list, std::string_view term, const Posting& posting) {
    if (list < state_.list || (list == state_.list && term <= state_.term)) return;
    auto& additions = lists_[static_cast<std::size_t>(list)];
    auto found = additions.find(term);
    if (found == additions.end()) found = additions.try_emplace(std::string(term)).first;
    found->second.push_back(posting);
  }

  StateRow state_;
  std::array<Additions, 4> lists_;
};

namespace {

struct TailChunk {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t texts = 0;
  std::int64_t heaviest = 0;
  store::Bytes numbers;
};
BOOST_DESCRIBE_STRUCT(TailChunk, (), (first, last, texts, heaviest, numbers))

// The last chunk with what is added behind its own; none when it is full, or cannot be read, and stays as it is.
std::optional<std::vector<PackedChunk>> lengthened(const TailChunk& last, std::span<const Posting> added) {
  if (last.numbers.value.size() + 4 > max_chunk_bytes) return std::nullopt;
  try {
    return add_postings({last.first, last.last, 0, static_cast<std::uint8_t>(last.heaviest), last.numbers.value},
                        added);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// Adds one term's postings behind those that it has.
void append(store::Connection& connection, const MergeAddition& addition) {
  std::span<const Posting> added(*addition.postings);
  std::vector<PackedChunk> chunks;
  std::int64_t texts = 0;
  static const auto sql =
      select_chunks("first, last, texts, heaviest", "WHERE list = $1 AND term = $2 ORDER BY first DESC LIMIT 1");
  if (auto last = connection.first<TailChunk>(sql, addition.list, *addition.term)) {
    // What was added before, by a step of which the end was lost.
    while (!added.empty() && added.front().number <= last->last) added = added.subspan(1);
    if (added.empty()) return;
    texts = last->texts;
    if (auto longer = lengthened(*last, added)) {
      texts -= ChunkReader(last->first, last->numbers.value).left();
      chunks = std::move(*longer);
      added = {};
    }
  }
  if (!added.empty()) chunks = pack_postings(added);
  for (auto& chunk : chunks) {
    texts += chunk.count;
    connection.run(
        "INSERT INTO posting (list, term, first, last, texts, heaviest, numbers) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (list, term, first) DO UPDATE SET last = excluded.last, texts = excluded.texts,"
        " heaviest = excluded.heaviest, numbers = excluded.numbers",
        addition.list, *addition.term, chunk.first, chunk.last, texts, chunk.heaviest,
        store::Bytes{std::move(chunk.bytes)});
  }
}

// Numbers behind the last one that was given belong to no text.
std::int64_t last_given(store::Connection& connection) {
  const auto last = connection.first<std::int64_t>("SELECT last FROM text_block ORDER BY block DESC LIMIT 1");
  return std::min(last.value_or(0), max_number);
}

std::optional<std::int64_t> new_target(store::Connection& connection, std::int64_t merged, std::int64_t waiting) {
  const auto last = last_given(connection);
  const auto number_at = [&](std::int64_t place) {
    return connection.first<std::int64_t>(
        "SELECT number FROM indexed_text WHERE number > $1 AND number <= $2 ORDER BY number LIMIT 1 OFFSET $3", merged,
        last, place - 1);
  };
  if (!number_at(std::max<std::int64_t>(waiting, 1))) return std::nullopt;
  if (const auto bounded = number_at(most_merged)) return bounded;
  return connection.first<std::int64_t>("SELECT max(number) FROM indexed_text WHERE number <= $1", last);
}

// Nothing is merged while the index is taken apart, nor where it is not known how far it is merged.
bool can_merge(store::Connection& connection, const StateRow& state) {
  if (state.list == being_cleared || state.merged < 0) return false;
  return state.target == 0 || (state.target > state.merged && state.target <= last_given(connection));
}

void put_state(store::Connection& connection, const StateRow& state) {
  // The row may be lost, and then a merge that is not written down would be made for ever.
  connection.run(
      "INSERT INTO index_state (id, merged, target, list, term) VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE"
      " SET merged = excluded.merged, target = excluded.target, list = excluded.list, term = excluded.term",
      state.merged, state.target, state.list, state.term);
}

}  // namespace

// What a merge has left to do, and the state in which the last step left it.
struct Merging::Work {
  Work(store::Connection& connection, StateRow now)
      : state(std::move(now)), batch(connection, state), additions(batch.additions()) {}

  // True when all was done.
  bool go_on(store::Connection& connection, std::chrono::steady_clock::time_point end) {
    while (done < additions.size()) {
      const auto& addition = additions[done++];
      append(connection, addition);
      if (done == additions.size() || done % terms_between_looks != 0 || std::chrono::steady_clock::now() < end) {
        continue;
      }
      state.list = addition.list;
      state.term = *addition.term;
      return false;
    }
    return true;
  }

  StateRow state;
  MergeBatch batch;
  std::vector<MergeAddition> additions;
  std::size_t done = 0;
};

Merging::Merging(store::Connection& connection) : connection_(connection) {}
Merging::~Merging() = default;

bool Merging::step(Milliseconds budget, std::int64_t waiting) {
  const auto begun = std::chrono::steady_clock::now();
  auto state = index_state(connection_);
  if (!can_merge(connection_, state)) return false;
  if (state.target == 0) {
    const auto target = new_target(connection_, state.merged, waiting);
    if (!target) return false;
    state.target = *target;
  }
  if (!work_ || work_->state != state) work_ = std::make_unique<Work>(connection_, state);
  // However long that took, something is done.
  const auto end = std::max(begun + budget, std::chrono::steady_clock::now() + budget / 2);
  if (work_->go_on(connection_, end)) {
    state = {.merged = state.target};
    connection_.run("DELETE FROM indexed_text WHERE ticket = 0 AND number <= $1", state.merged);
    work_.reset();
  } else {
    state = work_->state;
  }
  put_state(connection_, state);
  return state.target != 0 || new_target(connection_, state.merged, waiting).has_value();
}

bool step_merge(store::Connection& connection, Milliseconds budget, std::int64_t waiting) {
  return Merging(connection).step(budget, waiting);
}

bool wants_merge(store::Connection& connection, std::int64_t waiting) {
  const auto state = index_state(connection);
  if (!can_merge(connection, state)) return false;
  return state.target != 0 || new_target(connection, state.merged, waiting).has_value();
}

}  // namespace gilir::index
