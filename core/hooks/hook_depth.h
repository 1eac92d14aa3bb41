// How far a change lies from a person: what a hook changes is one deeper than what it heard of. A hook that hears
// of its own changes would go on for ever; so what lies too deep is delivered to no hook. Functions that take a
// connection run inside the caller's transaction.
#pragma once

#include <string_view>

#include "core/base/ids.h"
#include "core/store/connection.h"

namespace gilir {

// Events this deep are delivered to no hook.
inline constexpr int most_hook_depth = 4;
// Tells a gilir called from a hook how deep its changes are.
inline constexpr const char* hook_depth_variable = "GILIR_HOOK_DEPTH";

// The variable's value; 0 for a change that no hook makes, and never more than the depth at which all ends.
int hook_depth_from(std::string_view text);

// Of the events from `first` to `last`, which a hook has made.
void store_hook_depth(store::Connection& connection, EventNumber first, EventNumber last, int depth);
int hook_depth_of(store::Connection& connection, EventNumber event);
void forget_hook_depths(store::Connection& connection, EventNumber delivered);

// Keeps the last event that was delivered to no hook, for whoever looks what is wrong.
void store_hook_end(store::Connection& connection, EventNumber event);

}  // namespace gilir
