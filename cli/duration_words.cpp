#include <array>
#include <charconv>

#include "cli/time_words.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

struct Unit {
  std::int64_t seconds = 0;
  std::array<std::string_view, 9> names;
};

// Indonesian names stand last, each from the first that can follow "se", as in sejam: one hour.
constexpr std::array<Unit, 5> units{{
    {604'800, {"w", "week", "weeks", "minggu", "pekan"}},
    {86'400, {"d", "day", "days", "hari"}},
    {3'600, {"h", "hr", "hrs", "hour", "hours", "jam", "j"}},
    {60, {"m", "min", "mins", "minute", "minutes", "mnt", "menit"}},
    {1, {"s", "sec", "secs", "second", "seconds", "dtk", "detik"}},
}};
constexpr std::array<std::string_view, 6> after_se{"minggu", "pekan", "hari", "jam", "menit", "detik"};

bool has_name(const Unit& unit, std::string_view word) {
  for (const auto name : unit.names) {
    if (!name.empty() && name == word) return true;
  }
  return false;
}

void skip_blanks(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

std::string_view take_word(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
  const auto word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// Adds numbers with their units, which get smaller.
class Sum {
 public:
  bool add(std::int64_t number, std::string_view unit) {
    while (next_ < units.size() && !has_name(units[next_], unit)) ++next_;
    if (next_ == units.size() || number > max_duration.count()) return false;
    total_ += number * units[next_].seconds;
    ++next_;
    return total_ <= max_duration.count();
  }
  std::optional<Seconds> total() const { return total_ == 0 ? std::nullopt : std::optional(Seconds{total_}); }

 private:
  std::size_t next_ = 0;
  std::int64_t total_ = 0;
};

std::optional<std::int64_t> take_number(std::string_view& text) {
  // from_chars takes a minus sign, which no duration has.
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return number;
}

// "p1dt12h": weeks and days before the t, hours, minutes and seconds behind it.
std::optional<Seconds> parse_iso_duration(std::string_view text) {
  text.remove_prefix(1);
  Sum sum;
  bool of_day = false;
  while (!text.empty()) {
    if (!of_day && text.front() == 't') {
      of_day = true;
      text.remove_prefix(1);
    }
    const auto number = take_number(text);
    if (!number || text.empty()) return std::nullopt;
    const auto unit = text.substr(0, 1);
    const bool fits = std::string_view(of_day ? "hms" : "wd").find(unit) != std::string_view::npos;
    if (!fits || !sum.add(*number, unit)) return std::nullopt;
    text.remove_prefix(1);
  }
  return sum.total();
}

// The number and unit in front, and what joins them to the next.
bool take_part(std::string_view& text, Sum& sum) {
  auto number = take_number(text);
  skip_blanks(text);
  auto unit = take_word(text);
  if (!number && unit.starts_with("se")) {
    unit.remove_prefix(2);
    if (std::ranges::find(after_se, unit) != after_se.end()) number = 1;
  }
  if (!number || !sum.add(*number, unit)) return false;
  skip_blanks(text);
  if (text.starts_with(',')) text.remove_prefix(1);
  for (const std::string_view joint : {"and ", "dan "}) {
    if (text.starts_with(joint)) text.remove_prefix(joint.size());
  }
  skip_blanks(text);
  return true;
}

}  // namespace

std::optional<Seconds> parse_duration(std::string_view given) {
  const std::string lower = ascii_lower(trimmed(given));
  std::string_view text = lower;
  if (text.starts_with('p') && text.size() > 2 && text.find(' ') == std::string_view::npos)
    return parse_iso_duration(text);
  Sum sum;
  while (!text.empty()) {
    if (!take_part(text, sum)) return std::nullopt;
  }
  return sum.total();
}

std::optional<Seconds> parse_time_ahead(std::string_view given) {
  const std::string lower = ascii_lower(trimmed(given));
  std::string_view text = lower;
  for (const std::string_view front : {"+", "in ", "dalam "}) {
    if (text.starts_with(front)) return parse_duration(text.substr(front.size()));
  }
  for (const std::string_view behind : {" lagi", " from now"}) {
    if (text.ends_with(behind)) return parse_duration(text.substr(0, text.size() - behind.size()));
  }
  return parse_duration(text);
}

}  // namespace gilir::cli
