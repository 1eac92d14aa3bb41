// What searched words say beside standing in texts: a server, an office or a reporter whose tickets are meant. Bounded;
// a name's newest tickets are read from the indexes of tickets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/operations/ticket/search_words.h"
#include "core/store/connection.h"

namespace gilir {

// Of what was typed so many words may be names, and so many beside each other one name.
inline constexpr std::size_t most_searched_names = 8;
inline constexpr std::size_t longest_searched_name = 3;

// Looks, for plain words of `text` and up to three beside each other, whether they are a name, and adds its tickets to
// the query. Tickets of a name that is left out are no longer found.
void add_named_tickets(store::Connection& connection, std::string_view text, SearchWords& words);

// The same for a name that is known and meant by some words. False when no ticket has it.
bool add_tickets_of_name(store::Connection& connection, const std::string& name, index::WordBits meant,
                         SearchWords& words);

}  // namespace gilir
