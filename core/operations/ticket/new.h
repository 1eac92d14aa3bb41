// ticket.new: files a ticket and says at once who has it and why. Filing is never refused for being a
// duplicate; a strong one goes to the agent who has its twin and costs nobody a turn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/index_progress.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// The receipt: the ticket, and how it was handed out.
struct FiledTicket : Ticket {
  // "turn"; "sticky": to the agent of `twin`; "waiting": nobody of the tier is present; "merged": into `twin`.
  std::string because;
  std::optional<TicketNumber> twin;
  // Why it looks like its twin, in English.
  std::vector<std::string> evidence;
  // The reporter was unknown and has been added.
  bool new_reporter = false;
  // Look-alikes may be missing: the index was not whole. Of this moment, and not of the receipt.
  std::optional<IndexProgress> indexing = {};
};
BOOST_DESCRIBE_STRUCT(FiledTicket, (Ticket), (because, twin, evidence, new_reporter))

struct NewTicket {
  std::string title;
  std::string body = {};
  // The caller himself when there is none.
  std::optional<std::string> reporter = {};
  std::optional<std::string> office = {};
  std::optional<ServerName> server = {};
  std::string category = {};
  bool urgent = false;
  // Whoever files knows that it is no duplicate: it goes by turn whatever it looks like.
  bool not_duplicate = false;
  // Whoever files knows that it is the same as this ticket: filed and merged in one transaction.
  std::optional<TicketNumber> merge_into = {};
  bool cross_reporter = false;
  // Whoever files knows that it is not the same as this ticket: neither is suggested for the other.
  std::optional<TicketNumber> distinct_from = {};

  using Result = FiledTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(NewTicket, (),
                      (title, body, reporter, office, server, category, urgent, not_duplicate, merge_into,
                       cross_reporter, distinct_from))

}  // namespace gilir
