#include "core/base/iso_time.h"

namespace gilir {
namespace {

constexpr int first_year = 1970;
constexpr int last_year = 2999;

// Takes a text apart from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly so many digits.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int number = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }

  std::size_t digits_ahead() const {
    const auto end = rest_.find_first_not_of("0123456789");
    return end == std::string_view::npos ? rest_.size() : end;
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::year_month_day> read_date(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year) return std::nullopt;
  const bool extended = reader.take('-');
  const auto month = reader.digits(2);
  if (!month || (extended && !reader.take('-'))) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day || *year < first_year || *year > last_year) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

// One to nine digits, of which three count.
std::optional<Milliseconds> read_fraction(Reader& reader) {
  const auto count = reader.digits_ahead();
  if (count == 0 || count > 9) return std::nullopt;
  int milliseconds = 0;
  for (std::size_t at = 0; at < count; ++at) {
    const int digit = *reader.digits(1);
    if (at < 3) milliseconds = milliseconds * 10 + digit;
  }
  for (std::size_t at = count; at < 3; ++at) milliseconds *= 10;
  return Milliseconds{milliseconds};
}

// HH:MM[:SS[.fff]], or HHMM[SS[.fff]].
std::optional<Milliseconds> read_of_day(Reader& reader, std::size_t hour_digits) {
  const auto hour = reader.digits(hour_digits);
  const bool extended = reader.take(':');
  const auto minute = hour ? reader.digits(2) : std::nullopt;
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  Milliseconds time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  if (!(extended ? reader.take(':') : reader.digits_ahead() >= 2)) return time;
  const auto second = reader.digits(2);
  if (!second || *second > 59) return std::nullopt;
  time += Seconds{*second};
  if (!reader.take('.') && !reader.take(',')) return time;
  const auto fraction = read_fraction(reader);
  if (!fraction) return std::nullopt;
  return time + *fraction;
}

std::optional<std::chrono::minutes> read_offset(Reader& reader) {
  if (reader.take('Z') || reader.take('z')) return std::chrono::minutes{0};
  const bool behind = reader.take('-');
  if (!behind && !reader.take('+')) return std::nullopt;
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  std::chrono::minutes offset = std::chrono::hours{*hour};
  const bool extended = reader.take(':');
  if (extended || reader.digits_ahead() > 0) {
    const auto minute = reader.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    offset += std::chrono::minutes{*minute};
  }
  return behind ? -offset : offset;
}

// An hour alone, as `date -Ihours` prints it, is a time only with its offset.
std::optional<Milliseconds> read_hour(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  return std::chrono::hours{*hour};
}

}  // namespace

std::optional<Milliseconds> parse_clock(std::string_view text) {
  const auto colon = text.find(':');
  if (colon != 1 && colon != 2) return std::nullopt;
  Reader reader(text);
  const auto time = read_of_day(reader, colon);
  return reader.at_end() ? time : std::nullopt;
}

std::optional<IsoTime> parse_iso_time(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date) return std::nullopt;
  IsoTime time{*date, {}, {}};
  if (reader.at_end()) return time;
  if (!reader.take('T') && !reader.take('t') && !reader.take(' ')) return std::nullopt;
  Reader hour_alone = reader;
  time.of_day = read_of_day(reader, 2);
  if (!time.of_day) {
    reader = hour_alone;
    time.of_day = read_hour(reader);
    if (!time.of_day || reader.at_end()) return std::nullopt;
  }
  if (reader.at_end()) return time;
  reader.take(' ');
  time.offset = read_offset(reader);
  if (!time.offset || !reader.at_end()) return std::nullopt;
  return time;
}

std::optional<WallTime> instant_of(const IsoTime& time) {
  if (!time.of_day || !time.offset) return std::nullopt;
  return WallTime{std::chrono::sys_days{time.date}} + *time.of_day - *time.offset;
}

}  // namespace gilir
