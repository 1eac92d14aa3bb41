// Rows of the index's tables. For core/index only.
#pragma once

#include <fmt/format.h>

#include "core/index/postings.h"
#include "core/index/text_index.h"
#include "core/index/varint.h"

namespace gilir::index {

// A column of blobs, of which longer ones than there can be are read as empty ones: memory must not follow the size of
// what is damaged. SQLite tells the length without reading the blob.
inline std::string bounded(std::string_view column, std::size_t most) {
  return fmt::format("CASE WHEN length({0}) <= {1} THEN {0} ELSE x'' END", column, most);
}

struct TextHead {
  std::int64_t number = 0;
  std::int64_t ticket = 0;
  std::int64_t kind = 0;
  std::int64_t source = 0;
};
BOOST_DESCRIBE_STRUCT(TextHead, (), (number, ticket, kind, source))

struct TextRow {
  std::int64_t number = 0;
  std::int64_t ticket = 0;  // 0 for one that was removed before it was merged
  std::int64_t kind = 0;
  std::int64_t source = 0;
  store::Bytes terms;
};
BOOST_DESCRIBE_STRUCT(TextRow, (), (number, ticket, kind, source, terms))

inline std::string select_texts(std::string_view rest) {
  return fmt::format("SELECT number, ticket, kind, source, {} FROM indexed_text {}", bounded("terms", max_packed_bytes),
                     rest);
}

struct PostingRow {
  std::int64_t list = 0;
  std::string term;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t texts = 0;  // with the term, up to and with this chunk's
  std::int64_t heaviest = 0;
  store::Bytes numbers = {};
};
BOOST_DESCRIBE_STRUCT(PostingRow, (), (list, term, first, last, texts, heaviest, numbers))

// `columns` are those that the row has before the chunk itself.
inline std::string select_chunks(std::string_view columns, std::string_view rest) {
  return fmt::format("SELECT {}, {} FROM posting {}", columns, bounded("numbers", max_chunk_bytes), rest);
}

// In StateRow::list, while the index is taken apart.
inline constexpr std::int64_t being_cleared = -1;

struct StateRow {
  std::int64_t merged = 0;
  std::int64_t target = 0;  // of the merge under way; 0 when there is none
  // The merge has done everything up to this term of this list.
  std::int64_t list = 0;
  std::string term = {};
  bool operator==(const StateRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(StateRow, (), (merged, target, list, term))

inline StateRow index_state(store::Connection& connection) {
  return connection.first<StateRow>("SELECT merged, target, list, term FROM index_state WHERE id = 1")
      .value_or(StateRow{});
}

}  // namespace gilir::index
