// Where in an office a ticket's title says that it is: the "2" of "loket 2", the "rapat" of "ruang rapat", the
// "archive" of "archive room". Pure; never throws but bad_alloc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::duplicate {

// `words`: a title's, each in its normal form, in order. What is returned points into them.
std::vector<std::string_view> places_named(std::span<const std::string> words);

// Each names places, and none is the same but for a typing error.
bool are_other_places(std::span<const std::string> words, std::span<const std::string> others);

}  // namespace gilir::duplicate
