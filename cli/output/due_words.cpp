#include "cli/output/due_words.h"

#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/event/event.h"

namespace gilir::cli {
namespace {

const char* pattern_of(EventKind kind, unsigned long count) {
  switch (kind) {
    case EventKind::lock_expired:
      return plural("{} lock ran out.", "{} locks ran out.", count);
    case EventKind::lock_cut_ordered:
      return plural("The time of {} lock was up: somebody had asked for it.",
                    "The time of {} locks was up: somebody had asked for them.", count);
    case EventKind::lock_cut:
      return plural("{} lock was ended.", "{} locks were ended.", count);
    case EventKind::lock_ended:
      return plural("{} server became free.", "{} servers became free.", count);
    case EventKind::lock_offered:
      return plural("The turn at {} server came to the next in line.",
                    "The turn at {} servers came to the next in line.", count);
    case EventKind::lock_offer_withdrawn:
      return plural("{} turn at a server was taken back.", "{} turns at servers were taken back.", count);
    case EventKind::lock_wait_ended:
      return plural("{} wait in line ended.", "{} waits in line ended.", count);
    case EventKind::lock_demand_ended:
      return plural("{} knock or its like came to nothing.", "{} knocks or their like came to nothing.", count);
    case EventKind::ticket_returned:
      return plural("{} ticket came back.", "{} tickets came back.", count);
    case EventKind::ticket_assigned:
      return plural("{} ticket went to an agent.", "{} tickets went to agents.", count);
    case EventKind::ticket_waiting:
      return plural("{} ticket waits for an agent.", "{} tickets wait for an agent.", count);
    case EventKind::ticket_claim_ended:
      return plural("{} ticket was claimed and left lying.", "{} tickets were claimed and left lying.", count);
    case EventKind::promise_broken:
      return plural("News of {} ticket are overdue.", "News of {} tickets are overdue.", count);
    default:
      return nullptr;
  }
}

}  // namespace

std::string due_words(std::string_view event, std::int64_t count) {
  const auto kind = event_kind_from_name(event);
  const char* pattern = kind ? pattern_of(*kind, static_cast<unsigned long>(count)) : nullptr;
  return plain_text(pattern == nullptr ? phrase("{}: {}", event, count) : phrase(pattern, count));
}

}  // namespace gilir::cli
