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

// The largest unit alone, for times that are read at a glance.
std::string rough_words(Seconds span) {
  if (span < minutes{1}) return counted("{} s", "{} s", span.count());
  if (span < hours{1}) return counted("{} min", "{} min", span / minutes{1});
  if (span < days{1}) return counted("{} h", "{} h", span / hours{1});
  return counted("{} day", "{} days", span / days{1});
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
  const auto span = std::max(std::chrono::floor<Seconds>(duration), Seconds{0});
  if (span < hours{1}) return rough_words(span);
  if (span < days{1}) {
    const auto rest = (span % hours{1}) / minutes{1};
    if (rest == 0) return rough_words(span);
    std::string padded = rest < 10 ? "0" : "";
    padded += std::to_string(rest);
    return plain_text(phrase(_("{} h {} min"), span / hours{1}, padded));
  }
  const auto rest = (span % days{1}) / hours{1};
  if (rest == 0) return rough_words(span);
  return rough_words(span) + " " + counted("{} h", "{} h", rest);
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
