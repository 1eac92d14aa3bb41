#include "cli/time_words.h"

#include <array>
#include <charconv>
#include <ctime>

#include "core/base/text.h"

namespace gilir::cli {
namespace {

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
};

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(at, length)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  const auto hour = digits(text, 0, colon);
  const auto minute = digits(text, colon + 1, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return TimeOfDay{*hour, *minute};
}

std::optional<std::tm> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || *year < 1970 || *year > 2999) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  std::tm local{};
  local.tm_year = *year - 1900;
  local.tm_mon = *month - 1;
  local.tm_mday = *day;
  return local;
}

std::tm local_time(WallTime time) {
  const std::time_t seconds = std::chrono::floor<Seconds>(time).time_since_epoch().count();
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

std::optional<WallTime> from_local(std::tm local) {
  local.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&local);
  if (seconds == -1) return std::nullopt;
  return WallTime{Seconds{seconds}};
}

// Days from today that a word for a day means.
std::optional<int> days_ahead(std::string_view word, int weekday_today) {
  if (word == "today") return 0;
  if (word == "tomorrow") return 1;
  constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                     "thursday", "friday", "saturday"};
  for (int day = 0; day < 7; ++day) {
    const auto name = weekdays[static_cast<std::size_t>(day)];
    if (word == name || word == name.substr(0, 3)) return (day - weekday_today + 6) % 7 + 1;
  }
  return std::nullopt;
}

std::optional<WallTime> parse_utc(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  auto date = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  date->tm_hour = *hour;
  date->tm_min = *minute;
  date->tm_sec = *second;
  return WallTime{Seconds{timegm(&*date)}};
}

}  // namespace

std::optional<Seconds> parse_duration(std::string_view text) {
  struct Unit {
    char letter;
    std::int64_t seconds;
  };
  constexpr std::array<Unit, 5> units{{{'w', 604'800}, {'d', 86'400}, {'h', 3'600}, {'m', 60}, {'s', 1}}};
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(parsed.ptr - text.data());
    // from_chars takes a minus sign, which no duration has.
    if (parsed.ec != std::errc{} || text.front() == '-' || length == text.size()) return std::nullopt;
    while (next_unit < units.size() && units[next_unit].letter != text[length]) ++next_unit;
    if (next_unit == units.size() || number > max_duration.count()) return std::nullopt;
    total += number * units[next_unit].seconds;
    if (total > max_duration.count()) return std::nullopt;
    ++next_unit;
    text.remove_prefix(length + 1);
  }
  if (total == 0) return std::nullopt;
  return Seconds{total};
}

std::optional<Seconds> parse_time_ahead(std::string_view given) {
  const std::string text = ascii_lower(trimmed(given));
  return parse_duration(std::string_view(text).substr(text.starts_with('+') ? 1 : 0));
}

std::optional<WallTime> parse_time(std::string_view given, WallTime now) {
  const std::string lower = ascii_lower(trimmed(given));
  const std::string_view text = lower;
  if (text == "now") return now;
  if (const auto ahead = parse_time_ahead(text)) return now + *ahead;
  if (text.starts_with('+')) return std::nullopt;
  if (const auto utc = parse_utc(trimmed(given))) return utc;
  std::tm local = local_time(now);
  if (const auto today = parse_time_of_day(text)) {
    local.tm_hour = today->hour;
    local.tm_min = today->minute;
    local.tm_sec = 0;
    return from_local(local);
  }
  auto split = text.find(' ');
  if (split == std::string_view::npos && text.size() > 10 && text[10] == 't') split = 10;
  const auto day = text.substr(0, split);
  if (const auto date = parse_date(day)) {
    local = *date;
  } else if (const auto ahead = days_ahead(day, local.tm_wday)) {
    local.tm_mday += *ahead;
    local.tm_hour = local.tm_min = local.tm_sec = 0;
  } else {
    return std::nullopt;
  }
  if (split != std::string_view::npos) {
    const auto time = parse_time_of_day(trimmed(text.substr(split + 1)));
    if (!time) return std::nullopt;
    local.tm_hour = time->hour;
    local.tm_min = time->minute;
  }
  return from_local(local);
}

}  // namespace gilir::cli
