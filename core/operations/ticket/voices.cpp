#include "core/operations/ticket/voices.h"

#include <ranges>
#include <utility>

#include "core/people/people_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

Voices voices_named(Context& context, TicketNumber ticket) {
  const auto reporters = reporters_asking(context.connection(), ticket);
  Voices voices;
  voices.count = static_cast<std::int64_t>(reporters.size());
  for (const auto id : reporters | std::views::take(most_voices_named)) {
    auto reporter = get_reporter(context.connection(), id);
    voices.named.push_back({std::move(reporter.name), std::move(reporter.office), std::move(reporter.contact)});
  }
  return voices;
}

EventFacts with_voices(Context& context, TicketNumber ticket, EventFacts facts) {
  auto voices = voices_named(context, ticket);
  facts.voices = std::move(voices.named);
  if (voices.count > most_voices_named) facts.voice_count = voices.count;
  return facts;
}

}  // namespace gilir
