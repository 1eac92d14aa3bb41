#include <algorithm>

#include "cli/output/duplicate_words.h"
#include "cli/output/event_parts.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t longest_quote = 160;

Line with_text(Line line, const std::optional<std::string>& text) {
  if (text && !text->empty()) line += Line{": ", one_line(*text)};
  return line;
}

Line sticky_words(const Event& event) {
  Line line = phrase(_("{} went to {}, who has its twin {}"), ticket_part(event), agent_part(event),
                     event.facts.twin ? Span(*event.facts.twin) : Span("?"));
  if (!event.facts.evidence.empty()) line += dim(" (" + duplicate_words(event.facts.evidence) + ")");
  return line;
}

// Why a ticket that had been somebody's, or nobody's, went to another.
Line given_on_words(const Event& event, std::string_view because) {
  const auto ticket = ticket_part(event);
  const auto agent = agent_part(event);
  const auto from = event.facts.from_agent ? Span(*event.facts.from_agent) : Span("?");
  if (because == "claimed") return phrase(_("{} had waited and went to {}, who claimed it"), ticket, agent);
  if (because == "passed") return phrase(_("{} went to {} by turn, as it was passed on"), ticket, agent);
  if (because == "reclaimed") return phrase(_("{} went to {} by turn, as its claim had ended"), ticket, agent);
  if (because == "removed") return phrase(_("{} went to {} by turn, as {} left the desk"), ticket, agent, from);
  if (because == "reopened") return phrase(_("{} went to {} again"), ticket, agent);
  if (because == "unmerged") return phrase(_("{} went to {} by turn, as a ticket of its own"), ticket, agent);
  return {};
}

// Why this agent got it.
Line assigned_words(const Event& event) {
  const auto because = event.facts.because.value_or("");
  const auto ticket = ticket_part(event);
  const auto agent = agent_part(event);
  const auto tier = event.facts.tier.value_or(0);
  if (because == "sticky") return sticky_words(event);
  if (because == "turn") return phrase(_("{} went to {}, whose turn it was in tier {}"), ticket, agent, tier);
  if (because == "escalated") return phrase(_("{} went to {} in tier {} by the escalation"), ticket, agent, tier);
  if (because == "returned") {
    return phrase(_("{} had waited for tier {} and went to {} as somebody came back"), ticket, tier, agent);
  }
  if (because == "joined") {
    return phrase(_("{} had waited for tier {} and went to {} as somebody joined"), ticket, tier, agent);
  }
  if (because == "handed_over") return phrase(_("{} went to {} with the server that was handed over"), ticket, agent);
  if (auto given = given_on_words(event, because); !given.empty()) return given;
  Line line = phrase(_("gave {} to {}"), ticket, agent);
  if (event.facts.from_agent && event.facts.from_agent != event.facts.agent) {
    line += phrase(_(", after {}"), *event.facts.from_agent);
  }
  return with_text(line, event.facts.reason);
}

Line escalated_words(const Event& event) {
  const auto& facts = event.facts;
  Line line = facts.agent ? phrase(_("escalated {} to {}"), ticket_part(event), agent_part(event))
                          : phrase(_("escalated {} to tier {}"), ticket_part(event), facts.tier.value_or(0));
  return with_text(line, facts.reason);
}

Line merged_words(const Event& event) {
  const auto& facts = event.facts;
  const auto into = facts.into ? Span(*facts.into) : Span("?");
  Line line = phrase(_("merged {} into {}"), ticket_part(event), into);
  if (facts.from_agent) line += phrase(_("; {} had the one"), *facts.from_agent);
  if (facts.agent) line += phrase(_("; {} has {}"), *facts.agent, into);
  return line;
}

Line filed_words(const Event& event) {
  Line line = phrase(_("filed {} for {}"), ticket_part(event), reporter_of(event));
  if (event.facts.server) line += phrase(_(", about {}"), *event.facts.server);
  return with_text(line, event.facts.title);
}

Line replied_words(const Event& event) {
  Line line = phrase(_("answered {}"), ticket_part(event));
  if (event.facts.next_news) line += phrase(_(", next news by {}"), absolute_time(*event.facts.next_news));
  return with_text(line, event.facts.text);
}

Line postponed_words(const Event& event) {
  const auto status = event.facts.status.value_or("");
  if (status == "postponed" && event.facts.until) {
    return phrase(_("put {} aside until {}"), ticket_part(event), absolute_time(*event.facts.until));
  }
  Line line = status == "waiting_reporter" ? phrase(_("put {} aside until its reporter answers"), ticket_part(event))
              : status == "waiting_unit"   ? phrase(_("put {} aside until another unit answers"), ticket_part(event))
                                           : phrase(_("put {} aside"), ticket_part(event));
  if (event.facts.until) line += phrase(_(", until {} at most"), absolute_time(*event.facts.until));
  return line;
}

Line claim_words(const Event& event, EventKind kind) {
  if (kind == EventKind::ticket_claim_ended) {
    return event.facts.because == "away"
               ? phrase(_("the claim of {} on {} ended: away"), agent_part(event), ticket_part(event))
               : phrase(_("the claim of {} on {} ended: nothing was done"), agent_part(event), ticket_part(event));
  }
  Line line = phrase(_("claimed {}"), ticket_part(event));
  if (event.facts.until) line += phrase(_(", until {} without work"), absolute_time(*event.facts.until));
  return line;
}

Line edited_words(const Event& event) {
  const auto& facts = event.facts;
  Line line = phrase(_("changed {}"), ticket_part(event));
  if (facts.changes) line += Line{": ", one_line(changes_words(*facts.changes))};
  if (facts.title) line += phrase(_(", title: {}"), one_line(*facts.title));
  if (facts.reporter) {
    const auto office = facts.office.value_or("");
    line += phrase(_(", reporter: {}"), office.empty() ? *facts.reporter : *facts.reporter + ", " + office);
  }
  if (facts.text) line += Line{_(", and its text")};
  return line;
}

Line changed_hands_words(const Event& event, EventKind kind) {
  const auto ticket = ticket_part(event);
  const auto other = event.facts.other ? Span(*event.facts.other) : Span("?");
  switch (kind) {
    case EventKind::ticket_claimed:
    case EventKind::ticket_claim_ended:
      return claim_words(event, kind);
    case EventKind::ticket_edited:
      return edited_words(event);
    case EventKind::ticket_linked:
      return phrase(_("related {} to {}"), ticket, other);
    case EventKind::ticket_unlinked:
      return phrase(_("no longer related {} to {}"), ticket, other);
    case EventKind::ticket_told_apart:
      return phrase(_("said that {} and {} are not the same"), ticket, other);
    case EventKind::ticket_apart_taken_back:
      return phrase(_("took back that {} and {} are not the same"), ticket, other);
    case EventKind::ticket_passed:
      return with_text(phrase(_("passed {} on"), ticket), event.facts.reason);
    case EventKind::ticket_postponed:
      return postponed_words(event);
    case EventKind::ticket_returned:
      return phrase(_("{} came back, as it was time"), ticket);
    case EventKind::promise_broken:
      return phrase(_("news of {} were promised by now and not given; {} answers for it"), ticket, agent_part(event));
    case EventKind::ticket_rejected:
      return with_text(phrase(_("rejected {}"), ticket), event.facts.text);
    case EventKind::ticket_reopened:
      return with_text(phrase(_("reopened {}"), ticket), event.facts.reason);
    case EventKind::ticket_unmerged:
      return phrase(_("took {} out of {} again"), ticket, event.facts.into ? Span(*event.facts.into) : Span("?"));
    default:
      return {};
  }
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  for (const char letter : text) {
    const bool blank = letter == '\n' || letter == '\r' || letter == '\t' || letter == ' ';
    if (!blank)
      line += letter;
    else if (!line.empty() && !line.ends_with(' '))
      line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return cut_to_width(line, longest_quote);
}

Span agent_part(const Event& event) {
  return event.facts.agent ? Span(*event.facts.agent, Style::accent) : Span("?");
}

Span ticket_part(const Event& event) {
  return event.facts.ticket ? Span(*event.facts.ticket) : Span("?");
}

Line what_for(const Event& event) {
  if (event.facts.ticket) return phrase(_(" for {}"), *event.facts.ticket);
  if (event.facts.reason && !event.facts.reason->empty()) return phrase(_(" for: {}"), one_line(*event.facts.reason));
  return {};
}

std::string reporter_of(const Event& event) {
  const auto name = event.facts.reporter.value_or("?");
  const auto office = event.facts.office.value_or("");
  return office.empty() ? name : name + " (" + office + ")";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Line ticket_event_words(const Event& event, EventKind kind) {
  const auto ticket = ticket_part(event);
  switch (kind) {
    case EventKind::ticket_filed:
      return filed_words(event);
    case EventKind::ticket_assigned:
      return assigned_words(event);
    case EventKind::ticket_waiting:
      return phrase(_("{} waits: nobody of tier {} is present"), ticket, event.facts.tier.value_or(0));
    case EventKind::ticket_started:
      return phrase(_("started on {}"), ticket);
    case EventKind::ticket_replied:
      return replied_words(event);
    case EventKind::ticket_noted:
      return with_text(phrase(_("noted on {}, internally"), ticket), event.facts.text);
    case EventKind::ticket_escalated:
      return escalated_words(event);
    case EventKind::ticket_resolved:
      return with_text(phrase(_("resolved {}"), ticket), event.facts.text);
    case EventKind::ticket_closed:
      return phrase(_("closed {}"), ticket);
    case EventKind::ticket_merged:
      return merged_words(event);
    case EventKind::ticket_voiced:
      return phrase(_("added the voice of {} to {}"), reporter_of(event), ticket);
    default:
      return changed_hands_words(event, kind);
  }
}

}  // namespace gilir::cli
