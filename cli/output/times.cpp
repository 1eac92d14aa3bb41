#include "cli/output/times.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Seconds now_within{10};

std::string counted(const char* one, const char* many, std::int64_t number) {
  return plain_text(phrase(plural(one, many, static_cast<unsigned long>(number)), number));
}

std::string local_text(WallTime time, const char* format) {
  const std::time_t seconds = std::chrono::floor<Seconds>(time).time_since_epoch().count();
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 64> text{};
  const auto length = std::strftime(text.data(), text.size(), format, &local);
  return {text.data(), length};
}

// The nearest whole one; half of one counts as one.
template <class Unit>
Unit nearest(Milliseconds span) {
  return std::chrono::floor<Unit>(span + Milliseconds{Unit{1}} / 2);
}

std::string day_words(std::int64_t number) {
  return counted("{} day", "{} days", number);
}
std::string hour_words(std::int64_t number) {
  return counted("{} h", "{} h", number);
}
std::string minute_words(std::int64_t number) {
  return counted("{} min", "{} min", number);
}
std::string second_words(std::int64_t number) {
  return counted("{} s", "{} s", number);
}

// The largest unit alone, for times that are read at a glance.
std::string rough_words(Seconds span) {
  if (span < minutes{1}) return second_words(span.count());
  if (const auto whole = nearest<minutes>(span); whole < hours{1}) return minute_words(whole.count());
  if (const auto whole = nearest<hours>(span); whole < days{1}) return hour_words(whole.count());
  return day_words(nearest<days>(span).count());
}

std::string hour_and_minute_words(minutes span) {
  const auto rest = (span % hours{1}).count();
  if (rest == 0) return hour_words(span / hours{1});
  std::string padded = rest < 10 ? "0" : "";
  padded += std::to_string(rest);
  return plain_text(phrase(_("{} h {} min"), span / hours{1}, padded));
}

}  // namespace

std::string relative_time(WallTime time, WallTime now) {
  const auto span = std::chrono::floor<Seconds>(now) - std::chrono::floor<Seconds>(time);
  const auto distance = span < Seconds{0} ? -span : span;
  if (distance < now_within) return _("just now");
  if (distance >= days{7}) return local_text(time, "%Y-%m-%d");
  const auto words = rough_words(distance);
  return plain_text(phrase(span < Seconds{0} ? _("in {}") : _("{} ago"), words));
}

std::string absolute_time(WallTime time) {
  return local_text(time, "%Y-%m-%d %H:%M");
}

std::string full_time(WallTime time, WallTime now) {
  const auto distance = now < time ? time - now : now - time;
  if (distance >= days{7}) return absolute_time(time);
  return plain_text(phrase("{} ({})", absolute_time(time), relative_time(time, now)));
}

Span promise_span(WallTime promise, WallTime now) {
  if (promise > now) return relative_time(promise, now);
  const auto late = std::chrono::floor<Seconds>(now) - std::chrono::floor<Seconds>(promise);
  return bad(plain_text(phrase(_("overdue {}"), rough_words(late))));
}

Span full_promise(WallTime promise, WallTime now) {
  if (promise > now) return full_time(promise, now);
  return bad(plain_text(phrase("{} ({})", promise_span(promise, now), absolute_time(promise))));
}

std::string duration_words(Milliseconds duration) {
  const auto span = nearest<Seconds>(std::max(duration, Milliseconds{0}));
  if (nearest<minutes>(span) < hours{1}) return rough_words(span);
  if (const auto whole = nearest<minutes>(span); whole < days{1}) return hour_and_minute_words(whole);
  const auto whole = nearest<hours>(span);
  const auto rest = (whole % days{1}).count();
  const auto text = day_words(whole / days{1});
  return rest == 0 ? text : text + " " + hour_words(rest);
}

std::string exact_duration_words(Milliseconds duration) {
  const auto span = nearest<Seconds>(std::max(duration, Milliseconds{0}));
  if (span < days{1} && span % minutes{1} == Seconds{0}) return duration_words(span);
  std::string text;
  const auto add = [&](std::int64_t number, std::string (*words)(std::int64_t)) {
    if (number > 0) text.append(text.empty() ? "" : " ").append(words(number));
  };
  add(span / days{1}, day_words);
  add(span % days{1} / hours{1}, hour_words);
  add(span % hours{1} / minutes{1}, minute_words);
  add((span % minutes{1}).count(), second_words);
  return text;
}

Cell time_cell(WallTime time, WallTime now) {
  return {Span(relative_time(time, now)), format_rfc3339_seconds(time)};
}

Cell promise_cell(WallTime promise, WallTime now) {
  return {promise_span(promise, now), format_rfc3339_seconds(promise)};
}

Cell duration_cell(Milliseconds duration) {
  return {Span(duration_words(duration)), std::to_string(std::chrono::floor<Seconds>(duration).count())};
}

}  // namespace gilir::cli
