#include "core/index/postings.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/fakes/expect_error.h"

namespace gilir::index {
namespace {

std::vector<Posting> unpack_all(const std::vector<PackedChunk>& chunks) {
  std::vector<Posting> all;
  for (const auto& chunk : chunks) {
    const auto postings = unpack_postings(chunk.first, chunk.bytes);
    all.insert(all.end(), postings.begin(), postings.end());
  }
  return all;
}

std::vector<Posting> random_postings(std::mt19937& random, std::size_t count, int widest) {
  std::vector<Posting> postings;
  std::int64_t number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int width = static_cast<int>(random() % static_cast<unsigned>(widest + 1));
    number += 1 + static_cast<std::int64_t>(random() & ((1U << width) - 1));
    postings.push_back({number, static_cast<std::uint8_t>(random() % weight_levels)});
  }
  return postings;
}

TEST(Postings, ComeBackAsTheyWere) {
  std::mt19937 random(3);
  for (int round = 0; round < 400; ++round) {
    const auto postings = random_postings(random, 1 + random() % 3'000, round % 24);
    EXPECT_EQ(unpack_all(pack_postings(postings)), postings) << round;
  }
  const std::vector<Posting> far{{1, 3}, {max_number, weight_levels - 1}};
  EXPECT_EQ(unpack_all(pack_postings(far)), far);
  EXPECT_TRUE(pack_postings({}).empty());
}

TEST(Postings, ChunksSayWhatIsInThem) {
  std::mt19937 random(4);
  const auto postings = random_postings(random, 5'000, 12);
  const auto chunks = pack_postings(postings);
  ASSERT_GT(chunks.size(), 3U);
  std::int64_t count = 0;
  for (const auto& chunk : chunks) {
    const auto inside = unpack_postings(chunk.first, chunk.bytes);
    EXPECT_EQ(chunk.first, inside.front().number);
    EXPECT_EQ(chunk.last, inside.back().number);
    EXPECT_EQ(chunk.count, static_cast<std::int64_t>(inside.size()));
    EXPECT_EQ(chunk.heaviest, std::ranges::max(inside, {}, &Posting::weight).weight);
    EXPECT_LE(chunk.bytes.size(), max_chunk_bytes);
    if (&chunk != &chunks.back()) {
      EXPECT_GT(chunk.bytes.size(), max_chunk_bytes * 9 / 10);
    }
    count += chunk.count;
  }
  EXPECT_EQ(count, 5'000);
}

TEST(Postings, AreAddedBehindOthersAsIfAllWerePackedAtOnce) {
  std::mt19937 random(9);
  for (int round = 0; round < 100; ++round) {
    const auto postings = random_postings(random, 1 + random() % 3'000, round % 20);
    std::vector<PackedChunk> chunks;
    for (std::size_t at = 0; at < postings.size();) {
      const auto count = std::min<std::size_t>(1 + random() % 40, postings.size() - at);
      const auto added = std::span(postings).subspan(at, count);
      auto more = chunks.empty() ? pack_postings(added) : add_postings(chunks.back(), added);
      if (!chunks.empty()) chunks.pop_back();
      std::ranges::move(more, std::back_inserter(chunks));
      at += count;
    }
    ASSERT_EQ(unpack_all(chunks), postings) << round;
    std::size_t bytes = 0;
    for (const auto& chunk : chunks) {
      EXPECT_LE(chunk.bytes.size(), max_chunk_bytes);
      EXPECT_EQ(chunk.count, static_cast<std::int64_t>(unpack_postings(chunk.first, chunk.bytes).size()));
      EXPECT_EQ(chunk.heaviest,
                std::ranges::max(unpack_postings(chunk.first, chunk.bytes), {}, &Posting::weight).weight);
      EXPECT_EQ(chunk.last, unpack_postings(chunk.first, chunk.bytes).back().number);
      bytes += chunk.bytes.size();
    }
    std::size_t at_once = 0;
    for (const auto& chunk : pack_postings(postings)) at_once += chunk.bytes.size();
    EXPECT_LE(bytes, at_once * 21 / 20 + 20);
  }
}

TEST(Postings, TakeLittleMoreThanTheirDistancesHold) {
  std::mt19937 random(5);
  std::geometric_distribution<std::int64_t> distance(1.0 / 100);
  std::vector<Posting> postings;
  for (std::int64_t number = 0; postings.size() < 20'000;) postings.push_back({number += 1 + distance(random), 5});
  std::size_t bytes = 0;
  for (const auto& chunk : pack_postings(postings)) bytes += chunk.bytes.size();
  // log2(100 · e) bits and those of the weight.
  EXPECT_LT(static_cast<double>(bytes), 20'000 * (8.1 + weight_bits) / 8 * 1.06);
}

TEST(Postings, AnyBytesEndInAnErrorOrInRisingNumbers) {
  std::mt19937 random(6);
  const auto good = pack_postings(random_postings(random, 400, 9)).front();
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto bytes = good.bytes;
    for (unsigned change = 0; change <= random() % 4; ++change) {
      bytes[random() % (round % 2 == 0 ? 8 : bytes.size())] = static_cast<char>(random());
    }
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    try {
      std::int64_t before = 0;
      for (const auto& posting : unpack_postings(good.first, bytes)) {
        ASSERT_GT(posting.number, before);
        before = posting.number;
      }
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::damaged);
      ++refused;
    }
  }
  EXPECT_GT(refused, 1'000);
  for (const std::int64_t first : {std::int64_t{0}, std::int64_t{-1}, max_number + 1, INT64_MAX}) {
    expect_error(ErrorCode::damaged, [&] { unpack_postings(first, good.bytes); });
  }
}

TEST(PackedTerms, ComeBackWithTheirCountsBounded) {
  const TextTerms terms{
      {{"=srv-db01", 1, 2}, {"printer", 9, 40}, {"printers", 0, 1}, {std::string(60, 'x'), 2, 0}}, 7, 91};
  auto kept = terms;
  kept.terms[1] = {"printer", most_in_title, most_in_body};
  EXPECT_EQ(unpack_terms(pack_terms(terms, {})), kept);
  EXPECT_EQ(unpack_terms(pack_terms({}, {})), TextTerms{});
}

TEST(PackedTerms, AnyBytesEndInAnErrorOrInSortedTerms) {
  std::mt19937 random(8);
  TextTerms terms;
  for (int i = 100; i < 200; ++i) {
    terms.terms.push_back({"kata" + std::to_string(i * 7), 1, static_cast<std::uint16_t>(i % 9)});
  }
  const auto good = pack_terms(terms, {});
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    try {
      std::string before;
      for (const auto& term : unpack_terms(bytes).terms) {
        ASSERT_LT(before, term.text);
        ASSERT_LE(term.text.size(), max_term_bytes);
        before = term.text;
      }
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::damaged);
      ++refused;
    }
  }
  EXPECT_GT(refused, 1'000);
}

TEST(PackedTerms, WeighMoreInShortTitlesAndLessInLongLogs) {
  const LengthNorms average = length_norms({{}, 8, 60}, 8, 60);
  EXPECT_EQ(average, (LengthNorms{16, 16}));
  EXPECT_GT(weight_level(1, 0, average), weight_level(0, 1, average));
  EXPECT_GT(weight_level(0, 3, average), weight_level(0, 1, average));
  EXPECT_GT(weight_level(0, 1, average), weight_level(0, 1, length_norms({{}, 8, 600}, 8, 60)));
  EXPECT_EQ(weight_level(0, 0, average), 0);
  EXPECT_LT(weight_level(most_in_title, most_in_body, {1, 1}), weight_levels);
  // x = 5 and x = 1 of x/(2+x).
  EXPECT_EQ(weight_level(1, 0, average), weight_levels * 5 / 7);
  EXPECT_EQ(weight_level(0, 1, average), weight_levels / 3);
}

}  // namespace
}  // namespace gilir::index
