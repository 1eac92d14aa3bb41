#include "cli/output/demand_words.h"

#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

Line with_reason(Line line, const std::string& reason) {
  if (!reason.empty()) line += Line{": ", reason};
  return line;
}

// {0}: who asks, {1}: the server, {2}: the time that is left.
const char* asked_pattern(const DemandView& demand) {
  switch (demand.kind) {
    case DemandKind::knock:
      return demand.silence == Silence::gives ? _("{0} asks for {1}; without an answer it goes in {2}")
                                              : _("{0} asks for {1}; without an answer within {2} you keep it");
    case DemandKind::break_:
      return _("{0} ends your lock on {1} in {2}");
    case DemandKind::steal:
      return _("{0} takes {1} over in {2}");
    case DemandKind::hand_over:
      return _("{0} hands {1} over to you, for {2} more");
  }
  return "";
}

Line asked_words(const DemandView& demand, const std::string& left) {
  return phrase(asked_pattern(demand), bold(demand.by.value), bold(demand.server.value), left);
}

Line asked_words_with_reason(const DemandView& demand, const std::string& left) {
  return with_reason(asked_words(demand, left), demand.reason);
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

std::vector<Line> demand_rows(const DemandView& demand, Seconds left) {
  if (demand.kind == DemandKind::hand_over) return {offered_words(demand, left)};
  std::vector<Line> rows{asked_words(demand, duration_words(left))};
  if (demand.kind == DemandKind::knock)
    rows.push_back(Line(_("^] then k keep, h hand over, l let go; at the start of a line ~k, ~h, ~l too")));
  if (!demand.reason.empty()) rows.push_back(Line(demand.reason));
  return rows;
}

Line silence_words(const DemandView& knock) {
  const auto holder = bold(knock.holder.value);
  const auto left = duration_words(knock.expires_in_s);
  return knock.silence == Silence::gives ? phrase(_("{} is asked; silence for {} means yes."), holder, left)
                                         : phrase(_("{} is asked; without an answer within {} {} stays with {}."),
                                                  holder, left, bold(knock.server.value), holder);
}

Line demand_sentence(const DemandView& demand, Seconds left) {
  if (demand.kind == DemandKind::hand_over) {
    auto line = offered_words(demand, left);
    advise(line, demand, _("Keep it with gilir lock deny {0}"));
    return line;
  }
  auto line = asked_words_with_reason(demand, duration_words(left));
  if (demand.kind == DemandKind::knock) {
    advise(line, demand,
           _("Keep it with gilir lock deny {0}, or give it with gilir lock grant {0} or gilir lock hand-over {0} --to "
             "{1}"));
  }
  return line;
}

Line demand_note(const DemandView& demand, const AgentName& reader) {
  if (demand.to != reader) return demand_sentence(demand, std::chrono::ceil<Seconds>(demand.expires_in_s));
  auto line = asked_words_with_reason(demand, duration_words(demand.expires_in_s));
  advise(line, demand, _("Take it with gilir lock accept {0}"));
  return line;
}

}  // namespace gilir::cli
