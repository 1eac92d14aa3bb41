// What this machine tells of the processes behind kept holds and marks. A holder that was killed together with its
// guardian tells of nothing: then the next one who touches the lock looks, and ends what runs past its permit.
//
// Only processes of this world are looked at (core/process/process_group.h); of others time alone decides.
#pragma once

#include <vector>

#include "core/lock/requests.h"
#include "core/operations/context.h"

namespace gilir {

// The process that keeps the hold is known to be gone.
bool is_holder_gone(const Hold& hold);

enum class Standing { only_looked_at, ended };
// Holds and marks of which nothing is left are returned, to be released. The programs that run are noted in
// `locks.seen`; when asked for, those past their permit are sent TERM, and KILL when they are for a second.
std::vector<Release> look_at_processes(Locks& locks, BootTime now, Standing standing);

// The caller's holds at these servers whose process is gone and had no program here: see HolderGone.
void abandon_own_dead_holds(Context& context, const std::vector<ServerName>& servers);

}  // namespace gilir
