#include "cli/time_words.h"

#include <array>
#include <ctime>

#include "core/base/iso_time.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

std::tm local_time(WallTime time) {
  const std::time_t seconds = std::chrono::floor<Seconds>(time).time_since_epoch().count();
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

std::optional<WallTime> from_local(std::tm day, Milliseconds of_day) {
  day.tm_hour = static_cast<int>(of_day / std::chrono::hours{1});
  day.tm_min = static_cast<int>(of_day % std::chrono::hours{1} / std::chrono::minutes{1});
  day.tm_sec = static_cast<int>(of_day % std::chrono::minutes{1} / Seconds{1});
  day.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&day);
  if (seconds == -1) return std::nullopt;
  return WallTime{Seconds{seconds}} + of_day % Seconds{1};
}

std::tm day_of(const std::chrono::year_month_day& date) {
  std::tm day{};
  day.tm_year = static_cast<int>(date.year()) - 1900;
  day.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  day.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  return day;
}

// Of the two times that gilir prints in one, the one that is exact: "2026-11-23 09:00 (in 2 h)", and of a promise that
// was broken "overdue 2 h (2026-11-23 09:00)".
std::string_view exact_time(std::string_view text) {
  const auto bracket = text.rfind(" (");
  if (!text.ends_with(')') || bracket == std::string_view::npos) return text;
  const auto before = trimmed(text.substr(0, bracket));
  const auto inside = text.substr(bracket + 2, text.size() - bracket - 3);
  return parse_iso_time(inside) && !parse_iso_time(before) ? inside : before;
}

// One spelling for what people write in many: lower case, single blanks.
std::string in_one_form(std::string_view given) {
  const auto text = exact_time(trimmed(given));
  std::string form;
  for (const char c : ascii_lower(text)) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank)
      form += c;
    else if (!form.ends_with(' '))
      form += ' ';
  }
  return form;
}

// Days from today that a word for a day means.
std::optional<int> days_ahead(std::string_view word, int weekday_today, Direction direction) {
  struct Named {
    std::string_view name;
    int days;
  };
  constexpr std::array<Named, 7> named{
      {{"today", 0}, {"hari ini", 0}, {"tomorrow", 1}, {"besok", 1}, {"lusa", 2}, {"yesterday", -1}, {"kemarin", -1}}};
  for (const auto& one : named) {
    if (word == one.name) return one.days;
  }
  constexpr std::array<std::array<std::string_view, 3>, 7> weekdays{{{"sunday", "minggu", "ahad"},
                                                                     {"monday", "senin", ""},
                                                                     {"tuesday", "selasa", ""},
                                                                     {"wednesday", "rabu", ""},
                                                                     {"thursday", "kamis", ""},
                                                                     {"friday", "jumat", "jum'at"},
                                                                     {"saturday", "sabtu", ""}}};
  for (int day = 0; day < 7; ++day) {
    for (const auto name : weekdays[static_cast<std::size_t>(day)]) {
      if (name.empty() || (word != name && word != name.substr(0, 3))) continue;
      if (direction == Direction::back) return -((weekday_today - day + 7) % 7);
      return (day - weekday_today + 6) % 7 + 1;
    }
  }
  return std::nullopt;
}

// 17:00, also as Indonesian writes it, 17.00; behind a word that announces it, an hour alone too.
std::optional<Milliseconds> parse_of_day(std::string_view text) {
  bool announced = false;
  for (const std::string_view front : {"at ", "pukul ", "jam ", "pkl ", "pkl. "}) {
    if (!text.starts_with(front)) continue;
    text.remove_prefix(front.size());
    announced = true;
    break;
  }
  std::string form(text);
  if (const auto dot = form.find('.'); form.find(':') == std::string::npos && (dot == 1 || dot == 2)) {
    std::ranges::replace(form, '.', ':');
  }
  if (announced && (form.size() == 1 || form.size() == 2)) form += ":00";
  return parse_clock(form);
}

// A word for a day, a time of day, or both in either order.
class DayAndTime {
 public:
  DayAndTime(WallTime now, Direction direction, DayAlone day_alone)
      : now_(now), direction_(direction), day_alone_(day_alone), day_(local_time(now)) {}

  std::optional<WallTime> read(std::string_view text) {
    if (read_day(text)) return day_alone();
    if (const auto time = parse_of_day(text)) return nearest(*time);
    for (auto blank = text.find(' '); blank != std::string_view::npos; blank = text.find(' ', blank + 1)) {
      const auto front = text.substr(0, blank);
      const auto rest = text.substr(blank + 1);
      for (const auto& [day, clock] : {std::pair(front, rest), std::pair(rest, front)}) {
        const auto time = parse_of_day(clock);
        if (time && read_day(day)) return from_local(day_, *time);
      }
    }
    return std::nullopt;
  }

 private:
  bool read_day(std::string_view text) {
    if (const auto date = parse_iso_time(text); date && !date->of_day) {
      day_ = day_of(date->date);
      return true;
    }
    auto ahead = days_ahead(text, day_.tm_wday, direction_);
    if (!ahead && text.starts_with("hari ")) ahead = days_ahead(text.substr(5), day_.tm_wday, direction_);
    if (!ahead) return false;
    day_.tm_mday += *ahead;
    return true;
  }

  std::optional<WallTime> day_alone() const {
    if (day_alone_ == DayAlone::starts) return from_local(day_, Milliseconds{0});
    auto next = day_;
    ++next.tm_mday;
    const auto start = from_local(next, Milliseconds{0});
    return start ? std::optional(*start - Milliseconds{1}) : start;
  }

  // Today's, or tomorrow's or yesterday's where that lies on the other side of now.
  std::optional<WallTime> nearest(Milliseconds of_day) {
    const auto today = from_local(day_, of_day);
    if (!today) return today;
    if (direction_ == Direction::ahead ? *today > now_ : *today <= now_) return today;
    day_.tm_mday += direction_ == Direction::ahead ? 1 : -1;
    return from_local(day_, of_day);
  }

  WallTime now_;
  Direction direction_;
  DayAlone day_alone_;
  std::tm day_;
};

std::optional<Seconds> parse_time_ago(std::string_view text) {
  for (const std::string_view behind : {" ago", " yang lalu", " lalu"}) {
    if (text.ends_with(behind)) return parse_duration(text.substr(0, text.size() - behind.size()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<WallTime> parse_time(std::string_view given, WallTime now, Direction direction, DayAlone day_alone) {
  const std::string text = in_one_form(given);
  for (const std::string_view word : {"now", "just now", "sekarang", "baru saja"}) {
    if (text == word) return now;
  }
  if (const auto ago = parse_time_ago(text)) return now - *ago;
  if (const auto length = parse_duration(text)) return direction == Direction::ahead ? now + *length : now - *length;
  if (const auto ahead = parse_time_ahead(text)) return now + *ahead;
  if (const auto iso = parse_iso_time(text); iso && iso->of_day) {
    return iso->offset ? instant_of(*iso) : from_local(day_of(iso->date), *iso->of_day);
  }
  return DayAndTime(now, direction, day_alone).read(text);
}

}  // namespace gilir::cli
