// Which tickets' texts look-alikes may be: a bit for each open one, in rows of block_texts texts, and the day of its
// end for each finished one. A row also counts all texts up to its end and their words, so that the last one knows
// how many there are and how long they are on average.
#pragma once

#include "core/index/text_index.h"

namespace gilir::index {

inline constexpr std::int64_t block_texts = 4'096;
inline constexpr std::int64_t finish_block_texts = 1'024;

struct KindCount {
  std::int64_t texts = 0;
  std::int64_t title_words = 0;
  std::int64_t body_words = 0;
};
BOOST_DESCRIBE_STRUCT(KindCount, (), (texts, title_words, body_words))

struct BlockRow {
  std::int64_t block = 0;
  std::int64_t last = 0;      // the highest number given so far
  std::int64_t opened = 0;    // bits set in `open`
  std::int64_t finished = 0;  // the latest day on which one of the block was finished
  // All texts up to the block's last.
  KindCount tickets = {};
  KindCount replies = {};
  KindCount notes = {};
  store::Bytes open = {};
};
BOOST_DESCRIBE_STRUCT(BlockRow, (), (block, last, opened, finished, tickets, replies, notes, open))

std::string select_blocks(std::string_view rest);

KindCount& count_of(BlockRow& row, TextKind kind);

// The last block; an empty one before the first text.
BlockRow last_block(store::Connection& connection);
std::optional<BlockRow> find_block(store::Connection& connection, std::int64_t block);
void put_block(store::Connection& connection, const BlockRow& row);

bool is_open(const BlockRow& row, std::int64_t number);
void set_open_bit(BlockRow& row, std::int64_t number, bool open);

// Days since 1970, by UTC, bounded to what is stored.
std::int64_t day_of(WallTime time);
// The day on which a text's ticket was finished last; 0 when it never was.
std::int64_t finished_day(store::Connection& connection, std::int64_t number);
void set_finished_day(store::Connection& connection, std::int64_t number, std::int64_t day);

// A reader's view of all that still count, made once for a search.
class LiveTexts {
 public:
  LiveTexts(store::Connection& connection, WallTime now);

  // Whether any text of the range may count: reads nothing.
  bool any(std::int64_t first, std::int64_t last) const;
  // Exact, a bit for each of 64 texts, of which `first` is the first, divisible by 64; reads the days of a part of a
  // block when it needs them.
  std::uint64_t live_from(std::int64_t first);
  void leave_out(std::int64_t number) { left_out_ = number; }

 private:
  store::Connection& connection_;
  std::int64_t oldest_day_;
  std::int64_t left_out_ = 0;
  void add_finished(std::int64_t part);

  // A bit for each text that counts, by block; empty for one in which nothing does. Those of the finished ones are set
  // when a part of a block is first asked for.
  std::vector<std::string> live_;
  std::vector<bool> complete_;  // by part
};

}  // namespace gilir::index
