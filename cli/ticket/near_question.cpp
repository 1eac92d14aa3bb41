#include "cli/ticket/near_question.h"

#include "cli/output/prompt.h"
#include "cli/ticket/ticket_words.h"
#include "core/operations/people/reporter_change.h"

namespace gilir::cli {

void ask_whether_known(CommandContext& context, DeskSession& desk, std::optional<std::string>& name,
                       std::optional<std::string>& office) {
  if (!context.prompt.may_ask() || !name || !office) return;
  const auto near = desk.perform(FindNearReporters{*name, *office}).reporters;
  for (const auto& known : near) {
    const auto who = reporter_words({known.name, known.office});
    if (!context.prompt.yes(phrase(_("Nobody is known as {}. Is it {}?"), reporter_words({*name, *office}), bold(who)),
                            "--no-input"))
      continue;
    name = known.name;
    office = known.office;
    return;
  }
}

}  // namespace gilir::cli
