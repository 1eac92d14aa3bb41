#include "cli/ticket/change_tickets.h"

#include <algorithm>

#include "cli/output/times.h"
#include "cli/ticket_numbers.h"
#include "core/operations/lock/show.h"
#include "core/ticket/ticket_rules.h"

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

void note_locks_that_stay(Output& output, DeskSession& desk, const std::vector<Ticket>& tickets) {
  const auto is_over = [](const Ticket& ticket) { return is_finished(ticket.status); };
  if (desk.call().dry_run || std::ranges::none_of(tickets, is_over)) return;
  for (const auto& lock : desk.desk().perform(Call{desk.call().caller}, ListOwnLocks{}).result.locks) {
    const auto ticket = std::ranges::find(tickets, lock.ticket, &Ticket::number);
    if (lock.waiting || lock.kind != HoldKind::timed || ticket == tickets.end() || !is_over(*ticket)) continue;
    output.note(phrase(_("{0} is still yours for {1}, {2} left. Give it back with: gilir lock release {0}"),
                       bold(lock.server.value), ticket->number, duration_words(lock.expires_in_s)));
  }
}

}  // namespace gilir::cli
