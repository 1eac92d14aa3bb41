#include "cli/output/demand_words.h"

#include "cli/output/known_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

Line with_reason(Line line, const std::string& reason) {
  if (!reason.empty()) line += Line{": ", reason};
  return line;
}

// {0}: who asks, {1}: the server, {2}: the time that is left.
Line asked_words(const DemandView& demand, const std::string& left) {
  const auto by = bold(demand.by.value);
  const auto server = bold(demand.server.value);
  switch (demand.kind) {
    case DemandKind::knock:
      return with_reason(phrase(_("{0} asks for {1}; without an answer it goes in {2}"), by, server, left),
                         demand.reason);
    case DemandKind::break_:
      return with_reason(phrase(_("{0} ends your lock on {1} in {2}"), by, server, left), demand.reason);
    case DemandKind::steal:
      return with_reason(phrase(_("{0} takes {1} over in {2}"), by, server, left), demand.reason);
    case DemandKind::hand_over:
      return with_reason(phrase(_("{0} hands {1} over to you, for {2} more"), by, server, left), demand.reason);
  }
  return {};
}

Line offered_words(const DemandView& demand, Seconds left) {
  return phrase(_("{0} waits for {1} to accept it, for {2} more"), bold(demand.server.value),
                bold(demand.to ? demand.to->value : std::string()), duration_words(left));
}

// The advice is a sentence of its own after the reason, however that ends.
void advise(Line& line, const DemandView& demand, const char* pattern) {
  constexpr std::string_view ends = ".?!";
  const bool ended = !demand.reason.empty() && ends.find(demand.reason.back()) != std::string_view::npos;
  line += Line(ended ? " " : ". ");
  line += phrase(pattern, demand.server, demand.by);
}

}  // namespace

Line demand_banner(const DemandView& demand, Seconds left) {
  if (demand.kind == DemandKind::hand_over) return offered_words(demand, left);
  if (demand.kind != DemandKind::knock) return asked_words(demand, duration_words(left));
  // What happens without an answer and the keys come first: a narrow terminal shows them whole.
  return with_reason(phrase(_("{0} asks; it goes in {2}  ^] keep  ^^ hand over  ^_ let go  {1}"), bold(demand.by.value),
                            bold(demand.server.value), duration_words(left)),
                     demand.reason);
}

Line demand_sentence(const DemandView& demand, Seconds left) {
  if (demand.kind == DemandKind::hand_over) {
    auto line = offered_words(demand, left);
    advise(line, demand, _("Keep it with gilir lock deny {0}"));
    return line;
  }
  auto line = asked_words(demand, duration_words(left));
  if (demand.kind == DemandKind::knock) {
    advise(line, demand,
           _("Keep it with gilir lock deny {0}, or give it with gilir lock grant {0} or gilir lock hand-over {0} --to "
             "{1}"));
  }
  return line;
}

Line demand_note(const DemandView& demand, const AgentName& reader) {
  if (demand.to != reader) return demand_sentence(demand, std::chrono::ceil<Seconds>(demand.expires_in_s));
  auto line = asked_words(demand, duration_words(demand.expires_in_s));
  advise(line, demand, _("Take it with gilir lock accept {0}"));
  return line;
}

std::string loss_words(const Error& error) {
  const auto because = error.text("because");
  const auto by = error.text("by");
  const auto reason = error.text("reason");
  const auto words = [&](const char* pattern) { return plain_text(with_reason(phrase(pattern, by), reason)); };
  if (because == "break") return words(_("ended by {}"));
  if (because == "steal") return words(_("taken over by {}"));
  if (because == "knock") return words(_("let go, as {} had asked"));
  if (because == "hand_over") return _("handed over");
  if (because == "expired") return _("it ran out");
  if (because == "guardian") return _("the process that guards it is gone");
  if (because == "over") return _("it is over");
  return known_words(because);
}

}  // namespace gilir::cli
