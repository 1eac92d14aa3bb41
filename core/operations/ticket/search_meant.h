// What somebody may have meant by searched words that find nothing: names without their diacritics, and words or names
// that were mistyped. Bounded: the first 5,000 names of a kind are looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/operations/ticket/search_words.h"
#include "core/store/connection.h"

namespace gilir {

// Adds the tickets of names that words of `text` are but for diacritics ("bjorn akesson"), of the words that no ticket
// has (index::SearchPage::unknown). False when there are none.
bool add_names_without_marks(store::Connection& connection, std::string_view text, SearchWords& words,
                             index::WordBits unknown);

// `text` with the first words that find nothing put as a ticket has them, or as a server, an office or a reporter is
// called. None when nothing is like them. Where nothing has all of the words (`none_has_all`), a compound whose parts
// are known is doubted, too.
std::optional<std::string> meant_words(store::Connection& connection, std::string_view text, const SearchWords& words,
                                       index::WordBits unknown, bool none_has_all);

}  // namespace gilir
