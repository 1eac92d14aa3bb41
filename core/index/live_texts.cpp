#include "core/index/live_texts.h"

#include <algorithm>
#include <limits>

#include "core/index/index_rows.h"

namespace gilir::index {
namespace {

// Four thousand million texts; a row that claims more is damaged and would take all memory.
constexpr std::int64_t max_blocks = 1 << 20;
constexpr std::size_t open_bytes = block_texts / 8;
constexpr std::size_t day_bytes = 2;
constexpr std::size_t finish_bytes = day_bytes * finish_block_texts;

// A damaged row's number may be negative; its place is within the block even so.
std::size_t place_in(std::int64_t texts, std::int64_t number) {
  return static_cast<std::size_t>(number) % static_cast<std::size_t>(texts);
}

std::size_t byte_of(std::int64_t number) {
  return place_in(block_texts, number) / 8;
}

int mask_of(std::int64_t number) {
  return 1 << place_in(8, number);
}

bool has_bit(const std::string& open, std::int64_t number) {
  return (static_cast<unsigned char>(open[byte_of(number)]) & mask_of(number)) != 0;
}

std::int64_t day_at(const char* bytes) {
  return static_cast<unsigned char>(bytes[0]) | static_cast<unsigned char>(bytes[1]) << 8;
}

std::int64_t day_in(const std::string& days, std::int64_t number) {
  return day_at(days.data() + day_bytes * place_in(finish_block_texts, number));
}

struct FinishRow {
  std::int64_t block = 0;
  store::Bytes days;
};
BOOST_DESCRIBE_STRUCT(FinishRow, (), (block, days))

std::optional<std::string> days_of_block(store::Connection& connection, std::int64_t block) {
  static const auto sql = "SELECT " + bounded("days", finish_bytes) + " FROM text_finish WHERE block = $1";
  auto days = connection.first<store::Bytes>(sql, block);
  if (!days) return std::nullopt;
  if (days->value.size() != finish_bytes) refuse_blob("a row of days is damaged");
  return std::move(days->value);
}

bool is_possible(const KindCount& count) {
  // What a text adds to them is far less.
  constexpr auto most_words = std::numeric_limits<std::int64_t>::max() / 2;
  return count.texts >= 0 && count.texts <= max_number && count.title_words >= 0 && count.title_words <= most_words &&
         count.body_words >= 0 && count.body_words <= most_words;
}

void check(const BlockRow& row) {
  if (row.open.value.size() != open_bytes || row.block < 0 || row.last < 0 || row.last / block_texts < row.block ||
      !is_possible(row.tickets) || !is_possible(row.replies) || !is_possible(row.notes)) {
    refuse_blob("a block of texts is damaged");
  }
}

}  // namespace

std::string select_blocks(std::string_view rest) {
  static const auto all = store::columns<BlockRow>();
  constexpr std::string_view open = "\"open\"";
  const std::string_view counts = std::string_view(all).substr(0, all.size() - open.size());
  return fmt::format("SELECT {}{} FROM text_block {}", counts, bounded(open, open_bytes), rest);
}

KindCount& count_of(BlockRow& row, TextKind kind) {
  switch (kind) {
    case TextKind::ticket:
      return row.tickets;
    case TextKind::reply:
      return row.replies;
    case TextKind::note:
      break;
  }
  return row.notes;
}

BlockRow last_block(store::Connection& connection) {
  static const auto sql = select_blocks("ORDER BY block DESC LIMIT 1");
  auto row = connection.first<BlockRow>(sql);
  if (!row) return {.open = {std::string(open_bytes, '\0')}};
  check(*row);
  return std::move(*row);
}

std::optional<BlockRow> find_block(store::Connection& connection, std::int64_t block) {
  static const auto sql = select_blocks("WHERE block = $1");
  auto row = connection.first<BlockRow>(sql, block);
  if (row) check(*row);
  return row;
}

void put_block(store::Connection& connection, const BlockRow& row) {
  if (connection.update("text_block", R"("block")", row) == 0) connection.insert("text_block", row);
}

bool is_open(const BlockRow& row, std::int64_t number) {
  return has_bit(row.open.value, number);
}

void set_open_bit(BlockRow& row, std::int64_t number, bool open) {
  if (is_open(row, number) == open) return;
  auto& byte = row.open.value[byte_of(number)];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ mask_of(number));
  row.opened += open ? 1 : -1;
}

std::int64_t day_of(WallTime time) {
  return std::clamp<std::int64_t>(std::chrono::floor<std::chrono::days>(time).time_since_epoch().count(), 1, 0xFFFF);
}

std::int64_t finished_day(store::Connection& connection, std::int64_t number) {
  const auto days = days_of_block(connection, number / finish_block_texts);
  return days ? day_in(*days, number) : 0;
}

void set_finished_day(store::Connection& connection, std::int64_t number, std::int64_t day) {
  const auto block = number / finish_block_texts;
  auto days = days_of_block(connection, block);
  if (!days && day == 0) return;
  if (!days) days = std::string(finish_bytes, '\0');
  if (day_in(*days, number) == day) return;
  const auto at = day_bytes * place_in(finish_block_texts, number);
  (*days)[at] = static_cast<char>(day & 0xFF);
  (*days)[at + 1] = static_cast<char>(day >> 8);
  connection.put("text_finish", R"("block")", FinishRow{block, {std::move(*days)}});
}

namespace {

struct OpenBits {
  std::int64_t block = 0;
  std::int64_t finished = 0;
  store::Bytes open;
};
BOOST_DESCRIBE_STRUCT(OpenBits, (), (block, finished, open))

constexpr auto parts_a_block = static_cast<std::size_t>(block_texts / finish_block_texts);

}  // namespace

LiveTexts::LiveTexts(store::Connection& connection, WallTime now)
    : connection_(connection), oldest_day_(std::max<std::int64_t>(day_of(now) - finished_counts_days, 1)) {
  static const auto sql = "SELECT block, finished, " + bounded("\"open\"", open_bytes) +
                          " FROM text_block WHERE opened > 0 OR finished >= $1 ORDER BY block";
  connection.each<OpenBits>(
      sql,
      [&](OpenBits row) {
        if (row.open.value.size() != open_bytes || row.block < 0 || row.block > max_blocks) {
          refuse_blob("a block of texts is damaged");
        }
        live_.resize(static_cast<std::size_t>(row.block) + 1);
        live_.back() = std::move(row.open.value);
        // Where none was finished lately, the days need not be read.
        complete_.resize(parts_a_block * live_.size(), row.finished < oldest_day_);
      },
      oldest_day_);
}

bool LiveTexts::any(std::int64_t first, std::int64_t last) const {
  const auto blocks = static_cast<std::int64_t>(live_.size());
  for (auto block = first / block_texts; block <= last / block_texts && block < blocks; ++block) {
    if (!live_[static_cast<std::size_t>(block)].empty()) return true;
  }
  return false;
}

std::uint64_t LiveTexts::live_from(std::int64_t first) {
  const auto block = static_cast<std::size_t>(first / block_texts);
  if (block >= live_.size() || live_[block].empty()) return 0;
  const auto part = first / finish_block_texts;
  if (!complete_[static_cast<std::size_t>(part)]) add_finished(part);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i)
    bits |= std::uint64_t{static_cast<unsigned char>(live_[block][byte_of(first) + i])} << 8 * i;
  if (left_out_ >= first && left_out_ - first < 64) bits &= ~(std::uint64_t{1} << (left_out_ - first));
  return bits;
}

void LiveTexts::add_finished(std::int64_t part) {
  complete_[static_cast<std::size_t>(part)] = true;
  const auto days = days_of_block(connection_, part);
  if (!days) return;
  const auto first = part * finish_block_texts;
  auto* live = live_[static_cast<std::size_t>(first / block_texts)].data() + byte_of(first);
  const auto* day = days->data();
  for (const auto* end = day + days->size(); day != end; ++live) {
    int bits = 0;
    for (int i = 0; i < 8; ++i, day += day_bytes) bits |= day_at(day) >= oldest_day_ ? 1 << i : 0;
    *live = static_cast<char>(static_cast<unsigned char>(*live) | bits);
  }
}

}  // namespace gilir::index
