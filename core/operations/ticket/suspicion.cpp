#include "core/operations/ticket/suspicion.h"

#include <algorithm>

#include "core/duplicate/pair_table.h"
#include "core/operations/ticket/change.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

void suspect(Context& context, TicketNumber ticket, const std::vector<DuplicateView>& look_alikes) {
  const auto is_suspected = [](const DuplicateView& match) {
    return match.strength == "strong" || match.strength == "likely";
  };
  if (std::ranges::none_of(look_alikes, is_suspected)) return;
  auto& connection = context.connection();
  const auto distinct = duplicate::said_distinct(connection, ticket);
  for (const auto& match : look_alikes) {
    if (!is_suspected(match)) continue;
    const auto other = follow_ticket(connection, match.number);
    if (!is_open(other.status) || other.number == ticket || distinct.contains(other.number)) continue;
    const auto [older, newer] = std::minmax(other.number, ticket);
    duplicate::add_suspected(connection, {newer, older, match.strength, match.score, RawJson{to_json(match.reasons)}});
  }
}

void suspect_again(Context& context, TicketNumber ticket) {
  suspect(context, ticket, stored_duplicates(context, ticket));
}

void tell_apart(Context& context, const TicketRow& ticket, TicketNumber other) {
  duplicate::decide(context.connection(), ticket.number, other, duplicate::Decision::rejected, context.now().wall,
                    context.caller().name);
  auto subjects = subjects_of_change(context, ticket);
  subjects.push_back(subject(other));
  context.log(EventKind::ticket_told_apart, std::move(subjects),
              {.ticket = ticket.number, .internal = true, .other = other});
}

void suspect_pair_again(Context& context, TicketNumber one, TicketNumber other) {
  const auto [older, newer] = std::minmax(one, other);
  if (!is_open(get_ticket(context.connection(), newer).status)) return;
  auto found = stored_duplicates(context, newer);
  std::erase_if(found, [&, older = older](const DuplicateView& match) {
    return follow_ticket(context.connection(), match.number).number != older;
  });
  suspect(context, newer, found);
}

std::vector<DuplicateView> newer_twins(Context& context, TicketNumber ticket) {
  std::vector<DuplicateView> twins;
  for (const auto& pair : duplicate::suspected_newer(context.connection(), ticket, most_newer_twins)) {
    twins.push_back(duplicate_view(pair.ticket, pair.strength, pair.score, pair.because));
  }
  return twins;
}

std::int64_t twins_left_out(Context& context, TicketNumber ticket) {
  return std::max<std::int64_t>(0, duplicate::count_suspected_newer(context.connection(), ticket) - most_newer_twins);
}

}  // namespace gilir
