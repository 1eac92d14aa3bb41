// When two names that people wrote are the same one: equal but for case, blanks and Unicode form.
#pragma once

#include <string>
#include <string_view>

namespace gilir {

// What such names have in common: normal form NFKC with its case folded (Unicode's NFKC_Casefold, without invisible
// characters), one blank for each run of them and none at the ends. Takes any bytes.
std::string name_key(std::string_view name);

// The same without diacritics: "bjorn akesson" of "Björn Åkesson".
std::string bare_name_key(std::string_view name);

}  // namespace gilir
