// The facts of a subject's latest events of one kind, newest first; no further back than its last thousand events.
#pragma once

#include <vector>

#include "core/event/event.h"
#include "core/operations/context.h"

namespace gilir {

std::vector<EventFacts> latest_facts(Context& context, const Subject& subject, EventKind kind);

}  // namespace gilir
