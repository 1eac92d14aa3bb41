// Finds out whether a server takes a leash (core/ssh/leash.h), by trying it on a command that ignores hang-ups.
#pragma once

#include "core/ssh/leash.h"

namespace gilir {

enum class LeashCheck {
  fit,         // the command was ended, and seen to be
  no_channel,  // as Leash::Failure has these
  no_shell,
  forced,
  unseen,
  not_ended,  // the leash could not end the command, or its channel went on
};

// The leash comes first and alone, so that a command which the server forces runs once and not twice.
// Throws what Supervision::throw_if_over throws.
LeashCheck check_leash(SshSession& session, Supervision& supervision);

}  // namespace gilir
