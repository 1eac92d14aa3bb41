// Words that say nothing about what a ticket is about, in Indonesian (with the short forms people type) and
// English: articles, pronouns, prepositions, courtesies, "cannot", and when it happened.
#pragma once

#include <string_view>

namespace gilir::duplicate {

// `word`: lower case. Pure.
bool is_stop_word(std::string_view word);

}  // namespace gilir::duplicate
