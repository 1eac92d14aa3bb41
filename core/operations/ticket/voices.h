// Who asks for a ticket's answer, with what it takes to reach them: gilir sends nothing by itself, so whoever does, a
// hook or a person, has to know.
#pragma once

#include <vector>

#include "core/event/event_facts.h"
#include "core/operations/context.h"

namespace gilir {

// So many are named in a ticket and in an event; how many there are is said beside them.
inline constexpr std::int64_t most_voices_named = 100;

// The first of them, in the order in which the reporters became known, and how many there are.
struct Voices {
  std::vector<VoiceFacts> named;
  std::int64_t count = 0;
};
Voices voices_named(Context& context, TicketNumber ticket);
// The same as facts of an event that they are to be told of.
EventFacts with_voices(Context& context, TicketNumber ticket, EventFacts facts);

}  // namespace gilir
