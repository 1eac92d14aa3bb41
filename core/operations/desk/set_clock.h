// What it means for a desk's rows that its time was wrong and is put right: see core/desk/desk_clock.h.
#pragma once

#include <string_view>

#include "core/operations/context.h"

namespace gilir {

// What was stored since `since`, by the count that was wrong, moves by ClockSeen::moved: what tickets wait for, and
// since when locks are held. What the log says stays as it was said; it tells of this too.
void set_clock(Context& context, WallTime since, std::string_view because);

}  // namespace gilir
