// What searched words say beside standing in texts: a server, an office or a reporter whose tickets are meant, or a
// word that was mistyped. Bounded; a name's newest tickets are read from the indexes of tickets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/operations/ticket/search_words.h"
#include "core/store/connection.h"

namespace gilir {

// Looks, for plain words of `text` and up to three beside each other, whether they are a name, and adds its tickets to
// the query. Tickets of a name that is left out are no longer found.
void add_named_tickets(store::Connection& connection, std::string_view text, SearchWords& words);

// `text` with the first words that no ticket has (index::SearchPage::unknown) spelt as tickets have them; none when
// they have nothing like it.
std::optional<std::string> meant_words(store::Connection& connection, std::string_view text, const SearchWords& words,
                                       index::WordBits unknown);

}  // namespace gilir
