#include "cli/output/event_parts.h"
#include "cli/output/known_words.h"
#include "cli/output/translate.h"
#include "core/lock/events.h"

namespace gilir::cli {
namespace {

std::optional<WaitEnd> wait_end(const Event& event) {
  return enum_from_name<WaitEnd>(event.facts.because.value_or(""));
}

Line taken_words(const Event& event) {
  Line line = phrase(_("took {}"), bold(servers_of(event)));
  line += what_for(event);
  if (event.facts.kind.value_or("") == "timed") line += Line(_(", for a time"));
  return line;
}

Line moved_words(const Event& event) {
  const auto into = event.facts.into ? Span(*event.facts.into) : Span("?");
  const char* pattern =
      event.facts.hold ? _("{}'s lock on {} follows {} to {}") : _("{}'s place in the line of {} follows {} to {}");
  return phrase(pattern, agent_part(event), bold(servers_of(event)), ticket_part(event), into);
}

// {0}: the servers, {1}: the agent, {2}: the ticket, {3}: the one that it was merged into.
const char* wait_end_pattern(WaitEnd end) {
  switch (end) {
    case WaitEnd::granted:
      return _("left the line of {0}: the turn had come");
    case WaitEnd::shared:
      return _("left the line of {0}: another process took the turn up");
    case WaitEnd::own_session:
      return _("left the line of {0}: it stands no further session");
    case WaitEnd::not_exclusive:
      return _("left the line of {0}: it was not to be shared");
    case WaitEnd::lapsed:
      return _("{1}'s place in the line of {0} lapsed: its process is gone");
    case WaitEnd::offer_lapsed:
      return _("{1} did not take {0} up in time and lost the place in line");
    case WaitEnd::left:
      return _("left the line of {0}");
    case WaitEnd::timed_out:
      return _("left the line of {0}: waited long enough");
    case WaitEnd::merged:
      return _("{1} left the line of {0}: {2} was merged into {3}");
    case WaitEnd::resolved:
      return _("{1} left the line of {0}: {2} is finished");
    case WaitEnd::deadlock:
      return _("{1} left the line of {0}: the wait would never have ended");
    case WaitEnd::server_removed:
      return _("{1} left the line of {0}: the server was removed");
  }
  return "";
}

Line wait_ended_words(const Event& event) {
  const auto end = wait_end(event);
  if (!end) return phrase(_("the wait for {} ended"), bold(servers_of(event)));
  const auto into = event.facts.into ? Span(*event.facts.into) : Span("?");
  return phrase(wait_end_pattern(*end), bold(servers_of(event)), agent_part(event), ticket_part(event), into);
}

}  // namespace

std::string servers_of(const Event& event) {
  if (event.facts.server) return event.facts.server->value;
  std::vector<std::string> names;
  for (const auto& subject : event.subjects) {
    if (subject.kind == SubjectKind::server) names.push_back(subject.name);
  }
  return names.empty() ? "?" : listed(names);
}

std::string session_end_words(const std::string& because) {
  if (because == "lost") return _("the lock was lost");
  if (because == "expired") return _("the lock ran out");
  if (because == "connection_lost") return _("the connection was lost");
  if (because == "left") return _("the agent ended the connection");
  if (because == "break") return _("the lock was broken");
  if (because == "steal") return _("the server was taken over");
  if (because == "knock" || because == "silence" || because == "hand_over") return _("the server was given away");
  if (because == "connect_failed") return _("no connection");
  if (because == "authentication_failed") return _("the login was refused");
  if (because == "host_key_unknown" || because == "host_key_changed") return _("its host key is not the pinned one");
  if (because == "interrupted") return _("stopped by a signal");
  return known_words(spaced(because));
}

bool wait_ended_by_itself(const Event& event) {
  switch (wait_end(event).value_or(WaitEnd::lapsed)) {
    case WaitEnd::granted:
    case WaitEnd::shared:
    case WaitEnd::own_session:
    case WaitEnd::not_exclusive:
    case WaitEnd::left:
    case WaitEnd::timed_out:
      return false;
    default:
      return true;
  }
}

Line lock_event_words(const Event& event, EventKind kind) {
  const auto server = bold(servers_of(event));
  const auto agent = agent_part(event);
  switch (kind) {
    case EventKind::lock_granted:
      return taken_words(event);
    case EventKind::lock_shared:
      return phrase(_("took {} once more"), server) += what_for(event);
    case EventKind::lock_released:
      if (event.facts.because == "not_confirmed")
        return phrase(_("left {}; it is not confirmed that the work there is over"), server);
      if (event.facts.because == "held_still") return phrase(_("ended one use of {}, and has it still"), server);
      return phrase(_("gave {} back"), server);
    case EventKind::lock_expired:
      if (event.facts.because == "held_still")
        return phrase(_("one of {}'s times at {} ran out; it is theirs still"), agent, server);
      return phrase(_("{}'s time at {} ran out"), agent, server);
    case EventKind::lock_moved:
      return moved_words(event);
    case EventKind::lock_cut:
      return phrase(_("{}'s lock on {} was ended"), agent, server);
    case EventKind::lock_ended:
      return phrase(_("{} is free after {}"), server, agent);
    case EventKind::lock_queued:
      return phrase(_("stands in line for {}"), server) += what_for(event);
    case EventKind::lock_offered:
      return phrase(_("the turn at {} came to {}, next in line"), server, agent);
    case EventKind::lock_offer_withdrawn:
      return phrase(_("the turn at {} was taken back from {}: it is not free after all"), server, agent);
    case EventKind::lock_wait_ended:
      return wait_ended_words(event);
    default:
      return {};
  }
}

}  // namespace gilir::cli
