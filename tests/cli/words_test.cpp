// Ticket numbers, durations and times as people type them.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include "cli/output/shell_words.h"
#include "cli/output/times.h"
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

TEST(Times, OfADayAloneAreItsFirstOrLastInstant) {
  const auto last = [](std::string_view text) {
    const auto time = parse_time(text, sunday_morning, Direction::back, DayAlone::ends);
    return time ? format_rfc3339(*time) : "nothing";
  };
  EXPECT_EQ(last("2026-11-20"), "2026-11-20T23:59:59.999Z");
  EXPECT_EQ(last("today"), "2026-11-22T23:59:59.999Z");
  EXPECT_EQ(last("jumat"), "2026-11-20T23:59:59.999Z");
  EXPECT_EQ(last("2026-11-20 09:00"), "2026-11-20T09:00:00.000Z");
  EXPECT_EQ(last("yesterday 17:00"), "2026-11-21T17:00:00.000Z");
  EXPECT_EQ(last("30m"), "2026-11-22T09:00:15.000Z");
}

TEST(ShellWords, AreThoseThatAShellSees) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(shell_words("vim"), Words{"vim"});
  EXPECT_EQ(shell_words("  code --wait\t"), (Words{"code", "--wait"}));
  EXPECT_EQ(shell_words("'/my editors/ed' --wait"), (Words{"/my editors/ed", "--wait"}));
  EXPECT_EQ(shell_words("vim -c \"set tw=72\""), (Words{"vim", "-c", "set tw=72"}));
  EXPECT_EQ(shell_words("/my\\ editors/e'd x'\"y\""), Words{"/my editors/ed xy"});
  EXPECT_EQ(shell_words("ed '' \"\""), (Words{"ed", "", ""}));
  EXPECT_EQ(shell_words("ed \"a\\\"b\\c\" 'a\\b'"), (Words{"ed", "a\"b\\c", "a\\b"}));
  // Letters where no shell is run.
  EXPECT_EQ(shell_words("ed; rm $HOME `id` > x"), (Words{"ed;", "rm", "$HOME", "`id`", ">", "x"}));
  EXPECT_EQ(shell_words(" \n"), Words{});
  EXPECT_EQ(shell_words("'ed"), std::nullopt);
  EXPECT_EQ(shell_words("\"ed"), std::nullopt);
}

TEST(ShellWord, NamesByNumberWhatAScreenShowsAsSomethingElse) {
  EXPECT_EQ(shell_word("/x/\xff\xfe"), "$'/x/\\377\\376'");
  EXPECT_EQ(shell_word("a b\n'c"), "$'a\\040b\\012\\047c'");
  EXPECT_EQ(shell_word("kantor é"), "'kantor é'");
}

TEST(ShellWords, AreQuotedForAShellOnlyWhereTheyMustBe) {
  EXPECT_EQ(shell_word("/srv/desk-2"), "/srv/desk-2");
  EXPECT_EQ(shell_word("/tmp/a b/desk"), "'/tmp/a b/desk'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
  for (const std::string word : {"a b", "$HOME", "`id`", "x;y", "it's", "~/desk", "a\\b", "#1", "\"", "*", "{a,b}", ""})
    EXPECT_EQ(shell_words(shell_word(word)), std::vector{word});
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

TEST(Durations, AreReadInTheWordsOfBothLanguages) {
  EXPECT_EQ(parse_duration("2 hours"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("1 Hour and 30 Minutes"), std::chrono::minutes{90});
  EXPECT_EQ(parse_duration("2 weeks, 1 day"), std::chrono::hours{15 * 24});
  EXPECT_EQ(parse_duration("2 jam"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("2jam"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("1 hari 2 jam"), std::chrono::hours{26});
  EXPECT_EQ(parse_duration("3 hari dan 15 menit"), std::chrono::hours{72} + std::chrono::minutes{15});
  EXPECT_EQ(parse_duration("2 minggu"), std::chrono::hours{14 * 24});
  EXPECT_EQ(parse_duration("sejam"), std::chrono::hours{1});
  EXPECT_EQ(parse_duration("45 detik"), Seconds{45});
}

TEST(Durations, AreReadAsIso8601WritesThem) {
  EXPECT_EQ(parse_duration("PT2H"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("P1DT12H30M"), std::chrono::hours{36} + std::chrono::minutes{30});
  EXPECT_EQ(parse_duration("P1W"), std::chrono::hours{7 * 24});
}

TEST(Durations, AreRefusedInAnyOtherForm) {
  for (const char* text : {"",
                           "abc",
                           "30",
                           "m",
                           "-30m",
                           "+30m",
                           "30m1h",
                           "30m30m",
                           "1.5h",
                           "0s",
                           "0h0m",
                           "3651d",
                           "99999999999999999999s",
                           "1h30",
                           "jam",
                           "jam 2",
                           "2 jams",
                           "seconds",
                           "P",
                           "PT",
                           "P1M",
                           "P1H",
                           "PT1D",
                           "P-1D",
                           "PT1H1D",
                           "2 h and"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Times, AreReadInTheLocalZone) {
  const LocalZone jakarta("WIB-7");
  EXPECT_EQ(time_read("2026-11-23 09:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23 09:00:15"), "2026-11-23T02:00:15Z");
  EXPECT_EQ(time_read("2026-11-23"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(time_read("17:00"), "2026-11-22T10:00:00Z");
  EXPECT_EQ(time_read("17:00:30"), "2026-11-22T10:00:30Z");
}

TEST(Times, AreReadAsIso8601WritesThem) {
  const LocalZone jakarta("WIB-7");
  EXPECT_EQ(time_read("2026-11-23T09:00:00Z"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00:00+07:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00:00-03:30"), "2026-11-23T12:30:00Z");
  EXPECT_EQ(time_read("2026-11-23 09:00:00 +0700"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00+07:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09+07:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("2026-11-23T09:00:00,123456789+07:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("20261123T090015Z"), "2026-11-23T09:00:15Z");
  EXPECT_EQ(
      parse_time("2026-11-23T09:00:00.388Z", sunday_morning),
      WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + std::chrono::hours{9} + Milliseconds{388});
}

TEST(Times, AreReadAsGilirPrintsThem) {
  const LocalZone jakarta("WIB-7");
  const auto whole_minute = std::chrono::floor<std::chrono::minutes>(sunday_morning);
  for (const auto distance : {std::chrono::minutes{0}, std::chrono::minutes{95}, std::chrono::minutes{3000},
                              std::chrono::minutes{30000}, std::chrono::minutes{-95}, std::chrono::minutes{-30000}}) {
    const WallTime time = whole_minute + distance;
    EXPECT_EQ(parse_time(format_rfc3339(time), sunday_morning), time);
    EXPECT_EQ(parse_time(format_rfc3339_seconds(time), sunday_morning), time);
    EXPECT_EQ(parse_time(absolute_time(time), sunday_morning), time);
    EXPECT_EQ(parse_time(full_time(time, sunday_morning), sunday_morning), time) << full_time(time, sunday_morning);
    const auto promise = full_promise(time, sunday_morning).text;
    EXPECT_EQ(parse_time(promise, sunday_morning), time) << promise;
  }
  for (const auto span : {Seconds{45}, Seconds{12 * 60}, Seconds{65 * 60}, Seconds{74 * 3600}}) {
    EXPECT_EQ(parse_duration(duration_words(span)), span) << duration_words(span);
    const WallTime rough = sunday_morning + span;
    EXPECT_NE(parse_time(relative_time(rough, sunday_morning), sunday_morning), std::nullopt);
    EXPECT_LT(parse_time(relative_time(sunday_morning - span, sunday_morning), sunday_morning), sunday_morning);
  }
}

TEST(Times, AreReadFromWords) {
  const LocalZone utc("UTC0");
  EXPECT_EQ(time_read("now"), "2026-11-22T09:30:15Z");
  EXPECT_EQ(time_read("today 17:00"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(time_read("tomorrow"), "2026-11-23T00:00:00Z");
  EXPECT_EQ(time_read("Tomorrow 09:00"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("09:00 tomorrow"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("monday 9:00"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("sat"), "2026-11-28T00:00:00Z");
  EXPECT_EQ(time_read("sunday"), "2026-11-29T00:00:00Z");
  EXPECT_EQ(time_read("+2h"), "2026-11-22T11:30:15Z");
  // As the promises of ticket reply are typed.
  EXPECT_EQ(time_read("2h"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("in 2 hours"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("2 h ago"), "2026-11-22T07:30:15Z");
  EXPECT_EQ(time_read("-2h"), "nothing");
  EXPECT_EQ(time_read("+09:00"), "nothing");
  EXPECT_EQ(time_read("+1d12h"), "2026-11-23T21:30:15Z");
}

TEST(Times, AreReadFromIndonesianWords) {
  const LocalZone jakarta("WIB-7");
  EXPECT_EQ(time_read("sekarang"), "2026-11-22T09:30:15Z");
  EXPECT_EQ(time_read("besok"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(time_read("besok 09:00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("besok pukul 09.00"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("jam 9 besok"), "2026-11-23T02:00:00Z");
  EXPECT_EQ(time_read("hari ini 17:00"), "2026-11-22T10:00:00Z");
  EXPECT_EQ(time_read("lusa"), "2026-11-23T17:00:00Z");
  EXPECT_EQ(time_read("senin 08:00"), "2026-11-23T01:00:00Z");
  EXPECT_EQ(time_read("hari jumat"), "2026-11-26T17:00:00Z");
  EXPECT_EQ(time_read("2 jam"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("dalam 2 jam"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("2 jam lagi"), "2026-11-22T11:30:15Z");
  EXPECT_EQ(time_read("2 jam yang lalu"), "2026-11-22T07:30:15Z");
}

TEST(Times, OfADayAreTheNextOnesOrTheLastOnes) {
  const LocalZone utc("UTC0");
  EXPECT_EQ(time_read("09:00"), "2026-11-23T09:00:00Z");
  EXPECT_EQ(time_read("09:31"), "2026-11-22T09:31:00Z");
  const auto back = [](std::string_view text) {
    const auto time = parse_time(text, sunday_morning, Direction::back);
    return time ? format_rfc3339_seconds(*time) : "nothing";
  };
  EXPECT_EQ(back("09:00"), "2026-11-22T09:00:00Z");
  EXPECT_EQ(back("17:00"), "2026-11-21T17:00:00Z");
  EXPECT_EQ(back("monday"), "2026-11-16T00:00:00Z");
  EXPECT_EQ(back("minggu"), "2026-11-22T00:00:00Z");
  EXPECT_EQ(back("2d"), "2026-11-20T09:30:15Z");
  EXPECT_EQ(back("kemarin 08:00"), "2026-11-21T08:00:00Z");
  EXPECT_EQ(back("in 2 h"), "2026-11-22T11:30:15Z");
}

TEST(Times, FollowTheClocksOfSummerTime) {
  const LocalZone berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  EXPECT_EQ(time_read("2026-07-01 12:00"), "2026-07-01T10:00:00Z");
  EXPECT_EQ(time_read("2026-12-01 12:00"), "2026-12-01T11:00:00Z");
  EXPECT_NE(time_read("2026-03-29 02:30"), "nothing");
}

TEST(Times, AreRefusedInAnyOtherForm) {
  for (const char* text : {"",
                           "soon",
                           "2026-02-30",
                           "2026-13-01 09:00",
                           "2026-11-23 24:00",
                           "2026-11-23 09:60",
                           "2026-11-23 9",
                           "+",
                           "+abc",
                           "+-2h",
                           "tomorrow 9",
                           "tomorrow09:00",
                           "su",
                           "1969-12-31",
                           "3000-01-01",
                           "2026-11-23T09:00:00+7",
                           "2026-11-23T09:00:00+24:00",
                           "2026-11-23T09",
                           "2026-11-23T09:00:60Z",
                           "2026-11-23T09:00:00.Z",
                           "2026-11-23 09:00 10:00",
                           "12345:00",
                           "9",
                           "jam",
                           "jam 25",
                           "besok besok",
                           "09:00 10:00",
                           "17.5",
                           "(in 2 h)",
                           "2026-11-23T09:00:00Z x",
                           "20261123T0900x"}) {
    EXPECT_EQ(time_read(text), "nothing") << text;
  }
}

}  // namespace
}  // namespace gilir::cli
