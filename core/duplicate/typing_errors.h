// Words that differ as mistyped ones do. Pure; never throws.
#pragma once

#include <string_view>

namespace gilir::duplicate {

// True when one insertion, deletion, substitution or swap of neighbours makes `one` into `other` (Damerau, 1964), both
// beginning with the same letter: people rarely mistype the first. In words of fewer than five letters substitutions
// are taken for other words: "KTP" and "KTA".
bool one_typing_error_apart(std::string_view one, std::string_view other);

}  // namespace gilir::duplicate
