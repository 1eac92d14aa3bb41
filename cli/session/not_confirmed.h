// What is said of a session whose work is not confirmed to be over: from when on others can get in, or who has been in
// since.
#pragma once

#include "cli/desk_session.h"
#include "cli/output/style.h"
#include "core/operations/lock/acquire.h"

namespace gilir::cli {

// Asks the desk, which has been told of the session's end; where it cannot be asked, only what is sure is said.
Line not_confirmed_words(DeskSession& desk, const LeaseView& lease) noexcept;

}  // namespace gilir::cli
