// Words for moves that a ticket's state does not permit: Error{wrong_state}. They name a step that is possible.
#pragma once

#include <string>

#include "cli/output/error_words.h"

namespace gilir::cli {

ErrorWords refused_move_words(const Error& error);

// The detail `status` as the catalogue has it; in English as scripts write it.
std::string status_of(const Error& error);

}  // namespace gilir::cli
