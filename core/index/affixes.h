// Takes the common endings and prefixes off Indonesian and English words, so that "dicetak", "mencetak",
// "pencetakan" and "cetakan" meet "cetak", and "printing" meets "print".
//
// Deliberately light and without a dictionary: a prefix whose first letter swallows the stem's
// (mem-akai, meng-irim) is left alone, because guessing the lost letter is wrong as often as right. The
// result need not be a word ("servic"); it only has to be the same for all forms of one.
#pragma once

#include <string>
#include <string_view>

namespace gilir::index {

// `word`: lower-case ASCII letters only. Never throws but bad_alloc.
std::string without_affixes(std::string_view word);

// So many letters at the beginning of what stays of a word are surely the word's own, unless less stays: two, or none
// when the word begins like a prefix.
std::size_t letters_kept(std::string_view word);

}  // namespace gilir::index
