// The certificate of a server's desktop, for `gilir server trust --rdp`.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/desk_session.h"
#include "core/operations/server/server_view.h"

namespace gilir::cli {

// What --key says: a word as it is, else the text of a file or of standard input.
std::string certificate_given(CommandContext& context, const std::string& given);
// Fetched and shown for comparison; Error{interrupted} when the person says that it is another one.
std::string certificate_fetched(CommandContext& context, const ServerView& server);
// Error{host_key_unknown} or Error{host_key_changed}, both with `type` "certificate", unless it shows what is pinned.
void check_certificate(const ServerView& server);

}  // namespace gilir::cli
