// Which texts have a term: rising numbers, each with what the term weighs in it, packed into chunks that stay within
// one page of the store's b-tree.
//
// A number is stored as its distance from the one before in an Exp-Golomb code (Teuhola, 1978), whose order is chosen
// for each chunk so that it is shortest, its weight in weight_bits behind it: about one byte and a half a posting on
// real desks, where distances are anything from one to a million.
//
// Blobs may be anything: what is no chunk ends in Error{damaged}, never in a wrong read.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
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
// The chunk, of which `count` need not be known, with more postings behind its own; when it gets too long, and others.
std::vector<PackedChunk> add_postings(PackedChunk chunk, std::span<const Posting> postings);

// No text has a higher number.
inline constexpr std::int64_t max_number = std::int64_t{1} << 40;

// Walks a chunk. The bytes must outlive it. Everything here is inline: a ranking goes through hundreds of thousands.
class ChunkReader {
 public:
  ChunkReader() = default;
  // `first` is the chunk's first number, which its row knows.
  ChunkReader(std::int64_t first, std::string_view bytes);

  // How many postings are left.
  std::uint32_t left() const { return left_; }
  // The next one; call it only while there is one left.
  Posting next() {
    if (started_) number_ += static_cast<std::int64_t>(distance());
    if (number_ > max_number) refuse();
    started_ = true;
    --left_;
    return {number_, static_cast<std::uint8_t>(take(weight_bits))};
  }

 private:
  [[noreturn]] static void refuse();

  // At least 56 bits, but at the end.
  void refill() {
    if (end_ - at_ >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at_, 8);
      bits_ |= little_endian(word) << have_;
      at_ += (63 - have_) >> 3;
      have_ |= 56;
      return;
    }
    for (; have_ <= 56 && at_ != end_; have_ += 8) bits_ |= std::uint64_t{*at_++} << have_;
  }
  static std::uint64_t little_endian(std::uint64_t word) {
    return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
  }

  std::uint64_t take(int count) {
    if (have_ < count) refill();
    if (have_ < count) refuse();
    const auto value = bits_ & ((std::uint64_t{1} << count) - 1);
    bits_ >>= count;
    have_ -= count;
    return value;
  }

  // A code is n zeros, a one and order + n bits.
  std::uint64_t distance() {
    if (have_ < 48) refill();
    const int zeros = std::countr_zero(bits_);
    if (zeros >= have_ || zeros + order_ > 40) refuse();
    bits_ >>= zeros + 1;
    have_ -= zeros + 1;
    const int width = zeros + order_;
    return take(width) + ((std::uint64_t{1} << width) - (std::uint64_t{1} << order_)) + 1;
  }

  const unsigned char* at_ = nullptr;
  const unsigned char* end_ = nullptr;
  std::uint64_t bits_ = 0;  // the lowest have_ of them count; behind them lies what follows, or nothing
  int have_ = 0;
  int order_ = 0;
  std::uint32_t left_ = 0;
  bool started_ = false;
  std::int64_t number_ = 0;
};

std::vector<Posting> unpack_postings(std::int64_t first, std::string_view bytes);

}  // namespace gilir::index
