// By which word of the command line a command takes an operation's field: people know options, not fields.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "core/base/error.h"

namespace gilir::cli {

// "--next-news" of next_news_s, "-m" of a text, "NAME" of a positional; the field itself when there is no such word.
std::string word_for_field(const CommandSpec& command, std::string_view field);

// Adds the word to Error{invalid}, as `option` beside `field`; other errors are left as they are.
void name_option(const CommandSpec& command, Error& error);

}  // namespace gilir::cli
