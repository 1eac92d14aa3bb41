// Sentences on lines of a page, and lines on a narrow terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/output/style.h"

namespace gilir::cli {

// `text` broken at blanks into lines of at most `width` columns; a longer word has a line of its own. At
// least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// `line` broken between words (and between wide East Asian characters) into lines of at most `width` columns. What
// would be useless in pieces stays whole, for copying: accented text, and a command of gilir's with its arguments, up
// to the end of its sentence. Only what is wider than the terminal is left to the terminal to break. At least one line.
std::vector<Line> lines_within(const Line& line, std::size_t width);

}  // namespace gilir::cli
