// Texts that come in English from below cli/ (an error's `problem`, the C library, why tickets look alike,
// names of endings in the log), in the user's language. po/core_texts collects core's sentences for the
// catalogue; what others say stands in po/outside_texts.h.
#pragma once

#include <string>
#include <string_view>

namespace gilir::cli {

// A text is looked up whole, then with {} for each number, then by the parts of "WHAT: WHY". What the
// catalogue does not know stays as it is, and so does everything in English.
std::string known_words(std::string_view english);

// A name of the protocol as English words: "waiting reporter" of "waiting_reporter".
std::string spaced(std::string_view name);

// What to do about such a problem where the system gives this process no more of something; else "".
std::string limit_hint(std::string_view problem);

}  // namespace gilir::cli
