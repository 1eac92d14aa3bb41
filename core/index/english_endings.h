// Takes endings off English words by Porter's rules (An algorithm for suffix stripping, 1980): "printing", "prints" and
// "printed" meet at "print". What remains need not be a word ("servic").
#pragma once

#include <string>

namespace gilir::index {

// `word`: lower-case ASCII letters only, three or more. It never becomes empty.
void take_english_endings(std::string& word);

}  // namespace gilir::index
