#include "cli/ticket/to_tell.h"

#include <algorithm>

#include "cli/output/event_parts.h"
#include "cli/output/translate.h"
#include "cli/ticket/ticket_words.h"
#include "core/hooks/hook_files.h"
#include "core/operations/ticket/show.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli {
namespace {

constexpr std::size_t most_shown = 5;

Line voice_line(const VoiceFacts& voice) {
  Line line{reporter_words({voice.name, voice.office})};
  if (!voice.contact.empty()) line += Line{": ", voice.contact};
  return line;
}

Line by_whom(DeskSession& desk, const std::string& event) {
  std::vector<std::string> hooks;
  for (const auto& hook : find_hooks(desk.desk().address()).for_event(event)) hooks.push_back(hook.name);
  if (hooks.empty()) return phrase(_("tell them yourself: no hook hears {}"), event);
  return phrase(plural("the hook {} hears {}; DESK/hooks/log says what it did",
                       "the hooks {} hear {}; DESK/hooks/log says what they did", hooks.size()),
                listed(hooks), event);
}

// False where it has none.
bool show_answer(Output& output, DeskSession& desk, TicketNumber target) {
  const auto shown = desk.desk().perform(Call{desk.call().caller}, ShowTicket{target}).result;
  if (!is_finished(shown.status) || !shown.answer) return false;
  output.line(phrase(_("{} has its answer already, which is still to be told: {}"), target, one_line(*shown.answer)));
  return true;
}

}  // namespace

void show_whom_to_tell(Output& output, DeskSession& desk, EventKind event, const Ticket& ticket) {
  std::vector<std::pair<std::string, Line>> facts;
  const auto shown = std::min(ticket.voices.size(), most_shown);
  for (std::size_t i = 0; i < shown; ++i) facts.emplace_back(_("to tell"), voice_line(ticket.voices[i]));
  const auto more = ticket.voice_count - static_cast<std::int64_t>(shown);
  if (more > 0) {
    facts.emplace_back(_("to tell"),
                       phrase(plural("{0} more: gilir ticket show {1} --json=voices",
                                     "{0} more: gilir ticket show {1} --json=voices", static_cast<unsigned long>(more)),
                              more, ticket.number));
  }
  facts.emplace_back(_("by"), by_whom(desk, event_name(event)));
  output.facts(facts);
}

void show_answer_missed(Output& output, DeskSession& desk, EventKind event, const Ticket& asking, TicketNumber target) {
  if (show_answer(output, desk, target)) show_whom_to_tell(output, desk, event, asking);
}

void show_answer_missed(Output& output, DeskSession& desk, const std::vector<TicketNumber>& sources,
                        TicketNumber target) {
  if (sources.empty() || !show_answer(output, desk, target)) return;
  for (const auto source : sources) {
    const auto asking = desk.desk().perform(Call{desk.call().caller}, ShowTicket{source}).result;
    show_whom_to_tell(output, desk, EventKind::ticket_merged, asking);
  }
}

}  // namespace gilir::cli
