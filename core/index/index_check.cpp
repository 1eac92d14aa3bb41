#include "core/index/index_check.h"

#include <algorithm>
#include <bit>

#include "core/index/index_rows.h"
#include "core/index/live_texts.h"
#include "core/index/postings.h"
#include "core/index/snapshot.h"

namespace gilir::index {
namespace {

// Spreads what is added up, so that two mistakes do not make up for each other (splitmix64).
std::uint64_t spread(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9U;
  value = (value ^ value >> 27) * 0x94D049BB133111EBU;
  return value ^ value >> 31;
}

std::uint64_t sign_of(std::int64_t list, std::string_view term) {
  return spread(std::hash<std::string_view>{}(term) + static_cast<std::uint64_t>(list));
}

std::uint64_t sign_of(std::uint64_t term, std::uint8_t weight) {
  return spread(term ^ weight);
}

struct KindThere {
  std::int64_t kind = 0;
  std::int64_t texts = 0;
};
BOOST_DESCRIBE_STRUCT(KindThere, (), (kind, texts))

// Goes through all postings, a span of texts at a time, and adds up for each text what it is in; then through the
// texts, which say what they should be in.
class Check {
 public:
  Check(store::Connection& connection, std::size_t most, std::int64_t span)
      : connection_(connection),
        most_(most),
        span_(std::max<std::int64_t>(span, 1)),
        state_(index_state(connection)),
        last_(std::min(last_block(connection).last, max_number)),
        merged_(std::clamp<std::int64_t>(state_.merged, 0, last_)) {}

  std::vector<IndexFault> run() {
    check_blocks();
    if (state_.list != being_cleared) check_merged();
    check_waiting();
    return std::move(faults_);
  }

  std::vector<IndexFault> run(const std::vector<TextNumber>& texts) {
    static const auto sql = select_texts("WHERE number = $1");
    check_blocks();
    for (const auto number : texts) {
      if (is_enough()) break;
      const auto row = connection_.first<TextRow>(sql, number);
      if (row && row->number > merged_) check_waiting(*row);
      if (row && row->number <= merged_) check_places(*row);
    }
    return std::move(faults_);
  }

 private:
  bool is_enough() const { return faults_.size() >= most_; }
  void report(std::string problem, std::optional<TextNumber> text, std::string_view term = {}) {
    if (!is_enough()) faults_.push_back({std::move(problem), text, std::string(term)});
  }

  void check_blocks();
  void check_counts(BlockRow last);
  void check_merged();
  void check_postings();
  void check_chunk(const PostingRow& row);
  void check_order(const PostingRow& row, std::int64_t count);
  void check_texts();
  void check_text(const TextRow& row);
  bool name_missing(const TextRow& row);
  void check_places(const TextRow& row);
  void check_waiting();
  void check_waiting(const TextRow& row);
  void check_standing(const TextRow& row);

  store::Connection& connection_;
  std::size_t most_;
  std::int64_t span_;
  StateRow state_;
  std::int64_t last_;
  std::int64_t merged_;
  std::vector<IndexFault> faults_;

  std::vector<std::uint64_t> sums_;
  std::int64_t begin_ = 0;
  PostingRow before_;
  std::optional<BlockRow> block_;
};

void Check::check_blocks() {
  static const auto sql = select_blocks("ORDER BY block");
  BlockRow before;
  connection_.each<BlockRow>(sql, [&](const BlockRow& row) {
    std::int64_t bits = 0;
    for (const char byte : row.open.value) bits += std::popcount(static_cast<unsigned char>(byte));
    const TextNumber first{std::clamp<std::int64_t>(row.block, 0, last_ / block_texts) * block_texts};
    if (bits != row.opened) report("a block's open texts do not add up", first);
    const auto shrinks = [&](auto count) { return count(row) < count(before); };
    if (row.last < before.last || shrinks([](const BlockRow& one) { return one.tickets.texts; }) ||
        shrinks([](const BlockRow& one) { return one.replies.texts; }) ||
        shrinks([](const BlockRow& one) { return one.notes.texts; })) {
      report("a block has fewer texts than the one before", first);
    }
    before = row;
  });
  if (state_.merged > last_ || state_.target > last_) report("more texts are merged than there are", std::nullopt);
  if (state_.merged < 0 || state_.target < 0) report("it is not known how far the index is merged", std::nullopt);
  if (!connection_.first<std::int64_t>("SELECT id FROM index_state")) report("the index has no state", std::nullopt);
  if (state_.list != being_cleared) check_counts(before);
}

// Texts that are gone count as well, until the index is built anew.
void Check::check_counts(BlockRow last) {
  const auto there = connection_.all<KindThere>(
      "SELECT kind, count(*) AS texts FROM indexed_text WHERE ticket > 0 GROUP BY kind ORDER BY kind");
  for (const auto& one : there) {
    const bool is_known = one.kind >= 0 && one.kind <= static_cast<std::int64_t>(TextKind::note);
    if (is_known && count_of(last, static_cast<TextKind>(one.kind)).texts >= one.texts) continue;
    report("texts are not counted", std::nullopt);
  }
  const auto is_more = [&](const KindCount& count) { return count.texts > last_; };
  if (is_more(last.tickets) || is_more(last.replies) || is_more(last.notes) ||
      last.tickets.texts + last.replies.texts + last.notes.texts > last_)
    report("more texts are counted than there are", std::nullopt);
}

// Spans without a text are passed over.
void Check::check_merged() {
  for (std::optional<std::int64_t> begin = 0; begin && !is_enough();
       begin = connection_.first<std::int64_t>(
           "SELECT number FROM indexed_text WHERE number BETWEEN $1 AND $2 ORDER BY number LIMIT 1",
           begin_ + static_cast<std::int64_t>(sums_.size()), merged_)) {
    begin_ = *begin;
    sums_.assign(static_cast<std::size_t>(std::min(span_, merged_ + 1 - begin_)), 0);
    check_postings();
    check_texts();
  }
}

void Check::check_postings() {
  static const auto sql = select_chunks("list, term, first, last, texts, heaviest", "ORDER BY list, term, first");
  before_ = {};
  connection_.each_until<PostingRow>(sql, [&](const PostingRow& row) {
    try {
      check_chunk(row);
    } catch (const Error&) {
      report("a chunk of postings cannot be read", TextNumber{row.first}, row.term);
    }
    before_ = row;
    return !is_enough();
  });
}

void Check::check_order(const PostingRow& row, std::int64_t count) {
  const bool follows = row.list == before_.list && row.term == before_.term;
  if (row.list < 0 || row.list > static_cast<std::int64_t>(List::notes) || row.term.empty() ||
      row.term.size() > max_term_bytes) {
    report("postings are of no list or term", TextNumber{row.first}, row.term);
  }
  if (follows && row.first <= before_.last) report("chunks overlap", TextNumber{row.first}, row.term);
  if (row.texts != count + (follows ? before_.texts : 0)) {
    report("a term's texts do not add up", TextNumber{row.first}, row.term);
  }
  if (row.numbers.value.size() > max_chunk_bytes) report("a chunk is too long", TextNumber{row.first}, row.term);
}

void Check::check_chunk(const PostingRow& row) {
  const auto postings = unpack_postings(row.first, row.numbers.value);
  const auto term = sign_of(row.list, row.term);
  std::uint8_t heaviest = 0;
  for (const auto& posting : postings) {
    heaviest = std::max(heaviest, posting.weight);
    const auto place = posting.number - begin_;
    if (place < 0 || place >= static_cast<std::int64_t>(sums_.size())) continue;
    sums_[static_cast<std::size_t>(place)] += sign_of(term, posting.weight);
  }
  if (begin_ > 0) return;
  check_order(row, static_cast<std::int64_t>(postings.size()));
  if (row.last != postings.back().number || row.heaviest != heaviest) {
    report("a chunk is not what its row says", TextNumber{row.first}, row.term);
  }
  if (row.last > std::max(merged_, state_.target)) {
    report("a text stands in postings before it is merged", TextNumber{row.last}, row.term);
  }
}

void Check::check_texts() {
  static const auto sql = select_texts("WHERE number BETWEEN $1 AND $2 ORDER BY number");
  const auto end = begin_ + static_cast<std::int64_t>(sums_.size()) - 1;
  connection_.each_until<TextRow>(
      sql,
      [&](const TextRow& row) {
        check_text(row);
        return !is_enough();
      },
      begin_, end);
}

void Check::check_text(const TextRow& row) {
  if (row.ticket == 0) report("a text that was removed is still there", TextNumber{row.number});
  if (row.kind < 0 || row.kind > static_cast<std::int64_t>(TextKind::note)) {
    report("a text is of no known kind", TextNumber{row.number});
  }
  std::uint64_t sum = 0;
  try {
    for (const auto list : {List::titles, List::tickets, List::replies, List::notes}) {
      each_term(row, list, [&](const PackedTerms& term) {
        sum += sign_of(sign_of(static_cast<std::int64_t>(list), term.text()), weight_in(list, term));
        return true;
      });
    }
  } catch (const Error&) {
    report("a text's terms cannot be read", TextNumber{row.number});
    return;
  }
  if (sum != sums_[static_cast<std::size_t>(row.number - begin_)] && !name_missing(row)) {
    report("a text stands among those of a term that it does not have", TextNumber{row.number});
  }
  check_standing(row);
}

void Check::check_places(const TextRow& row) {
  try {
    name_missing(row);
  } catch (const Error&) {
    report("a text's terms cannot be read", TextNumber{row.number});
  }
  check_standing(row);
}

// Which of a text's terms it does not stand under; false when it stands under all.
bool Check::name_missing(const TextRow& row) {
  bool all = true;
  for (const auto list : {List::titles, List::tickets, List::replies, List::notes}) {
    each_term(row, list, [&](const PackedTerms& term) {
      static const auto sql =
          select_chunks("list, term, first, last, texts, heaviest",
                        "WHERE list = $1 AND term = $2 AND first <= $3 ORDER BY first DESC LIMIT 1");
      const auto chunk =
          connection_.first<PostingRow>(sql, static_cast<std::int64_t>(list), std::string(term.text()), row.number);
      bool stands = false;
      try {
        if (chunk) {
          const auto postings = unpack_postings(chunk->first, chunk->numbers.value);
          stands = std::ranges::find(postings, Posting{row.number, weight_in(list, term)}) != postings.end();
        }
      } catch (const Error&) {
        // That it cannot be read is told already.
      }
      all = all && stands;
      if (!stands) report("a text does not stand among its term's", TextNumber{row.number}, term.text());
      return true;
    });
  }
  return !all;
}

void Check::check_standing(const TextRow& row) {
  if (row.ticket == 0 || row.kind != static_cast<std::int64_t>(TextKind::ticket)) return;
  const auto block = row.number / block_texts;
  try {
    if (!block_ || block_->block != block) block_ = find_block(connection_, block);
    if (!block_) {
      report("a text has no block", TextNumber{row.number});
    } else if (!is_open(*block_, row.number)) {
      const auto day = finished_day(connection_, row.number);
      if (day == 0) report("a ticket's text counts neither as open nor as finished", TextNumber{row.number});
      if (day > block_->finished) report("a block does not know its latest finish", TextNumber{row.number});
    }
  } catch (const Error&) {
    report("what is known of open texts cannot be read", TextNumber{row.number});
  }
}

void Check::check_waiting() {
  static const auto sql = select_texts("WHERE number > $1 OR number < 1 ORDER BY number");
  connection_.each_until<TextRow>(
      sql,
      [&](const TextRow& row) {
        check_waiting(row);
        return !is_enough();
      },
      merged_);
}

void Check::check_waiting(const TextRow& row) {
  if (row.number > last_ || row.number < 1) {
    report("a text has a number that was never given", TextNumber{row.number});
    return;
  }
  try {
    unpack_terms(row.terms.value);
  } catch (const Error&) {
    report("a text's terms cannot be read", TextNumber{row.number});
  }
  check_standing(row);
}

}  // namespace

std::vector<IndexFault> verify(store::Connection& connection, std::size_t most, std::int64_t span) {
  return Check(connection, most, span).run();
}

std::vector<IndexFault> verify_some(store::Connection& connection, const std::vector<TextNumber>& texts,
                                    std::size_t most) {
  return Check(connection, most, 1).run(texts);
}

bool is_kept_as(const TextTerms& kept, const TextTerms& made) {
  return pack_terms(kept, {}) == pack_terms(made, {});
}

}  // namespace gilir::index
