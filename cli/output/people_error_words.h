// Words for errors about the desk's agents.
#pragma once

#include "cli/output/error_words.h"

namespace gilir::cli {

// Without a message for every other error.
ErrorWords people_words(const Error& error);

}  // namespace gilir::cli
