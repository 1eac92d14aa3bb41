// Times and durations for people, in the local time zone and the user's language. JSON has its own forms
// (core/base/json.h).
#pragma once

#include <string>

#include "cli/output/table.h"
#include "core/base/clock.h"

namespace gilir::cli {

// "4 min ago", "in 2 h", "just now": the nearest of its unit; beyond a week, the date.
std::string relative_time(WallTime time, WallTime now);
// "2026-11-22 16:04".
std::string absolute_time(WallTime time);
// "2026-11-22 16:04 (4 min ago)", for long views.
std::string full_time(WallTime time, WallTime now);
// "45 s", "12 min", "1 h 05 min", "3 days 2 h"; negative durations read as nothing left, "0 s".
std::string duration_words(Milliseconds duration);
// To the second, for what a person has set: "1 min 59 s".
std::string exact_duration_words(Milliseconds duration);

// When news were promised: as relative_time(), and what is past as "overdue 3 min", in red.
Span promise_span(WallTime promise, WallTime now);
// The same for long views: "2026-11-22 16:04 (in 2 h)", "overdue 3 min (2026-11-22 16:04)".
Span full_promise(WallTime promise, WallTime now);

// A table's cell: relative for people, RFC 3339 for scripts.
Cell time_cell(WallTime time, WallTime now);
Cell promise_cell(WallTime promise, WallTime now);
// A table's cell: words for people, whole seconds for scripts.
Cell duration_cell(Milliseconds duration);

}  // namespace gilir::cli
