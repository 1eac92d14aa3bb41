// Takes the common endings and prefixes off Indonesian and English words, so that "dicetak", "mencetak",
// "pencetakan" and "cetakan" meet "cetak", and "printing" meets "print".
//
// Deliberately light and without a dictionary: a prefix whose first letter swallows the stem's
// (mem-akai, meng-irim) is left alone, because guessing the lost letter is wrong as often as right. The
// result need not be a word ("servic"); it only has to be the same for all forms of one.
#pragma once

#include <string>
#include <string_view>

#include "core/index/letter_pairs.h"

namespace gilir::index {

// `word`: lower-case ASCII letters only. Never throws but bad_alloc.
std::string without_affixes(std::string_view word);

// What stays of a word that begins with none of these begins as the word does, as far as it has two letters.
LetterPairs prefix_beginnings();

}  // namespace gilir::index
