#include "core/index/walk.h"

#include <algorithm>

namespace gilir::index {
namespace {

struct ChunkRow {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t texts = 0;
  store::Bytes numbers;
};
BOOST_DESCRIBE_STRUCT(ChunkRow, (), (first, last, texts, numbers))

// A damaged row's counts may weigh anything; a hundred of the most fit into a sum.
Weight fixed(float weight) {
  constexpr float most = 1 << 24;
  return weight > 0 ? static_cast<Weight>(std::min(weight * weight_one + .5F, most)) : 0;
}

}  // namespace

bool Walk::add(std::vector<WalkTerm> terms, const WalkBounds& bounds) {
  all_words_ = bounds.all_words;
  std::erase_if(terms, [](const WalkTerm& term) { return term.texts() <= 0; });
  std::ranges::stable_sort(terms, {}, &WalkTerm::texts);
  bool whole = true;
  auto left = bounds.postings;
  auto others = static_cast<std::int64_t>(terms.size());
  for (const auto& term : terms) {
    const auto most = term.texts() <= left ? term.texts() : std::max(left / others, bounds.newest);
    if (most < term.texts()) {
      whole = false;
      cut_words_ |= term.words;
    }
    left = std::max<std::int64_t>(left - add_newest(term, most), 0);
    --others;
  }
  return whole;
}

// How many are gone through is returned, here and below.
std::int64_t Walk::add_newest(const WalkTerm& term, std::int64_t most) {
  std::array<Weight, weight_levels> weights{};
  for (std::size_t level = 0; level < weights.size(); ++level) {
    weights[level] = fixed(term.constant + term.factor * weight_of(static_cast<std::uint8_t>(level)));
  }
  // What waits is newer than all that is merged.
  const auto waiting = std::min(static_cast<std::int64_t>(term.waiting.size()), most);
  for (const auto& posting : std::span(term.waiting).last(static_cast<std::size_t>(waiting))) {
    waiting_.push_back({posting.number, weights[posting.weight], term.words});
  }
  return waiting + add_merged(term, most - waiting, weights);
}

std::int64_t Walk::add_merged(const WalkTerm& term, std::int64_t most,
                              const std::array<Weight, weight_levels>& weights) {
  if (term.merged <= 0 || most <= 0) return 0;
  Cursor cursor;
  cursor.end = chunks_.size();
  cursor.weights = weights;
  cursor.words = term.words;
  // Postings up to this place in the term's whole list are too old.
  auto too_old = std::max<std::int64_t>(term.merged - most, 0);
  std::int64_t taken = 0;
  static const auto sql =
      select_chunks("first, last, texts", "WHERE list = $1 AND term = $2 AND first <= $3 ORDER BY first DESC");
  connection_.each_until<ChunkRow>(
      sql,
      [&](const ChunkRow& row) {
        const auto count = static_cast<std::int64_t>(ChunkReader(row.first, row.numbers.value).left());
        const auto before = row.texts - count;
        if (before >= term.merged || row.last < row.first) refuse_blob("a term's chunks do not add up");
        if (live_ != nullptr && !live_->any(row.first, row.last)) {
          too_old = std::max<std::int64_t>(too_old - count, 0);
          return before > too_old;
        }
        chunks_.push_back({row.first, bytes_.size(), row.numbers.value.size()});
        bytes_ += row.numbers.value;
        cursor.skip = std::max<std::int64_t>(too_old - before, 0);
        taken += count - cursor.skip;
        // Counts that are damaged lead through no more than sound ones.
        return before > too_old && taken < most;
      },
      static_cast<std::int64_t>(term.list), term.text, merged_);
  cursor.next = chunks_.size();
  if (cursor.next > cursor.end) cursors_.push_back(cursor);
  return taken;
}

void Walk::start() {
  std::ranges::sort(waiting_, {}, &Waiting::number);
  waiting_at_ = 0;
  for (auto& cursor : cursors_) {
    advance(cursor);
    for (; cursor.skip > 0 && cursor.more; --cursor.skip) advance(cursor);
  }
}

// To the next posting, of the next chunk when this one is over.
void Walk::advance(Cursor& cursor) {
  if (cursor.reader.left() == 0) {
    cursor.more = cursor.next > cursor.end;
    if (!cursor.more) return;
    const auto& chunk = chunks_[--cursor.next];
    cursor.reader = ChunkReader(chunk.first, std::string_view(bytes_).substr(chunk.at, chunk.size));
    if (chunk.first <= cursor.posting.number) refuse_blob("a term's chunks overlap");
  }
  cursor.posting = cursor.reader.next();
  cursor.more = cursor.posting.number <= merged_;
}

bool Walk::fill(Window& window) {
  constexpr std::int64_t nothing = max_number + 1;
  std::int64_t lowest = waiting_at_ < waiting_.size() ? waiting_[waiting_at_].number : nothing;
  for (const auto& cursor : cursors_) {
    if (cursor.more) lowest = std::min(lowest, cursor.posting.number);
  }
  if (lowest == nothing) return false;
  window.first = lowest - lowest % window_texts;
  const auto end = window.first + window_texts;
  for (auto& cursor : cursors_) {
    if (!cursor.more || cursor.posting.number >= end) continue;
    if (window.words.empty())
      go_through<false>(cursor, end, window);
    else
      go_through<true>(cursor, end, window);
  }
  for (; waiting_at_ < waiting_.size() && waiting_[waiting_at_].number < end; ++waiting_at_) {
    const auto& waiting = waiting_[waiting_at_];
    window.add(static_cast<std::size_t>(waiting.number - window.first), waiting.weight);
    if (!window.words.empty())
      add_words(window, static_cast<std::size_t>(waiting.number - window.first), waiting.words);
  }
  return true;
}

void Walk::add_words(Window& window, std::size_t place, WordBits words) const {
  auto& known = window.words[place];
  if (known != all_words_ && (known | words) == all_words_) window.sums[place] += with_all_words;
  known |= words;
}

template <bool with_words>
void Walk::go_through(Cursor& cursor, std::int64_t end, Window& window) {
  end = std::min(end, merged_ + 1);
  while (cursor.more && cursor.posting.number < end) {
    // Copies, which stay in registers.
    auto reader = cursor.reader;
    auto posting = cursor.posting;
    while (true) {
      const auto place = static_cast<std::size_t>(posting.number - window.first);
      window.add(place, cursor.weights[posting.weight]);
      if constexpr (with_words) add_words(window, place, cursor.words);
      if (reader.left() == 0) break;
      posting = reader.next();
      if (posting.number >= end) break;
    }
    cursor.reader = reader;
    cursor.posting = posting;
    if (posting.number >= end)
      cursor.more = posting.number <= merged_;
    else
      advance(cursor);
  }
}

}  // namespace gilir::index
