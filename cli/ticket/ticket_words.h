// What the ticket commands share in showing a ticket to people.
#pragma once

#include <string>
#include <vector>

#include "cli/output/output.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir::cli {

// "in progress", for people.
std::string status_words(TicketStatus status);
// As a span whose style tells open from finished.
Span status_span(TicketStatus status);
// "Budi, kantor-123".
std::string reporter_words(const ReporterView& reporter);
// Whoever works on it, or that nobody does.
Span assignee_span(const std::optional<AgentName>& assignee);

// Adds "#41 (strong, resolved): same office, shares ORA-00942" for each strong or likely look-alike, and for `twin`
// however weak it is; `gilir ticket duplicates` shows the weak ones too.
void add_look_alikes(const std::vector<DuplicateView>& duplicates, std::vector<std::pair<std::string, Line>>& facts,
                     std::optional<TicketNumber> twin = std::nullopt);

// "by budi, from tier 1 (4 min ago): needs a DBA".
Line escalation_line(const EscalationView& escalation, WallTime now);

// That two tickets are not the same from now on.
Line told_apart_line(TicketNumber one, TicketNumber other);

// Says on stderr that what was asked of `asked` applied to the ticket that it was merged into.
void note_followed(Output& output, TicketNumber asked, TicketNumber applied);

}  // namespace gilir::cli
