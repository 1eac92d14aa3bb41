// ticket.search: tickets by the words of their titles and bodies, in Indonesian and English.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/list.h"

namespace gilir {

struct FoundTickets : TicketPage {
  // Best first; else every word that is asked for is so frequent that those which have all of them come newest
  // first.
  bool ranked = false;
};
BOOST_DESCRIBE_STRUCT(FoundTickets, (TicketPage), (ranked))

// Tickets of any status. Error{invalid} when the words hold nothing that could be found.
struct SearchTickets {
  std::string words;
  std::optional<std::string> after = {};
  std::int64_t limit = 50;
  bool count = false;

  using Result = FoundTickets;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(SearchTickets, (), (words, after, limit, count))

}  // namespace gilir
