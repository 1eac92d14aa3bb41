// ticket.search: tickets by the words of their titles, bodies, replies and notes, in any language.
//
// The words are looked for as core/index makes terms of them: a ticket has one of them, in any of its texts. Best
// first: tickets with all of them (filler words apart), a whole identifier before all else, then the more, the rarer
// and the sooner in the title the better. A word that is the name of a server, an office or a reporter is had by their
// tickets as well, also without its diacritics: the newest 500 of a name are found by it alone.
// - `cert*` finds every word that begins so, with its forms (`printing*` also "printed"), and `srv-db*` every name that
//   does. Of less than two letters nothing begins.
// - "a b" in double quotes finds the words as they are written, in this order and beside each other, in one of the
//   ticket's texts. Up to 200 of the best tickets are looked at.
// - `-word` leaves tickets out that have the word in any form, `-srv-db01` those that have the whole name, and -"a b"
//   those that have the words beside each other. It takes no `*`. What is left out may be a name as well: then the
//   tickets of that server, office or reporter are left out, too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/index_progress.h"
#include "core/operations/ticket/list.h"

namespace gilir {

// A found word in a snippet or title, in bytes from `begin` up to `end`.
struct SnippetMark {
  std::size_t begin = 0;
  std::size_t end = 0;
};
BOOST_DESCRIBE_STRUCT(SnippetMark, (), (begin, end))

struct FoundTicket : TicketLine {
  // title, body, reply or note: where its best text has the words; server, office or reporter: it has none, and is
  // about what a word names.
  std::string found_in;
  // That place, with a few words around.
  std::string snippet;
  std::vector<SnippetMark> marks;
  // Found words of the title.
  std::vector<SnippetMark> title_marks;
  // Those with all words come before all others, as far as was looked.
  bool all_words = true;
};
BOOST_DESCRIBE_STRUCT(FoundTicket, (TicketLine), (found_in, snippet, marks, title_marks, all_words))

struct FoundTickets {
  std::vector<FoundTicket> tickets;
  bool truncated = false;
  // What `after` takes for the next page.
  std::optional<std::string> next;
  // False when there may be more than what was looked at: words that very many texts have, a phrase, or
  // more phrases or beginnings than are looked for.
  bool complete = true;
  // Some may be missing, as not every ticket is indexed yet.
  std::optional<IndexProgress> indexing;
  // The words with those that find nothing spelt as tickets have them, or as a server, an office or a reporter is
  // called.
  std::optional<std::string> did_you_mean;
};
BOOST_DESCRIBE_STRUCT(FoundTickets, (), (tickets, truncated, next, complete, indexing, did_you_mean))

// Tickets of any status. Error{invalid} when the words hold nothing that could be found.
struct SearchTickets {
  std::string words;
  std::optional<std::string> after = {};
  std::int64_t limit = 50;
  // Where some tickets have all of the words, no others.
  bool best_only = false;

  using Result = FoundTickets;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(SearchTickets, (), (words, after, limit, best_only))

}  // namespace gilir
