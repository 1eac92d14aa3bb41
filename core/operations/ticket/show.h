// ticket.show: one ticket with what was said about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// A reply, an internal note, an answer, or why it was reopened or passed on, which is internal too.
struct MessageView {
  WallTime at{};
  AgentName agent;
  // ticket.replied, ticket.noted, ticket.resolved, ticket.rejected, ticket.reopened or ticket.passed.
  std::string kind;
  bool internal = false;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(MessageView, (), (at, agent, kind, internal, text))

struct LinkedTicket {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
};
BOOST_DESCRIBE_STRUCT(LinkedTicket, (), (number, title, status))

// A ticket that was merged into the one that is shown.
struct PartView {
  TicketNumber number;
  std::string title;
  // Its beginning.
  std::string body;
  ReporterView reporter;
  WallTime created{};
  AgentName merged_by;
  WallTime merged_at{};
};
BOOST_DESCRIBE_STRUCT(PartView, (), (number, title, body, reporter, created, merged_by, merged_at))

struct ShownTicket : Ticket {
  // Of a merged ticket: the one at the end of its chain, which gets the answer.
  std::optional<Ticket> target;
  // What was merged into it, directly or through others: the first of them, and how many there are.
  std::vector<PartView> parts;
  std::int64_t part_count = 0;
  // A merge of this ticket, or into it, was made by somebody else, and the caller has not been told yet: ticket.see
  // says that they have.
  bool unseen_merge = false;
  // `duplicates` and the further tickets that are suspected to be the same.
  std::int64_t duplicate_count = 0;
  // Linked to it by an agent.
  std::vector<LinkedTicket> related;
  // What the reporter was told when it was resolved or rejected.
  std::optional<std::string> answer;
  // The latest ones, oldest first.
  std::vector<MessageView> messages;
  // There are older messages than those shown.
  bool earlier_messages = false;
};
BOOST_DESCRIBE_STRUCT(ShownTicket, (Ticket),
                      (target, parts, part_count, unseen_merge, duplicate_count, related, answer, messages,
                       earlier_messages))

// A merged ticket is shown as itself. `public`: as its reporter may see it, without internal notes and without
// anything of other reporters' tickets; of the target only where it stands and the answer.
struct ShowTicket {
  TicketNumber number;
  bool public_ = false;

  using Result = ShownTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowTicket, (), (number, public_))

struct SeenTicket {
  TicketNumber number;
};
BOOST_DESCRIBE_STRUCT(SeenTicket, (), (number))

// The caller has seen what became of the ticket, or what was merged into it: their home says so no longer.
struct SeeTicket {
  TicketNumber number;

  using Result = SeenTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(SeeTicket, (), (number))

}  // namespace gilir
