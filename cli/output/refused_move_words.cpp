#include "cli/output/refused_move_words.h"

#include "cli/output/known_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli {
namespace {

ErrorWords say(const Line& message, const Line& hint = {}) {
  return {plain_text(message), plain_text(hint)};
}

// Names a step that is possible from there.
Line next_step(TicketStatus status, TicketVerb verb, std::string_view number) {
  if (verb == TicketVerb::close && is_open(status))
    return phrase(_("Resolve it first: gilir ticket resolve {} -m ANSWER"), number);
  if (verb == TicketVerb::close) return Line(_("Nothing is left to close"));
  if (verb == TicketVerb::reopen && is_open(status)) return Line(_("It is open, and can be worked on as it is"));
  if (verb == TicketVerb::unmerge) return phrase(_("It is part of no other ticket: gilir ticket show {}"), number);
  if (verb == TicketVerb::pass && is_open(status))
    return phrase(_("It waits for its turn; give it to somebody: gilir ticket assign {} AGENT"), number);
  if (status_after(status, TicketVerb::reopen))
    return phrase(_("Open it again with gilir ticket reopen {} -m WHY"), number);
  return phrase(_("See what it waits for with gilir ticket show {}"), number);
}

// The state that the verb would lead to is the one that it has.
bool is_done(TicketStatus status, TicketVerb verb) {
  switch (verb) {
    case TicketVerb::close:
      return status == TicketStatus::closed;
    case TicketVerb::resolve:
      return status == TicketStatus::resolved;
    case TicketVerb::reject:
      return status == TicketStatus::rejected;
    case TicketVerb::start:
      return status == TicketStatus::in_progress;
    default:
      return false;
  }
}

}  // namespace

std::string status_of(const Error& error) {
  return known_words(spaced(error.text("status")));
}

ErrorWords refused_move_words(const Error& error) {
  const auto part = [&](std::string_view key) { return error.text(key); };
  const auto status = enum_from_name<TicketStatus>(part("status"));
  const auto verb = enum_from_name<TicketVerb>(part("verb"));
  if (!part("into").empty()) {
    const auto unmerge = phrase(_("To take the merge back: gilir ticket unmerge {}"), part("number"));
    return say(phrase(_("#{} is part of #{} already"), part("number"), part("into")),
               verb == TicketVerb::link ? unmerge : Line());
  }
  if (status && verb && is_done(*status, *verb)) {
    return say(
        phrase(_("#{} is {} already"), part("number"), status_of(error)),
        status_after(*status, TicketVerb::reopen) ? next_step(*status, TicketVerb::edit, part("number")) : Line());
  }
  const auto hint = status && verb ? next_step(*status, *verb, part("number")) : Line();
  if (verb == TicketVerb::merge_into)
    return say(phrase(_("#{} is {}, so nothing can be merged into it"), part("number"), status_of(error)), hint);
  return say(phrase(_("#{} is {}, so {} is not possible"), part("number"), status_of(error),
                    known_words(spaced(part("verb")))),
             hint);
}

}  // namespace gilir::cli
