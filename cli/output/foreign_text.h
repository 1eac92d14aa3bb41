// Text that a server sends for a person to read: banners, questions, instructions, why it ended the connection. It is
// hostile, so there is one way to show it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilir::cli {

// Its lines as a terminal may be sent them: escaped, without the end of line, a tab as blanks. At most 100 lines of 500
// columns; what is missing of a line shows as "…". An empty text has none.
std::vector<std::string> foreign_lines(std::string_view text);

// The same, to stand below a line of ours: indented by two columns, also where a terminal of that width would break
// them, so that nothing of it can pass for ours. 0: no terminal will.
std::vector<std::string> indented_foreign_lines(std::string_view text, std::size_t width);

}  // namespace gilir::cli
