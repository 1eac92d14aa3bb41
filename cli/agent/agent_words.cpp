#include "cli/agent/agent_words.h"

#include "cli/output/translate.h"

namespace gilir::cli {

std::string role_words(Role role) {
  switch (role) {
    case Role::agent:
      return _("agent");
    case Role::supervisor:
      return _("supervisor");
    case Role::admin:
      return _("admin");
  }
  return {};
}

std::string turn_words(const AgentView& agent) {
  if (!agent.present) return _("away");
  if (agent.turn == 1) return _("gets the next ticket");
  return plain_text(phrase(_("number {} in turn"), agent.turn));
}

void show_handed_out(Output& output, const std::vector<HandedOut>& handed_out) {
  for (const auto& ticket : handed_out) {
    output.line(phrase(_("{} had waited and went to {}."), ticket.number, bold(ticket.agent.value)));
  }
}

void show_returned(Output& output, const std::vector<HandedOut>& handed_out) {
  for (const auto& ticket : handed_out) {
    output.line(ticket.agent.empty() ? phrase(_("{} waits until somebody of its tier is there."), ticket.number)
                                     : phrase(_("{} went to {}."), ticket.number, bold(ticket.agent.value)));
  }
}

}  // namespace gilir::cli
