#include "cli/ticket/change_tickets.h"

#include <algorithm>

#include "cli/ticket_numbers.h"

namespace gilir::cli {

NamedTickets named_tickets(CommandContext& context) {
  const auto words = context.arguments.words("TICKET");
  NamedTickets named;
  named.several = words.size() != 1 || !parse_ticket_number(words.front());
  named.numbers = context.arguments.tickets("TICKET", context.input);
  if (named.numbers.size() > 1 && context.command.takes.version && context.arguments.given("if-version")) {
    throw usage_error(std::string_view(_("--if-version is about one ticket, and here are several")));
  }
  return named;
}

std::vector<TicketNumber> distinct_tickets(CommandContext& context, DeskSession& desk, const NamedTickets& named) {
  if (named.numbers.size() == 1) return named.numbers;
  std::vector<ShowTicket> reads;
  for (const auto number : named.numbers) reads.push_back({number});
  std::vector<TicketNumber> distinct;
  std::vector<TicketNumber> ends;
  for (const auto& shown : desk.perform_all(reads)) {
    const auto end = shown.target ? shown.target->number : shown.number;
    if (std::ranges::find(ends, end) != ends.end()) {
      note_followed(context.output, shown.number, end);
      continue;
    }
    ends.push_back(end);
    distinct.push_back(shown.number);
  }
  return distinct;
}

}  // namespace gilir::cli
