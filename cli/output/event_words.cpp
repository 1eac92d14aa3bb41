#include "cli/output/event_words.h"

#include <algorithm>

#include "cli/output/event_parts.h"
#include "cli/output/known_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

Line presence_words(const Event& event, const char* own, const char* others) {
  const bool by_himself = !event.facts.agent || *event.facts.agent == event.actor;
  return by_himself ? Line(own) : phrase(others, agent_part(event));
}

// The role stands there only where it changed.
Line moved_words(const Event& event) {
  const auto& facts = event.facts;
  const auto tier = facts.tier.value_or(0);
  if (!facts.kind) return phrase(_("moved the agent {} to tier {}"), agent_part(event), tier);
  const auto role = known_words(*facts.kind);
  if (facts.from_tier.value_or(tier) == tier)
    return phrase(_("gave the agent {} the role {}"), agent_part(event), role);
  return phrase(_("moved the agent {} to tier {}, with the role {}"), agent_part(event), tier, role);
}

Line desk_event_words(const Event& event, EventKind kind) {
  const auto& facts = event.facts;
  const auto server = bold(servers_of(event));
  switch (kind) {
    case EventKind::desk_made:
      return phrase(_("made the desk {}"), bold(facts.text.value_or("")));
    case EventKind::desk_repaired:
      return facts.kind == "index" ? Line(_("had the index of texts made anew"))
                                   : Line(_("made this machine the one that carries the desk"));
    case EventKind::clock_set: {
      const Milliseconds moved = Seconds{facts.moved_s.value_or(0)};
      const auto by = duration_words(std::chrono::abs(moved));
      return moved < Milliseconds{0} ? phrase(_("set the desk's time {} back"), by)
                                     : phrase(_("set the desk's time {} ahead"), by);
    }
    case EventKind::agent_added:
      return phrase(_("added the agent {} to tier {}"), agent_part(event), facts.tier.value_or(0));
    case EventKind::agent_away:
      return presence_words(event, _("is away"), _("said that {} is away"));
    case EventKind::agent_back:
      return presence_words(event, _("is back"), _("said that {} is back"));
    case EventKind::agent_moved:
      return moved_words(event);
    case EventKind::agent_removed:
      return phrase(_("took the agent {} off the desk"), agent_part(event));
    case EventKind::reporter_edited:
      return phrase(_("changed the reporter {}: {}"), reporter_of(event),
                    one_line(changes_words(facts.changes.value_or(""))));
    case EventKind::category_added:
      return phrase(_("added the category {}"), bold(facts.category.value_or("?")));
    case EventKind::category_edited:
      return phrase(_("changed the category {}: {}"), bold(facts.category.value_or("?")),
                    one_line(changes_words(facts.changes.value_or(""))));
    case EventKind::reporter_added:
      return phrase(_("added the reporter {}"), reporter_of(event));
    case EventKind::server_added: {
      auto line = phrase(_("added the server {} at {}"), server, facts.host.value_or(""));
      if (facts.changes) line += phrase(" ({})", changes_words(*facts.changes));
      return line;
    }
    case EventKind::server_edited: {
      const auto changes = facts.changes.value_or("");
      return phrase(is_found_by_check(changes) ? _("checked the server {}: {}") : _("changed the server {}: {}"),
                    server, changes_words(changes));
    }
    case EventKind::server_removed:
      return phrase(_("removed the server {}"), server);
    case EventKind::server_trusted:
      if (facts.kind) return phrase(_("pinned the certificate of {}: {}"), server, facts.fingerprint.value_or(""));
      return phrase(_("pinned the host key of {}: {}"), server, facts.fingerprint.value_or(""));
    default:
      return {};
  }
}

Line session_kind(const Event& event, EventKind kind) {
  const auto server = bold(servers_of(event));
  const bool ssh = event.facts.kind.value_or("") == "ssh";
  if (kind == EventKind::session_ended) {
    return ssh ? phrase(_("left {}"), server) : phrase(_("ended the work with {}"), server);
  }
  return ssh ? phrase(_("logged in to {}"), server) : phrase(_("began to work with {}"), server);
}

Line session_event_words(const Event& event, EventKind kind) {
  if (kind != EventKind::session_started && kind != EventKind::session_ended) return {};
  const auto& facts = event.facts;
  Line line = session_kind(event, kind);
  line += what_for(event);
  if (facts.command && !facts.command->empty()) line += phrase(_(", running {}"), one_line(*facts.command));
  if (facts.because) line += phrase(_(", cut: {}"), session_end_words(*facts.because));
  if (facts.exit_status) line += phrase(_(", with status {}"), *facts.exit_status);
  if (facts.bytes_in && facts.bytes_out) {
    line += dim(plain_text(phrase(_(" ({} bytes in, {} out)"), *facts.bytes_in, *facts.bytes_out)));
  }
  return line;
}

bool came_by_itself(const Event& event, EventKind kind) {
  switch (kind) {
    case EventKind::ticket_assigned:
      return event.facts.because.value_or("") != "named";
    case EventKind::ticket_waiting:
    case EventKind::ticket_claim_ended:
    case EventKind::ticket_returned:
    case EventKind::promise_broken:
    case EventKind::lock_expired:
    case EventKind::lock_moved:
    case EventKind::lock_ended:
    case EventKind::lock_offered:
    case EventKind::lock_offer_withdrawn:
      return true;
    case EventKind::lock_cut:
    case EventKind::lock_cut_ordered:
      return true;
    case EventKind::lock_demand_ended:
      return demand_ended_by_itself(event);
    case EventKind::lock_wait_ended:
      return wait_ended_by_itself(event);
    default:
      return false;
  }
}

Table<Event> event_table() {
  return {
      {{"number", N_("EVENT"), false, true}, [](const Event& event) { return Cell(event.number.value); }},
      {{"at", N_("TIME")},
       [](const Event& event) { return Cell(absolute_time(event_time(event)), format_rfc3339(event_time(event))); }},
      {{"kind", N_("KIND")}, [](const Event& event) { return Cell(event.kind); }},
      {{"actor", N_("WHO")}, [](const Event& event) { return Cell(event_actor(event)); }},
      {{"what", N_("WHAT"), true}, [](const Event& event) { return Cell(plain_text(event_words(event))); }}};
}

}  // namespace

Line event_words(const Event& event) {
  const auto kind = event_kind_from_name(event.kind);
  if (!kind) return event.kind;
  for (const auto words_of :
       {desk_event_words, ticket_event_words, lock_event_words, demand_event_words, session_event_words}) {
    auto words = words_of(event, *kind);
    if (!words.empty()) return words;
  }
  return event.kind;
}

std::string event_actor(const Event& event) {
  const auto kind = event_kind_from_name(event.kind);
  return kind && came_by_itself(event, *kind) ? "-" : event.actor.value;
}

WallTime event_time(const Event& event) {
  return event.facts.due.value_or(event.at);
}

void show_events(Output& output, const std::vector<Event>& events, const Page& page) {
  if (!output.is_human()) {
    output.list(event_table(), events, page);
    return;
  }
  std::size_t widest = 0;
  for (const auto& event : events) widest = std::max(widest, display_width(Line(event_actor(event))));
  for (const auto& event : events) {
    const auto actor = event_actor(event);
    const std::string padding(widest - display_width(Line(actor)) + 2, ' ');
    Line line{dim(absolute_time(event_time(event))), "  ", actor == "-" ? dim(actor) : Span(actor, Style::accent),
              padding};
    output.line(line.hang_here() += event_words(event));
  }
  if (events.empty()) output.note(_("Nothing has happened."));
}

}  // namespace gilir::cli
