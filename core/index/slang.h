// Short forms and slang that Indonesian reporters type, and the words that they stand for.
#pragma once

#include <string_view>

#include "core/index/letter_pairs.h"

namespace gilir::index {

// "gak" is "tidak", "gabisa" is "tidak bisa"; every other word is itself. `word`: in normal form. Pure.
std::string_view in_full(std::string_view word);

// A word of two letters or more that begins with none of these is itself.
LetterPairs slang_beginnings();

}  // namespace gilir::index
