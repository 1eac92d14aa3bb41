// A verb on the tickets that the positional TICKET names: one, or many in one transaction, all or none.
#pragma once

#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/output/message.h"
#include "cli/output/output.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"
#include "cli/ticket/to_tell.h"
#include "cli/usage_error.h"
#include "core/operations/ticket/show.h"

namespace gilir::cli {

inline constexpr PositionalSpec several_tickets{
    .name = "TICKET", .about = N_("the tickets: 41, 41-43,50, or - for standard input"), .count = Count::many};

// The numbers that TICKET names, at least one. `several` tells how JSON shows the result: a lone number gives
// an object, ranges, lists and standard input an array, however many they turn out to hold.
struct NamedTickets {
  std::vector<TicketNumber> numbers;
  bool several = false;
};
NamedTickets named_tickets(CommandContext& context);

// Of several numbers, those that lead to different tickets: a range that holds a ticket and others merged into
// it means it once.
std::vector<TicketNumber> distinct_tickets(CommandContext& context, DeskSession& desk, const NamedTickets& named);

// A lock that the caller took by hand for a ticket which is finished now stands on until its own end: says so on
// stderr.
void note_locks_that_stay(Output& output, DeskSession& desk, const std::vector<Ticket>& tickets);

// Performs the operation on each ticket, and says `done` of each one, with its number, assignee, tier and
// when it comes back: "{} is resolved."; with `to_tell`, also whom that event is to be told.
template <class Op>
int change_tickets(CommandContext& context, Op operation, const char* done,
                   std::optional<EventKind> to_tell = std::nullopt) {
  const auto named = named_tickets(context);
  DeskSession desk(context);
  const auto numbers = distinct_tickets(context, desk, named);
  std::vector<Op> operations;
  // No agent has that name.
  if constexpr (requires { operation.agent.value; }) {
    if (operation.agent.value == "me") operation.agent = desk.call().caller;
  }
  for (const auto number : numbers) {
    operation.number = number;
    operations.push_back(operation);
  }
  const auto tickets = desk.perform_all(operations);
  for (std::size_t i = 0; i < tickets.size(); ++i) note_followed(context.output, numbers[i], tickets[i].number);
  if (named.several ? context.output.json(tickets) : context.output.json(tickets.front())) return 0;
  for (const auto& ticket : tickets) {
    const auto until = ticket.postponed_until ? full_time(*ticket.postponed_until, desk_now(context)) : std::string();
    context.output.line(phrase(done, ticket.number, assignee_span(ticket.assignee), ticket.tier, until));
    if constexpr (requires { ticket.told_apart; }) {
      if (ticket.told_apart) context.output.line(told_apart_line(ticket.number, *ticket.told_apart));
    }
    if (to_tell) show_whom_to_tell(context.output, desk, *to_tell, ticket);
  }
  note_locks_that_stay(context.output, desk, {tickets.begin(), tickets.end()});
  return 0;
}

// The same for a verb that goes with a text, which is read once: `text` is where it belongs.
template <class Op>
int change_tickets_with_text(CommandContext& context, std::string Op::*text, const char* done, Op operation = {},
                             std::optional<EventKind> to_tell = std::nullopt) {
  auto message = Message::read(context);
  operation.*text = message.text();
  const int code = change_tickets(context, std::move(operation), done, to_tell);
  message.saved();
  return code;
}

}  // namespace gilir::cli
