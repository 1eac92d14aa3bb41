#include "cli/output/event_parts.h"
#include "cli/output/translate.h"
#include "core/lock/demand.h"

namespace gilir::cli {
namespace {

std::optional<DemandKind> demand_kind(const Event& event) {
  return enum_from_name<DemandKind>(event.facts.kind.value_or(""));
}

Span asker(const Event& event) {
  return bold(event.facts.by ? event.facts.by->value : "?");
}
Span taker(const Event& event) {
  return bold(event.facts.to ? event.facts.to->value : "?");
}

Line with_reason(Line line, const Event& event) {
  const auto reason = event.facts.reason.value_or("");
  if (!reason.empty()) line += Line{": ", one_line(reason)};
  return line;
}

Line asked_words(const Event& event) {
  const auto server = bold(servers_of(event));
  const auto holder = agent_part(event);
  switch (demand_kind(event).value_or(DemandKind::knock)) {
    case DemandKind::knock:
      return with_reason(phrase(_("knocked at {}, which {} has"), server, holder), event);
    case DemandKind::break_:
      return with_reason(phrase(_("asked to break {}'s lock on {}"), holder, server), event);
    case DemandKind::steal:
      return with_reason(phrase(_("asked to take {} over from {}"), server, holder), event);
    case DemandKind::hand_over:
      return with_reason(phrase(_("wants to hand {} over to {}"), server, taker(event)), event);
  }
  return {};
}

// {0}: the holder, {1}: the servers, {2}: whose demand it is.
const char* end_pattern(DemandKind kind, DemandEnd end) {
  switch (end) {
    case DemandEnd::lease_over:
      return _("what {2} asked of {0} at {1} is over: {0} has left");
    case DemandEnd::replaced:
      return _("what {2} asked of {0} at {1} gave way to more");
    case DemandEnd::denied:
      return kind == DemandKind::hand_over ? _("keeps {1} after all") : _("keeps {1}: {2} may not have it yet");
    case DemandEnd::lapsed:
      return _("nobody took {1} over from {0} in time");
    case DemandEnd::no_asker:
      if (kind == DemandKind::knock) return _("{2} has gone, so {0} keeps {1}");
      return _("{2} has gone, so {0}'s lock on {1} will be broken rather than taken over");
    case DemandEnd::satisfied:
      return _("{2} has {1} now, so {0} keeps it too");
    case DemandEnd::unanswered:
      return _("{0} did not answer {2}, and so keeps {1}");
    case DemandEnd::withdrawn:
      return _("does not ask {0} for {1} any more");
  }
  return "";
}

Line ended_words(const Event& event) {
  const auto end = enum_from_name<DemandEnd>(event.facts.because.value_or(""));
  if (!end) return phrase(_("what was asked of {} is over"), agent_part(event));
  const auto kind = demand_kind(event).value_or(DemandKind::knock);
  return phrase(end_pattern(kind, *end), agent_part(event), bold(servers_of(event)), asker(event));
}

Line order_words(const Event& event) {
  const auto server = bold(servers_of(event));
  const auto holder = agent_part(event);
  switch (demand_kind(event).value_or(DemandKind::break_)) {
    case DemandKind::knock:
      if (event.facts.because == "silence")
        return phrase(_("{} did not answer {}, and so {} went"), holder, asker(event), server);
      return phrase(_("{} let {} go, as {} had asked"), holder, server, asker(event));
    case DemandKind::break_:
      return with_reason(phrase(_("{}'s lock on {} was broken by {}"), holder, server, asker(event)), event);
    case DemandKind::steal:
      return with_reason(phrase(_("{}'s lock on {} was taken over by {}"), holder, server, asker(event)), event);
    case DemandKind::hand_over:
      return phrase(_("{} handed {} over to {}"), holder, server, taker(event));
  }
  return {};
}

}  // namespace

bool demand_ended_by_itself(const Event& event) {
  const auto because = event.facts.because.value_or("");
  return because != enum_name(DemandEnd::denied) && because != enum_name(DemandEnd::withdrawn);
}

Line demand_event_words(const Event& event, EventKind kind) {
  switch (kind) {
    case EventKind::lock_asked:
      return asked_words(event);
    case EventKind::lock_demand_ended:
      return ended_words(event);
    case EventKind::lock_cut_ordered:
      return order_words(event);
    default:
      return {};
  }
}

}  // namespace gilir::cli
