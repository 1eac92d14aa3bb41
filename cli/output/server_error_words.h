// Words for errors about a server's host key or certificate, and about removing it.
#pragma once

#include "cli/output/error_words.h"

namespace gilir::cli {

// Without a message for every other error.
ErrorWords server_words(const Error& error);

}  // namespace gilir::cli
