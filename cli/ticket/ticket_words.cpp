#include "cli/ticket/ticket_words.h"

#include "cli/output/duplicate_words.h"
#include "cli/output/event_parts.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli {

std::string status_words(TicketStatus status) {
  switch (status) {
    case TicketStatus::new_:
      return _("new");
    case TicketStatus::assigned:
      return _("assigned");
    case TicketStatus::in_progress:
      return _("in progress");
    case TicketStatus::waiting_reporter:
      return _("waits for reporter");
    case TicketStatus::waiting_unit:
      return _("waits for unit");
    case TicketStatus::postponed:
      return _("postponed");
    case TicketStatus::resolved:
      return _("resolved");
    case TicketStatus::closed:
      return _("closed");
    case TicketStatus::rejected:
      return _("rejected");
    case TicketStatus::merged:
      return _("merged");
  }
  return {};
}

Span status_span(TicketStatus status) {
  switch (status) {
    case TicketStatus::new_:
      return warning(status_words(status));
    case TicketStatus::assigned:
    case TicketStatus::in_progress:
    case TicketStatus::waiting_reporter:
    case TicketStatus::waiting_unit:
    case TicketStatus::postponed:
      return accent(status_words(status));
    case TicketStatus::resolved:
      return good(status_words(status));
    case TicketStatus::closed:
    case TicketStatus::rejected:
    case TicketStatus::merged:
      break;
  }
  return dim(status_words(status));
}

std::string reporter_words(const ReporterView& reporter) {
  return reporter.office.empty() ? reporter.name : reporter.name + ", " + reporter.office;
}

Span assignee_span(const std::optional<AgentName>& assignee) {
  return assignee ? bold(assignee->value) : dim(_("nobody yet"));
}

void add_look_alikes(const std::vector<DuplicateView>& duplicates, std::vector<std::pair<std::string, Line>>& facts,
                     std::optional<TicketNumber> twin) {
  for (const auto& duplicate : duplicates) {
    if (duplicate.strength != "strong" && duplicate.strength != "likely" && duplicate.number != twin) continue;
    auto how = strength_words(duplicate.strength);
    if (duplicate.status && is_finished(*duplicate.status)) how += ", " + status_words(*duplicate.status);
    facts.emplace_back(_("looks like"),
                       phrase("{} ({}): {}", duplicate.number, how, duplicate_words(duplicate.reasons)));
  }
}

Line escalation_line(const EscalationView& escalation, WallTime now) {
  return phrase(_("by {}, from tier {} ({}): {}"), bold(escalation.by.value), escalation.from_tier,
                relative_time(escalation.at, now), one_line(escalation.reason));
}

Line told_apart_line(TicketNumber one, TicketNumber other) {
  return phrase(_("{} and {} are not the same: neither is suggested for the other again."), one, other);
}

void note_followed(Output& output, TicketNumber asked, TicketNumber applied) {
  if (asked == applied) return;
  output.note(phrase(_("{} is part of {}: this applies to {}."), asked, applied, applied));
}

}  // namespace gilir::cli
