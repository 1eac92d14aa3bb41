// Which names an agent may have.
#pragma once

#include "core/base/ids.h"

namespace gilir {

// A name (core/base/text.h) that means nothing else where an agent is named: the caller (me), nobody (none) or a tier
// (a number).
bool is_agent_name(const AgentName& name);

}  // namespace gilir
