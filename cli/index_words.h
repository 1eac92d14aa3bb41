// What is said of an index of texts that is being built or damaged: look-alikes and searches are not whole until it is.
#pragma once

#include <functional>
#include <optional>

#include "core/desk/local_desk.h"
#include "core/operations/ticket/index_progress.h"

namespace gilir::cli {

class Output;

// A note on stderr, and `"indexing":true` or `"index_damaged":true` beside the data in JSON; nothing when the index is
// whole. Before the result.
void tell_unfinished_index(Output& output, const std::optional<IndexProgress>& progress);

// For LocalDeskOptions: tells people who wait at a terminal how far it is, every few seconds.
std::function<void(const IndexProgress&)> indexing_teller(Output& output);

// For LocalDeskOptions: what was done because the index is damaged, and what to do about it.
std::function<void(IndexDamage)> index_damage_teller(Output& output);

// For LocalDeskOptions: whose session is waited for before an older desk is brought up to date, once it takes long.
std::function<void(const FreshPermit&)> waiting_teller(Output& output);

}  // namespace gilir::cli
