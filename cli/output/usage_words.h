// Words for Error{usage}, one for each UsageProblem.
#pragma once

#include "cli/output/error_words.h"

namespace gilir::cli {

ErrorWords usage_words(const Error& error);

// The texts of a detail that is a list, with commas or what is given between them; "" when it is none.
std::string joined(const Error& error, std::string_view key, std::string_view separator = ", ");

// "Did you mean a, b?" from the detail `near`; "" when there is none.
std::string did_you_mean(const Error& error);

}  // namespace gilir::cli
