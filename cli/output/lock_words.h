// Locks for people: how strong one is, and how it stands.
#pragma once

#include <optional>
#include <string>

#include "cli/output/output.h"
#include "core/operations/lock/lock_view.h"

namespace gilir::cli {

// What a lock of this level protects from, and what it does not.
std::string level_words(LockLevel level);

// " for #41", " for: a reason", or nothing.
Line purpose_words(const std::optional<TicketNumber>& ticket, const std::string& reason);

// Who holds it, for what and until when, who waits, and what a seat that looks free is kept for; with `details` the
// numbers of leases, holds and tokens, too.
void show_lock(Output& output, const LockView& lock, WallTime now, bool details = false);

// The same in a few words: "sari for #41, 2 in line", "free".
std::string lock_summary(const LockView& lock);

}  // namespace gilir::cli
