// Whether it can be confirmed that a session at a server is over, for people.
#pragma once

#include <string>

#include "core/operations/lock/lock_view.h"
#include "core/server/login_check.h"

namespace gilir::cli {

// "confirmed: …", "not confirmed: …".
std::string ending_words(SessionEnd ending);

// What that means for who comes next.
std::string ends_words(const LockView& lock);

}  // namespace gilir::cli
