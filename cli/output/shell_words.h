// A command line that stands in a variable, taken apart as a shell takes it, and words that are shown for one; no shell
// is run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::cli {

// The words of `text` by the quoting rules of POSIX (Shell Command Language, 2.2): '…', "…" and \ quote. Nothing is
// expanded, and operators such as ; and | are letters. Nothing when a quote is not closed.
std::optional<std::vector<std::string>> shell_words(std::string_view text);

// A word as it is typed to a shell, for commands that are shown to be copied: quoted only where it must be.
std::string shell_word(std::string_view word);

}  // namespace gilir::cli
