// Sentences on lines of a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilir::cli {

// `text` broken at blanks into lines of at most `width` columns; a longer word has a line of its own. At
// least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace gilir::cli
