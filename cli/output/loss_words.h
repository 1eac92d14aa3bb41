// How a lock was lost, in words.
#pragma once

#include <string>

#include "core/base/error.h"

namespace gilir::cli {

// "broken by budi: the till is down", of Error{lost}.
std::string loss_words(const Error& error);

}  // namespace gilir::cli
