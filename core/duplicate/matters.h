// What a ticket is about, whatever its words: "hasil cetak tidak keluar", "ngeprint gagal" and "nothing prints" are of
// printing. A thesaurus of what offices report, in Indonesian and English: things (printer, network, payment, patient
// records) and what is wrong with them (slow, jammed, locked, not received). It was written without sight of any set of
// tickets that measures it.
//
// It tells two tellings of one trouble by one person from two troubles; it ranks nothing, as words that stand for the
// same say less than words that are the same. Pure; never throws.
#pragma once

#include <bitset>
#include <string_view>

#include "core/index/terms.h"

namespace gilir::duplicate {

inline constexpr std::size_t most_matters = 512;
inline constexpr std::size_t first_trouble = 256;  // after all things
using Matters = std::bitset<most_matters>;

enum class Part { title, all };
Matters matters_of(const index::TextTerms& terms, Part part = Part::all);

// Of a word in normal form, with its affixes or without.
Matters things_of(std::string_view word);
Matters troubles_of(std::string_view word);

// The share of both tickets' matters that the other has as well (Dice, 1945); 0 when neither has any.
double shared_matters(const Matters& one, const Matters& other);

}  // namespace gilir::duplicate
