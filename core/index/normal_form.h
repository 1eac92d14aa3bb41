// The one form in which texts are compared: Unicode's NFKC_Casefold (UAX #31, UTS #10's fold without marks kept apart),
// and which characters words are made of.
#pragma once

#include <string>
#include <string_view>

namespace gilir::index {

// Normal form NFKC with its case folded and without invisible characters. Takes any bytes.
std::string normal_form(std::string_view text);

// Letters, digits and the marks that belong to them, in any script. '_' is none.
bool is_word_character(char32_t c);
// Of a writing that puts no blanks between words: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
bool is_unspaced(char32_t c);
// Invisible where it stands between letters: soft hyphens, joiners, directions.
bool is_ignorable(char32_t c);
// One of - _ . / : or a form of them that looks the same; 0 for all else.
char joiner(char32_t c);

}  // namespace gilir::index
