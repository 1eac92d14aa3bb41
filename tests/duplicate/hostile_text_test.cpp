#include <gtest/gtest.h>

#include <cmath>
#include <ctime>
#include <random>

#include "core/base/text.h"
#include "core/duplicate/said.h"
#include "tests/duplicate/pair.h"

namespace gilir::duplicate {
namespace {

// Of processor time, so that a busy machine passes. Generous, so that sanitizers do; work that grows with the
// square of its input does not.
constexpr double bound_seconds = 5;

Compared compare_texts(const std::string& one, const std::string& other) {
  return compare({.title = one, .body = one}, {.title = other, .body = other}, Seconds{60});
}

TEST(HostileText, IsComparedInBoundedTime) {
  std::string many_words;
  for (int count = 0; count < 100'000; ++count) many_words += "kata" + std::to_string(count) + ' ';
  std::string compounds = "a1";
  for (int count = 0; count < 200'000; ++count) compounds += "-b2";
  const std::vector<std::string> texts{std::string(1 << 20, 'a'),
                                       "a " + std::string(max_line_bytes, 'b'),
                                       many_words,
                                       compounds,
                                       std::string(1 << 20, 'y'),
                                       std::string(1 << 20, '\'')};
  const std::clock_t start = std::clock();
  for (const auto& one : texts) {
    for (const auto& other : texts) compare_texts(one, other);
  }
  EXPECT_LT(double(std::clock() - start) / CLOCKS_PER_SEC, bound_seconds);
}

TEST(HostileText, OfRandomBytesNeverFails) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 2'000; ++round) {
    std::string one(random() % 300, '\0');
    std::string other(random() % 300, '\0');
    for (char& byte : one) byte = static_cast<char>(random());
    for (char& byte : other) byte = static_cast<char>(random() % 128);
    if (round % 2 == 0) other += one;
    const auto [features, verdict] = compare_texts(one, other);
    for_each_member<FeatureVector>(
        [&](std::string_view name, auto member) { ASSERT_TRUE(std::isfinite(features.*member)) << name; });
    ASSERT_GE(verdict.score, 0);
    ASSERT_LE(verdict.score, 1);
    for (const auto& reason : verdict.because) ASSERT_LE(reason.term.size(), 2 * max_line_bytes);
  }
}

TEST(HostileText, WithoutAnyWordIsNoDuplicate) {
  const auto strength = [](const std::string& one, const std::string& other) {
    const Filed older{.title = one, .reporter = "", .office = "", .server = ""};
    return compare({.title = other, .reporter = "", .office = "", .server = ""}, older, Seconds{60}).verdict.strength;
  };
  EXPECT_EQ(strength("", ""), Strength::none);
  EXPECT_EQ(strength("!!! ---", "??? ..."), Strength::none);
  EXPECT_EQ(strength("\xff\xff", "\xff\xff"), Strength::none);
}

TEST(Names, AreOfOneParticularThing) {
  for (const char* name :
       {"=srv-db01", "=ora-00942", "0x80070005", "=10.1.2.3", "=10.1.2.3:8080", "20261107001", "=kantor-123"})
    EXPECT_TRUE(names_one_thing(name)) << name;
  for (const char* other : {"printer", "2", "2026", "=09:30", "lt2", "=22-11-2026", "=putus-nyambung", "", "="})
    EXPECT_FALSE(names_one_thing(other)) << other;
}

}  // namespace
}  // namespace gilir::duplicate
