// The parts from which event_words are put together, by domain. Each *_event_words is empty for events of
// another domain.
#pragma once

#include <string>
#include <string_view>

#include "cli/output/style.h"
#include "core/event/event.h"

namespace gilir::cli {

Line ticket_event_words(const Event& event, EventKind kind);
Line lock_event_words(const Event& event, EventKind kind);
bool wait_ended_by_itself(const Event& event);
Line demand_event_words(const Event& event, EventKind kind);
// A demand made its way without anybody doing something: its countdown ended, or its lease.
bool demand_ended_by_itself(const Event& event);

// Text that a person wrote, on one line and cut.
std::string one_line(std::string_view text);
// What an edit changed, "seats=2 term_s=30", as people read it: "seats: 2, term: 30 s".
std::string changes_words(std::string_view changes);
// Not what somebody changed but what `server check` found out.
bool is_found_by_check(std::string_view changes);
// "kantor-123" or "kantor-123, kantor-9".
std::string servers_of(const Event& event);
Span agent_part(const Event& event);
Span ticket_part(const Event& event);
// " for #41", " for: a look at the disk", or nothing.
Line what_for(const Event& event);
// "Budi (kantor-123)".
std::string reporter_of(const Event& event);
// "a, b, c".
std::string listed(const std::vector<std::string>& words);
// "the lease was lost".
std::string session_end_words(const std::string& because);

}  // namespace gilir::cli
