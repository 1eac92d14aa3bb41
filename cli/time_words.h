// Times and durations as people type them on the command line. Words are English in every language, as
// scripts write them too. All functions return nothing when the text is not understood; none throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace gilir::cli {

inline constexpr Seconds max_duration = std::chrono::hours{24 * 3650};

// "90s", "30m", "2h", "1h30m", "2d", "1w": units once each and from large to small, no sign, no blanks, more
// than nothing, at most max_duration.
std::optional<Seconds> parse_duration(std::string_view text);

// A time that is so long from now: 2h, +2h, +1d.
std::optional<Seconds> parse_time_ahead(std::string_view text);

// In the local time zone, from `now`:
//   2026-11-23 09:00, 2026-11-23T09:00, 09:00 (today), 2026-11-23T09:00:00Z (UTC)
//   today, tomorrow, monday … sunday, mon … sun (the next such day, never today), with a time: tomorrow 09:00
//   a date or such a word alone: the start of that day
//   2h, +2h, +1d (from now), now
// A time that a change of the clocks skips is taken an hour later, as mktime(3) does.
std::optional<WallTime> parse_time(std::string_view text, WallTime now);

}  // namespace gilir::cli
