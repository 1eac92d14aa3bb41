#include "core/index/postings.h"

#include <algorithm>
#include <array>

#include "core/index/varint.h"

namespace gilir::index {
namespace {

constexpr int most_order = 30;
// The varint of a count, and the order.
constexpr std::size_t header_bytes = 3;
// A chunk has at least four bits a posting.
constexpr std::size_t most_in_chunk = 2 * max_chunk_bytes;

int code_bits(std::uint64_t distance, int order) {
  return 2 * static_cast<int>(std::bit_width(((distance - 1) >> order) + 1)) - 1 + order;
}

class BitWriter {
 public:
  explicit BitWriter(std::string& bytes) : bytes_(bytes) {}

  void put(std::uint64_t value, int count) {
    bits_ |= value << have_;
    have_ += count;
    for (; have_ >= 8; have_ -= 8, bits_ >>= 8) bytes_ += static_cast<char>(bits_);
  }
  void put_distance(std::uint64_t distance, int order) {
    const auto value = distance - 1 + (std::uint64_t{1} << order);
    const int width = static_cast<int>(std::bit_width(value)) - 1;
    const int zeros = width - order;
    put(std::uint64_t{1} << zeros, zeros + 1);
    put(value ^ (std::uint64_t{1} << width), width);
  }
  void finish() {
    if (have_ > 0) bytes_ += static_cast<char>(bits_);
  }

 private:
  std::string& bytes_;
  std::uint64_t bits_ = 0;
  int have_ = 0;
};

struct Extent {
  std::size_t count = 1;
  int order = 0;
};

std::uint64_t distance_to(std::span<const Posting> postings, std::size_t i) {
  return static_cast<std::uint64_t>(postings[i].number - postings[i - 1].number);
}

// How many of the postings a chunk takes, and by which order it takes the most.
Extent extent_of(std::span<const Posting> postings) {
  constexpr std::size_t most_bits = 8 * (max_chunk_bytes - header_bytes);
  if (postings.size() == 1) return {};
  const auto near = std::min(postings.size(), most_in_chunk / 4) - 1;
  const auto mean = static_cast<std::uint64_t>(postings[near].number - postings[0].number) / near;
  const int centre = static_cast<int>(std::bit_width(mean));
  std::array<int, 5> orders{};
  for (int i = 0; i < 5; ++i) orders[static_cast<std::size_t>(i)] = std::clamp(centre - 3 + i, 0, most_order);
  std::array<std::size_t, 5> bits{};
  bits.fill(weight_bits);
  Extent extent{1, orders[2]};
  for (std::size_t count = 1; count < std::min(postings.size(), most_in_chunk); ++count) {
    const auto distance = distance_to(postings, count);
    for (std::size_t i = 0; i < orders.size(); ++i) {
      bits[i] += static_cast<std::size_t>(code_bits(distance, orders[i]) + weight_bits);
    }
    const auto best = std::ranges::min_element(bits) - bits.begin();
    if (bits[static_cast<std::size_t>(best)] > most_bits) break;
    extent = {count + 1, orders[static_cast<std::size_t>(best)]};
  }
  return extent;
}

PackedChunk pack_chunk(std::span<const Posting> postings, int order) {
  PackedChunk chunk{postings.front().number, postings.back().number, static_cast<std::int64_t>(postings.size()), 0, {}};
  put_varint(chunk.bytes, static_cast<std::uint32_t>(postings.size()));
  chunk.bytes += static_cast<char>(order);
  BitWriter writer(chunk.bytes);
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (i > 0) writer.put_distance(distance_to(postings, i), order);
    writer.put(postings[i].weight, weight_bits);
    chunk.heaviest = std::max(chunk.heaviest, postings[i].weight);
  }
  writer.finish();
  return chunk;
}

}  // namespace

std::vector<PackedChunk> pack_postings(std::span<const Posting> postings) {
  std::vector<PackedChunk> chunks;
  while (!postings.empty()) {
    const auto extent = extent_of(postings);
    chunks.push_back(pack_chunk(postings.first(extent.count), extent.order));
    postings = postings.subspan(extent.count);
  }
  return chunks;
}

ChunkReader::ChunkReader(std::int64_t first, std::string_view bytes) : number_(first) {
  left_ = take_varint(bytes);
  order_ = take_byte(bytes);
  // A distance takes a bit at least.
  if (left_ == 0 || left_ > bytes.size() * 8 / weight_bits || order_ > most_order || first < 1) refuse();
  at_ = reinterpret_cast<const unsigned char*>(bytes.data());
  end_ = at_ + bytes.size();
}

void ChunkReader::refuse() {
  refuse_blob("a chunk of postings is damaged");
}

std::vector<Posting> unpack_postings(std::int64_t first, std::string_view bytes) {
  ChunkReader reader(first, bytes);
  std::vector<Posting> postings;
  postings.reserve(reader.left());
  while (reader.left() > 0) postings.push_back(reader.next());
  return postings;
}

}  // namespace gilir::index
