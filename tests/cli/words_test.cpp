// Ticket numbers, durations and times as people type them.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include "cli/ticket_numbers.h"
#include "cli/time_words.h"

namespace gilir::cli {
namespace {

// A fixed local zone for the test, and the old one back at its end.
class LocalZone {
 public:
  explicit LocalZone(const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
  }
  ~LocalZone() {
    unsetenv("TZ");
    tzset();
  }
};

// Sunday, 2026-11-22 09:30:15 UTC.
const WallTime sunday_morning = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{9} +
                                std::chrono::minutes{30} + Seconds{15};

std::string time_read(std::string_view text) {
  const auto time = parse_time(text, sunday_morning);
  return time ? format_rfc3339_seconds(*time) : "nothing";
}

TEST(TicketNumbers, AreReadWithAndWithoutTheHash) {
  EXPECT_EQ(parse_ticket_number("41")->value, 41);
  EXPECT_EQ(parse_ticket_number("#41")->value, 41);
  EXPECT_EQ(parse_ticket_number("9007199254740992")->value, max_ticket_number);
}

TEST(TicketNumbers, AreRefusedOutsideTheirBounds) {
  for (const char* text :
       {"", "#", "0", "-1", "+1", "4.0", "4x", " 4", "##4", "9007199254740993", "1e3", "99999999999999999999"}) {
    EXPECT_FALSE(parse_ticket_number(text)) << text;
  }
}

TEST(TicketNumbers, AreListedOnceInTheOrderGiven) {
  std::vector<TicketNumber> numbers;
  EXPECT_EQ(add_ticket_numbers("50,41-43,#42", numbers), TicketProblem::none);
  ASSERT_EQ(numbers.size(), 4u);
  EXPECT_EQ(numbers.front().value, 50);
  EXPECT_EQ(numbers.back().value, 43);
}

TEST(TicketNumbers, RefuseBrokenLists) {
  for (const char* text : {"", ",", "41,", ",41", "43-41", "41-", "-41", "41--42", "1-2-3", "a-b"}) {
    std::vector<TicketNumber> numbers;
    EXPECT_EQ(add_ticket_numbers(text, numbers), TicketProblem::wrong) << text;
  }
}

TEST(Durations, AreReadFromLargeToSmallUnits) {
  EXPECT_EQ(parse_duration("90s"), Seconds{90});
  EXPECT_EQ(parse_duration("30m"), std::chrono::minutes{30});
  EXPECT_EQ(parse_duration("2h"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("1h30m"), std::chrono::minutes{90});
  EXPECT_EQ(parse_duration("2d"), std::chrono::hours{48});
  EXPECT_EQ(parse_duration("1w1d"), std::chrono::hours{8 * 24});
  EXPECT_EQ(parse_duration("3650d"), max_duration);
}

TEST(Durations, AreRefusedInAnyOtherForm) {
  for (const char* text : {"", "abc", "30", "m", "30 m", "-30m", "+30m", "30m1h", "30m30m", "1.5h", "0s", "0h0m",
                           "3651d", "99999999999999999999s", "30M", "1h30"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Times, AreReadInTheLocalZone) {
  const LocalZone jakarta("WIB-7");
  EXPECT_EQ(time_read("2026-11-23 09:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00:00Z"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("17:00"), "2026-11-22T10:00:00Z");
}

TEST(Times, AreReadFromWords) {
  const LocalZone utc("UTC0");
  EXPECT_EQ(time_read("now"), "2026-11-22T09:30:15Z");
  EXPECT_EQ(time_read("today 17:00"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(time_read("tomorrow"), "2026-11-23T00:00:00Z");
  EXPECT_EQ(time_read("Tomorrow 09:00"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("monday 9:00"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("sat"), "2026-11-28T00:00:00Z");
  EXPECT_EQ(time_read("sunday"), "2026-11-29T00:00:00Z");
  EXPECT_EQ(time_read("+2h"), "2026-11-22T11:30:15Z");
  // As the promises of ticket reply are typed.
  EXPECT_EQ(time_read("2h"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("-2h"), "nothing");
  EXPECT_EQ(time_read("+09:00"), "nothing");
  EXPECT_EQ(time_read("+1d12h"), "2026-11-23T21:30:15Z");
}

TEST(Times, FollowTheClocksOfSummerTime) {
  const LocalZone berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  EXPECT_EQ(time_read("2026-07-01 12:00"), "2026-07-01T10:00:00Z");
  EXPECT_EQ(time_read("2026-12-01 12:00"), "2026-12-01T11:00:00Z");
  EXPECT_NE(time_read("2026-03-29 02:30"), "nothing");
}

TEST(Times, AreRefusedInAnyOtherForm) {
  for (const char* text : {"", "soon", "2026-02-30", "2026-13-01 09:00", "2026-11-23 24:00", "2026-11-23 09:60",
                           "2026-11-23 9", "+", "+abc", "+-2h", "tomorrow 9", "tomorrow09:00", "su", "1969-12-31",
                           "3000-01-01", "2026-11-23T09:00:00+07:00", "2026-11-23 09:00 10:00", "12345:00"}) {
    EXPECT_EQ(time_read(text), "nothing") << text;
  }
}

}  // namespace
}  // namespace gilir::cli
