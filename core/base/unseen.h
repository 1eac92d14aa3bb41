#pragma once

#include <string_view>

namespace gilir {

// True for text of which nothing is to be seen: empty, or of blanks and invisible characters alone.
bool shows_nothing(std::string_view text);

}  // namespace gilir
