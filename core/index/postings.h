// Which texts have a term: rising numbers, each with what the term weighs in it, packed into chunks that stay within
// one page of the store's b-tree.
//
// A number is stored as its distance from the one before in an Exp-Golomb code (Teuhola, 1978), whose order is chosen
// for each chunk so that it is shortest, its weight in weight_bits behind it: about one byte and a half a posting on
// real desks, where distances are anything from one to a million.
//
// Blobs may be anything: what is no chunk ends in Error{damaged}, never in a wrong read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/packed_terms.h"

namespace gilir::index {

inline constexpr std::size_t max_chunk_bytes = 900;

struct Posting {
  std::int64_t number = 0;
  std::uint8_t weight = 0;
  bool operator==(const Posting&) const = default;
};

struct PackedChunk {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count = 0;
  std::uint8_t heaviest = 0;
  std::string bytes;
};

// Chunks of at most max_chunk_bytes, all but the last as full as they get. `postings` rise strictly, from 1 on.
std::vector<PackedChunk> pack_postings(std::span<const Posting> postings);

// Walks a chunk. The bytes must outlive it.
class ChunkReader {
 public:
  ChunkReader() = default;
  // `first` is the chunk's first number, which its row knows.
  ChunkReader(std::int64_t first, std::string_view bytes);

  // How many postings are left.
  std::uint32_t left() const { return left_; }
  // The next one; call it only while there is one left.
  Posting next();

 private:
  void refill();

  const unsigned char* at_ = nullptr;
  const unsigned char* end_ = nullptr;
  std::uint64_t bits_ = 0;
  int have_ = 0;
  int order_ = 0;
  std::uint32_t left_ = 0;
  bool started_ = false;
  std::int64_t number_ = 0;
};

std::vector<Posting> unpack_postings(std::int64_t first, std::string_view bytes);

}  // namespace gilir::index
