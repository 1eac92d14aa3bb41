#include "core/operations/ticket/voices.h"

#include "core/ticket/ticket_table.h"

namespace gilir {

std::vector<VoiceFacts> voices_named(Context& context, TicketNumber ticket) {
  return context.connection().all<VoiceFacts>(
      "SELECT name, office, contact FROM reporter WHERE id IN (SELECT reporter FROM voice WHERE ticket = $1) "
      "ORDER BY id LIMIT $2",
      ticket, most_voices_named);
}

EventFacts with_voices(Context& context, TicketNumber ticket, EventFacts facts) {
  facts.voices = voices_named(context, ticket);
  const auto all = count_voices(context.connection(), ticket);
  if (all > most_voices_named) facts.voice_count = all;
  return facts;
}

}  // namespace gilir
