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
  std::erase_if(terms, [](const WalkTerm& term) { return term.texts() <= 0; });
  std::ranges::stable_sort(terms, {}, &WalkTerm::texts);
  bool whole = true;
  auto left = bounds.postings;
  auto others = static_cast<std::int64_t>(terms.size());
  for (const auto& term : terms) {
    const auto most = term.texts() <= left ? term.texts() : std::max(left / others, bounds.newest);
    if (most < term.texts()) whole = false;
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
    waiting_.push_back({posting.number, weights[posting.weight]});
  }
  return waiting + add_merged(term, most - waiting, weights);
}

std::int64_t Walk::add_merged(const WalkTerm& term, std::int64_t most,
                              const std::array<Weight, weight_levels>& weights) {
  if (term.merged <= 0 || most <= 0) return 0;
  Cursor cursor;
  cursor.end = chunks_.size();
  cursor.weights = weights;
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
    if (cursor.more && cursor.posting.number < end) go_through(cursor, end, window);
  }
  for (; waiting_at_ < waiting_.size() && waiting_[waiting_at_].number < end; ++waiting_at_) {
    const auto& waiting = waiting_[waiting_at_];
    window.add(static_cast<std::size_t>(waiting.number - window.first), waiting.weight);
  }
  return true;
}

void Walk::go_through(Cursor& cursor, std::int64_t end, Window& window) {
  end = std::min(end, merged_ + 1);
  while (cursor.more && cursor.posting.number < end) {
    // Copies, which stay in registers.
    auto reader = cursor.reader;
    auto posting = cursor.posting;
    while (true) {
      window.add(static_cast<std::size_t>(posting.number - window.first), cursor.weights[posting.weight]);
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

void Best::offer(std::int64_t number, Weight weight) {
  if (most_ == 0) return;
  kept_.push_back({number, weight});
  if (kept_.size() < 2 * most_) return;
  drop_lighter();
  least_ = kept_.back().weight;
}

// The last one of those that stay is the lightest.
void Best::drop_lighter() {
  if (kept_.size() <= most_) return;
  const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(most_) - 1;
  std::nth_element(kept_.begin(), last, kept_.end());
  kept_.resize(most_);
}

std::span<const Best::One> Best::next(std::size_t count) {
  drop_lighter();
  count = std::min(count, left());
  const auto begin = kept_.begin() + static_cast<std::ptrdiff_t>(given_);
  std::partial_sort(begin, begin + static_cast<std::ptrdiff_t>(count), kept_.end());
  return std::span<const One>(kept_).subspan(std::exchange(given_, given_ + count), count);
}

}  // namespace gilir::index
