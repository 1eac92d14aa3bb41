// What every change of a ticket begins and ends with. A change of a merged number applies to the ticket at the
// end of its chain; results name that ticket's number, so that whoever asked can tell.
#pragma once

#include <vector>

#include "core/operations/context.h"
#include "core/operations/ticket/ticket_view.h"
#include "core/ticket/ticket.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {

// Longest reply, note, answer or reason. Events carry them as JSON, where a byte may take six.
inline constexpr std::int64_t longest_message = 64 * 1024;

// Error{invalid} when nothing but blanks was written.
void require_text(std::string_view field, std::string_view text);
// The text in one line, without blanks around it. Error{invalid} as above.
std::string one_line(std::string_view field, std::string_view text);

// A ticket that may be changed: its row as it stands, and the status that the change leads to.
struct TicketChange {
  TicketRow ticket;
  TicketStatus after{};
};

// Lets claims that have run out return to the turn, follows `number` to the ticket that counts, compares --if-version
// with it, applies what else fell due for it (settle.h) and asks the table of moves.
// Error{not_found, version_moved, wrong_state}.
TicketChange permit_change(Context& context, TicketNumber number, TicketVerb verb);

// Error{version_moved} when --if-version names another version of `ticket`.
void check_version(Context& context, const TicketRow& ticket);

// Stores the changed row; gives the ticket as it is seen from now on. What its assignee does to a ticket that he
// claimed is the work that the claim stands for: the ticket is simply his from then on.
Ticket store_change(Context& context, TicketRow ticket);

// Instead, when nothing is to be changed after all. What fell due for the ticket was told and is stored all the same.
Ticket leave_unchanged(Context& context, TicketRow ticket);

// Whom an event of `ticket` concerns: the ticket, the caller and its assignee.
std::vector<Subject> subjects_of_change(Context& context, const TicketRow& ticket);

// The same for what every reporter of the ticket hears: the tickets merged into it as well. An internal note
// must not use it: whoever reads a merged ticket may be a reporter for whom the note was not written.
std::vector<Subject> subjects_for_reporters(Context& context, const TicketRow& ticket);

}  // namespace gilir
