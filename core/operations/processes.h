// What this machine tells of the processes behind kept holds and marks. A holder that was killed together with its
// guardian tells of nothing: then the next one who touches the lock looks, and what runs past its permit is ended once
// the transaction is over.
//
// Only processes of this world are looked at (core/process/process_group.h); of others time alone decides.
#pragma once

#include <vector>

#include "core/lock/requests.h"
#include "core/operations/context.h"

namespace gilir {

// The process that keeps the hold is known to be gone.
bool is_holder_gone(const Hold& hold);

// What a look found: holds and marks of which nothing is left, to be released, and what the programs past their permit
// are to be sent: TERM, and KILL when they are for a second.
struct ProcessLook {
  std::vector<Release> over;
  std::vector<GroupSignal> signals;
};
// The programs that run are noted in `locks.seen`. Nothing is sent.
ProcessLook look_at_processes(Locks& locks, BootTime now);

// The caller's holds at these servers whose process is gone and had no program here: see HolderGone.
void abandon_own_dead_holds(Context& context, const std::vector<ServerName>& servers);

}  // namespace gilir
