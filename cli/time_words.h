// Times and durations as people type them on the command line, in English or Indonesian whatever the language of
// gilir's own words, as standards write them, and as gilir itself prints them. All functions return nothing when
// the text is not understood; none throws. Capital letters and the number of blanks mean nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace gilir::cli {

inline constexpr Seconds max_duration = std::chrono::hours{24 * 3650};

// "90s", "30m", "2h", "1h30m", "2d", "1w"; "2 hours", "3 days 2 h", "1 hour and 30 minutes"; "2 jam", "1 jam 05 mnt",
// "3 hari", "sejam"; ISO 8601's "PT2H", "P1DT12H". Units once each and from large to small, no sign, whole numbers,
// more than nothing, at most max_duration. A number alone has no unit and is no duration.
std::optional<Seconds> parse_duration(std::string_view text);

// A time that is so long from now: 2h, +2h, in 2 h, 2 jam lagi.
std::optional<Seconds> parse_time_ahead(std::string_view text);

// Where a time that may mean several is looked for: "17:00", "monday" and "2h" are the next or the last such.
enum class Direction { ahead, back };

// What a date, or a word for a day, means alone: its first instant, or its last.
enum class DayAlone { starts, ends };

// In the local time zone, from `now`:
//   2026-11-23 09:00, 2026-11-23T09:00:15+07:00 and the other forms of core/base/iso_time.h
//   2026-11-23 09:00 (in 2 h), overdue 2 h (2026-11-23 09:00), as gilir prints it
//   now; 2h, +2h, in 2 h; 2 h ago; sekarang, dalam 2 jam, 2 jam lagi, 2 jam lalu
//   17:00, 17:00:30, at 17:00, pukul 17.00, jam 9: the next or the last such time
//   today, tomorrow, yesterday, hari ini, besok, lusa, kemarin; monday, mon, senin, sen…: the next such day and never
//   today, or the last such day and today too. A time of day may stand beside them: tomorrow 09:00, besok pukul 9.00
//   A date or such a word alone is the start of that day, or its end.
// A time that a change of the clocks skips is taken an hour later, as mktime(3) does.
std::optional<WallTime> parse_time(std::string_view text, WallTime now, Direction direction = Direction::ahead,
                                   DayAlone day_alone = DayAlone::starts);

}  // namespace gilir::cli
