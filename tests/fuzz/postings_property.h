// Any bytes as a chunk of postings, and as a text's packed terms: they end in Error{damaged} or in what can be packed
// again.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/index/packed_terms.h"
#include "core/index/postings.h"
#include "tests/fuzz/require.h"

namespace gilir::index {

inline void require_rising(const std::vector<Posting>& postings) {
  for (std::size_t i = 1; i < postings.size(); ++i) require(postings[i - 1].number < postings[i].number);
}

inline std::vector<Posting> unpack_all(const std::vector<PackedChunk>& chunks) {
  std::vector<Posting> all;
  for (const auto& chunk : chunks) {
    require(chunk.bytes.size() <= max_chunk_bytes);
    const auto postings = unpack_postings(chunk.first, chunk.bytes);
    all.insert(all.end(), postings.begin(), postings.end());
  }
  return all;
}

inline void try_postings(std::string_view input) {
  std::uint32_t first = 0;
  std::memcpy(&first, input.data(), sizeof first);
  const auto bytes = input.substr(sizeof first);
  auto postings = unpack_postings(first, bytes);
  require_rising(postings);
  require(unpack_all(pack_postings(postings)) == postings);
  const auto last = postings.back().number;
  if (last == max_number) return;
  const std::vector<Posting> more{{last + 1, 1}, {max_number, 2}};
  const auto added = std::span(more).first(last + 1 == max_number ? 1 : 2);
  // A chunk that is too long, or has bits behind its end, may be refused now.
  const auto chunks = add_postings({first, last, 0, 0, std::string(bytes)}, added);
  for (const auto& chunk : chunks) require_rising(unpack_postings(chunk.first, chunk.bytes));
}

inline void try_packed_terms(std::string_view input) {
  const auto terms = unpack_terms(input);
  require(terms.terms.size() <= max_terms);
  require(unpack_terms(pack_terms(terms, PackedTerms(input).norms())) == terms);
}

template <class Try>
void until_damaged(Try&& attempt, std::string_view input) {
  try {
    attempt(input);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::damaged);
  }
}

inline void require_postings_of_any_bytes(std::string_view bytes) {
  if (bytes.size() > sizeof(std::uint32_t)) until_damaged(try_postings, bytes);
  until_damaged(try_packed_terms, bytes);
}

}  // namespace gilir::index
