// English words that only hold a sentence together: they say nothing about what a ticket is about, and without them
// tickets in English rank better. Those of Indonesian are left to how rare they are: without them, customers' questions
// rank worse.
#pragma once

#include <string_view>

namespace gilir::duplicate {

// `term`: as core/index/terms.h makes it. Pure.
bool is_function_word(std::string_view term);

}  // namespace gilir::duplicate
