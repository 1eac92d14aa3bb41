// By which word of the command line a command takes an operation's field: people know options, not fields.
#pragma once

#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "core/base/error.h"

namespace gilir::cli {

// "--next-news" of next_news_s, "-m" or "-F" of a text, "NAME" of a positional; the field itself when there is no such
// word, or the text came from an editor.
std::string word_for_field(const Arguments& arguments, std::string_view field);

// Adds the word to Error{invalid}, as `option` beside `field`; other errors are left as they are.
void name_option(const Arguments& arguments, Error& error);

}  // namespace gilir::cli
