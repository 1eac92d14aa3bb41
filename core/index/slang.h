// Short forms and slang that Indonesian reporters type, and the words that they stand for.
#pragma once

#include <string_view>

namespace gilir::index {

// "gak" is "tidak", "gabisa" is "tidak bisa"; every other word is itself. `word`: in normal form. Pure.
std::string_view in_full(std::string_view word);

}  // namespace gilir::index
