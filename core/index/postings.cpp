#include "core/index/postings.h"

#include <algorithm>
#include <array>

#include "core/index/varint.h"

namespace gilir::index {
namespace {

constexpr int most_order = 30;
// How many, and then the order in the low five bits and how many bits of the last byte are free in the others.
constexpr std::size_t count_bytes = 2;
constexpr std::size_t header_bytes = count_bytes + 1;
// A chunk has at least four bits a posting.
constexpr std::size_t most_in_chunk = 2 * max_chunk_bytes;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

int code_bits(std::uint64_t distance, int order) {
  return 2 * static_cast<int>(std::bit_width(((distance - 1) >> order) + 1)) - 1 + order;
}

// Writes a chunk's bits behind those that are there.
class BitWriter {
 public:
  BitWriter(std::string& bytes, int free) : bytes_(bytes) {
    if (free == 0) return;
    have_ = 8 - free;
    bits_ = byte_at(bytes_, bytes_.size() - 1) & ((1U << have_) - 1);
    bytes_.pop_back();
  }

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
  // How many bits of the last byte are free.
  int finish() {
    if (have_ == 0) return 0;
    bytes_ += static_cast<char>(bits_);
    return 8 - have_;
  }

 private:
  std::string& bytes_;
  std::uint64_t bits_ = 0;
  int have_ = 0;
};

void write_header(std::string& bytes, std::size_t count, int order, int free) {
  bytes[0] = static_cast<char>(count & 0xFF);
  bytes[1] = static_cast<char>(count >> 8);
  bytes[2] = static_cast<char>(order | free << 5);
}

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
  std::array<int, 4> orders{};
  for (int i = 0; i < 4; ++i) orders[static_cast<std::size_t>(i)] = std::clamp(centre - 3 + i, 0, most_order);
  std::array<std::size_t, 4> bits{};
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
  chunk.bytes.reserve(max_chunk_bytes);
  chunk.bytes.resize(header_bytes);
  BitWriter writer(chunk.bytes, 0);
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (i > 0) writer.put_distance(distance_to(postings, i), order);
    writer.put(postings[i].weight, weight_bits);
    chunk.heaviest = std::max(chunk.heaviest, postings[i].weight);
  }
  const int free = writer.finish();
  write_header(chunk.bytes, postings.size(), order, free);
  return chunk;
}

// Writes them behind the others as they are coded already; false when they have no room.
bool append_bits(PackedChunk& chunk, std::span<const Posting> postings) {
  const int order = static_cast<int>(byte_at(chunk.bytes, count_bytes) & 0x1F);
  const int free = static_cast<int>(byte_at(chunk.bytes, count_bytes) >> 5);
  BitWriter writer(chunk.bytes, free);
  for (const auto& posting : postings) {
    writer.put_distance(static_cast<std::uint64_t>(posting.number - chunk.last), order);
    writer.put(posting.weight, weight_bits);
    chunk.last = posting.number;
    chunk.heaviest = std::max(chunk.heaviest, posting.weight);
    if (chunk.bytes.size() >= max_chunk_bytes) return false;
  }
  const int still_free = writer.finish();
  write_header(chunk.bytes, static_cast<std::size_t>(chunk.count), order, still_free);
  return true;
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

std::vector<PackedChunk> add_postings(PackedChunk chunk, std::span<const Posting> postings) {
  const auto before = ChunkReader(chunk.first, chunk.bytes).left();
  chunk.count = before + static_cast<std::int64_t>(postings.size());
  // The order is chosen anew each time when there are twice as many.
  if (before > 4 && chunk.count <= static_cast<std::int64_t>(most_in_chunk) &&
      std::bit_width(before) == std::bit_width(static_cast<std::uint64_t>(chunk.count))) {
    auto longer = chunk;
    if (append_bits(longer, postings)) return {std::move(longer)};
  }
  auto all = unpack_postings(chunk.first, chunk.bytes);
  if (all.back().number >= postings.front().number) refuse_blob("a chunk is not what its row says");
  all.insert(all.end(), postings.begin(), postings.end());
  return pack_postings(all);
}

ChunkReader::ChunkReader(std::int64_t first, std::string_view bytes) : number_(first) {
  // Every posting has its weight's bits at least.
  if (bytes.size() <= header_bytes || first < 1) refuse();
  left_ = byte_at(bytes, 0) | byte_at(bytes, 1) << 8;
  order_ = static_cast<int>(byte_at(bytes, 2) & 0x1F);
  bytes.remove_prefix(header_bytes);
  if (left_ == 0 || left_ > bytes.size() * 8 / weight_bits || order_ > most_order) refuse();
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
