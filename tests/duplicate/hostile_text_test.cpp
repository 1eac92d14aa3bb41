#include <gtest/gtest.h>

#include <ctime>
#include <random>

#include "core/base/text.h"
#include "core/duplicate/verdict.h"

namespace gilir::duplicate {
namespace {

// Of processor time, so that a busy machine passes. Generous, so that sanitizers do; work that grows with the
// square of its input does not.
constexpr double bound_seconds = 5;

std::string many_words(int count, const std::string& prefix) {
  std::string text;
  for (int index = 0; index < count; ++index) text += prefix + std::to_string(index) + ' ';
  return text;
}

template <class Work>
void expect_within_bound(Work&& work) {
  const std::clock_t start = std::clock();
  work();
  EXPECT_LT(double(std::clock() - start) / CLOCKS_PER_SEC, bound_seconds);
}

Verdict compare_texts(const std::string& one, const std::string& other) {
  return judge(compare(features_of({.title = one, .body = one}), features_of({.title = other, .body = other}), {}));
}

TEST(HostileText, OfOneEndlessWordIsCut) {
  const std::string endless(1 << 20, 'a');
  expect_within_bound([&] {
    ASSERT_EQ(terms(endless).size(), 1u);
    EXPECT_LE(terms(endless)[0].size(), max_word_bytes);
    compare_texts(endless, endless);
  });
}

TEST(HostileText, IsCutBetweenCharacters) {
  std::string endless;
  for (int count = 0; count < 100'000; ++count) endless += "日";
  ASSERT_EQ(terms(endless).size(), 1u);
  EXPECT_TRUE(is_utf8(terms(endless)[0]));
}

TEST(HostileText, OfManyDistinctWordsIsBounded) {
  const auto text = many_words(100'000, "kata");
  expect_within_bound([&] {
    EXPECT_LE(terms(text).size(), max_words);
    for (int count = 0; count < 20; ++count) compare_texts(text, many_words(500, "kat"));
  });
}

TEST(HostileText, OfEndlessCompoundsIsBounded) {
  std::string joined = "a1";
  for (int count = 0; count < 200'000; ++count) joined += "-b2";
  expect_within_bound([&] {
    for (const auto& term : terms(joined)) EXPECT_LE(term.size(), max_word_bytes);
    compare_texts(joined, joined);
  });
}

TEST(HostileText, OfOneGramRepeatedIsBounded) {
  const std::string title = "a " + std::string(max_line_bytes, 'b');
  expect_within_bound([&] { compare_texts(title, title); });
}

TEST(HostileText, OfRandomBytesNeverFails) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 2'000; ++round) {
    std::string one(random() % 300, '\0');
    std::string other(random() % 300, '\0');
    for (char& byte : one) byte = static_cast<char>(random());
    for (char& byte : other) byte = static_cast<char>(random() % 128);
    for (const auto& term : terms(one + other)) {
      ASSERT_TRUE(is_utf8(term));
      ASSERT_EQ(term.find(' '), std::string::npos);
    }
    const auto verdict = compare_texts(one, other);
    ASSERT_GE(verdict.score, 0);
    ASSERT_LE(verdict.score, 1);
  }
}

TEST(HostileText, WithoutAnyWordIsNoDuplicate) {
  EXPECT_EQ(compare_texts("", "").strength, Strength::none);
  EXPECT_EQ(compare_texts("!!! ---", "??? ...").strength, Strength::none);
  EXPECT_EQ(compare_texts("\xff\xff", "\xff\xff").strength, Strength::none);
}

}  // namespace
}  // namespace gilir::duplicate
