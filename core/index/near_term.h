// What somebody may have meant by a word that no text has: "printer" by "pritner".
#pragma once

#include <optional>
#include <string>

#include "core/store/connection.h"

namespace gilir::index {

// A term that is one typing error away (a letter more, less or another, or two neighbours changed about) and that the
// most texts have; none for what has other letters than a to z, since numbers and names are not guessed, and for short
// words. The first letter is as it was typed. With internal texts or without.
//
// Each term that it could be is looked up, some hundreds: it costs the same however many terms a desk has.
std::optional<std::string> near_term(store::Connection& connection, const std::string& term, bool notes);

}  // namespace gilir::index
