// Versions in Debian's order, and what is known of those of libssh and SQLite.
#include "core/health/versions.h"

#include <gtest/gtest.h>

#include <array>

namespace gilir {
namespace {

TEST(Versions, AreOrderedAsDebianOrdersThem) {
  // Each is older than the next; deb-version(7), and Debian policy 5.6.12.
  constexpr std::array ordered{"0.9~rc1",
                               "0.9",
                               "0.9-1",
                               "0.9-1+deb12u1",
                               "0.9.1",
                               "0.10.5",
                               "0.10.6-0+deb12u1",
                               "0.10.6-0+deb12u2",
                               "0.10.6-0+deb12u3",
                               "0.10.6-0+deb12u10",
                               "0.10.6-1~bpo1",
                               "0.10.6-1",
                               "0.10.6a",
                               "0.10.6+",
                               "0.11.0~rc2",
                               "0.11.0",
                               "1:0.1"};
  for (std::size_t one = 0; one < ordered.size(); ++one) {
    for (std::size_t other = 0; other < ordered.size(); ++other) {
      EXPECT_EQ(compare_versions(ordered[one], ordered[other]), one <=> other) << ordered[one] << " " << ordered[other];
    }
  }
  EXPECT_EQ(compare_versions("1.0", "1.0-0"), std::strong_ordering::equal);
  EXPECT_EQ(compare_versions("1.01", "1.1"), std::strong_ordering::equal);
}

void expect(const Finding& finding, Health health, Because because) {
  EXPECT_EQ(finding.health, health) << finding.subject;
  EXPECT_EQ(finding.because, because) << finding.subject;
}

TEST(Libssh, IsGoodWhenItsPackageHasTheFixes) {
  expect(check_libssh("0.10.6", "0.10.6-0+deb12u3"), Health::ok, Because::fine);
  expect(check_libssh("0.10.6", "0.10.6-0+deb12u4"), Health::ok, Because::fine);
  expect(check_libssh("0.11.3", std::nullopt), Health::ok, Because::fine);
  expect(check_libssh("0.12.0", "0.12.0-1"), Health::ok, Because::fine);
}

TEST(Libssh, IsAProblemWhenHolesAreKnown) {
  const auto finding = check_libssh("0.10.6", "0.10.6-0+deb12u2");
  expect(finding, Health::problem, Because::known_hole);
  EXPECT_EQ(finding.subject, "0.10.6-0+deb12u2");
  EXPECT_EQ(finding.fact, "0.10.6-0+deb12u3");
  expect(check_libssh("0.10.5", std::nullopt), Health::problem, Because::known_hole);
  expect(check_libssh("0.9.8", "0.9.8-0+deb11u2"), Health::problem, Because::known_hole);
}

TEST(Libssh, IsAWarningWhenNobodyKnowsOfTheFixes) {
  expect(check_libssh("0.10.6", std::nullopt), Health::warning, Because::fix_unknown);
  expect(check_libssh("0.11.2", "0.11.2-1"), Health::warning, Because::fix_unknown);
}

TEST(Sqlite, IsGoodBehindTheGateAndAProblemWithoutStrictTables) {
  expect(check_sqlite("3.40.1"), Health::ok, Because::guarded);
  expect(check_sqlite("3.51.2"), Health::ok, Because::guarded);
  expect(check_sqlite("3.51.3"), Health::ok, Because::fine);
  expect(check_sqlite("3.36.0"), Health::problem, Because::known_hole);
}

}  // namespace
}  // namespace gilir
