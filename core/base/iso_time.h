// Dates and times as ISO 8601 and RFC 3339 write them, in the forms that programs print: 2026-11-23,
// 20261123, 2026-11-23T09:00, 2026-11-23 09:00:15.250 +07:00, 2026-11-23T09+07, 20261123T090015Z.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/base/clock.h"

namespace gilir {

struct IsoTime {
  std::chrono::year_month_day date{};
  std::optional<Milliseconds> of_day;          // absent for a date alone
  std::optional<std::chrono::minutes> offset;  // ahead of UTC; absent for a local time
};

// Nothing for any other form, a day that no calendar has, and years outside 1970…2999. Finer fractions than
// milliseconds are cut. Never throws.
std::optional<IsoTime> parse_iso_time(std::string_view text);

// 9:00, 09:00, 09:00:15, 09:00:15.250 (a comma too): the part of such a time that a clock shows.
std::optional<Milliseconds> parse_clock(std::string_view text);

// The instant; of a time that says how far its clock is from UTC.
std::optional<WallTime> instant_of(const IsoTime& time);

}  // namespace gilir
