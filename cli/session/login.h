// Logging in to a server under its lock, as `gilir ssh` and `gilir server check` do. In the big program only.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/session/lock_keeper.h"
#include "core/operations/server/server_view.h"
#include "core/ssh/ssh_session.h"

namespace gilir::cli::commands {

// As who: the server's login, or the local user's own name.
std::string login_at(const ServerView& server, const Environment& environment);

// Where it is now. Asked before its lock is taken it only tells whether anybody can log in there at all: whoever stood
// in line meanwhile asks again, for under the lock it stays where it is. Error{not_found} without SSH,
// Error{host_key_unknown} without a pinned key.
ServerView server_to_log_in_to(DeskSession& desk, const ServerName& name);

// Where it is, and what it must show; as nobody yet.
SshTarget ssh_target(const ServerView& server);

// Connects with the keys of --identity, of the agent and of the home directory. On an error that is thrown on the
// keeper has finished.
SshSession log_in(const CommandContext& context, const ServerView& server, LockKeeper& keeper,
                  Supervision& supervision);

}  // namespace gilir::cli::commands
