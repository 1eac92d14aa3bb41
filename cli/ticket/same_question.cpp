#include "cli/ticket/same_question.h"

#include <algorithm>
#include <cstring>

#include "cli/desk_session.h"
#include "cli/output/duplicate_words.h"
#include "cli/output/prompt.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"
#include "core/operations/ticket/show.h"

namespace gilir::cli {
namespace {

// What a filing would show, without filing.
FiledTicket try_out(DeskSession& desk, const NewTicket& operation) {
  auto call = desk.call();
  call.dry_run = true;
  return desk.desk().perform(call, operation).result;
}

const DuplicateView* worth_asking(const FiledTicket& receipt) {
  for (const auto& duplicate : receipt.duplicates) {
    if (duplicate.strength == "strong" || duplicate.strength == "likely") return &duplicate;
  }
  return nullptr;
}

void describe(CommandContext& context, const Ticket& twin, const DuplicateView& duplicate) {
  const auto now = desk_now(context);
  context.output.note(phrase(_("Is this the same as {} \"{}\"?"), twin.number, bold(twin.title)));
  context.output.note(phrase(_("  from {}, filed {}, {}, with {}"), reporter_words(twin.reporter),
                             relative_time(twin.created, now), status_span(twin.status), assignee_span(twin.assignee)));
  context.output.note(Line{"  ", dim(duplicate_words(duplicate.reasons))});
}

}  // namespace

void ask_whether_same(CommandContext& context, DeskSession& desk, NewTicket& operation) {
  if (!context.prompt.may_ask() || operation.not_duplicate || desk.call().request_id) return;
  const auto receipt = try_out(desk, operation);
  const auto* duplicate = worth_asking(receipt);
  if (duplicate == nullptr) return;
  const Ticket twin = desk.perform(ShowTicket{duplicate->number});
  const bool other_reporter =
      twin.reporter.name != receipt.reporter.name || twin.reporter.office != receipt.reporter.office;
  describe(context, twin, *duplicate);
  const auto answer = [](const char* key, const char* words) {
    constexpr std::size_t longest = 7;
    const auto blanks = longest - std::min(longest - 2, std::strlen(key));
    return Line{"  ", bold(key), std::string(blanks, ' ')}.hang_here() += words;
  };
  context.output.note(answer("y", other_reporter ? _("yes: add this reporter to it; both will read its answer")
                                                 : _("yes: one answer for both")));
  context.output.note(answer("n", _("no: it is another problem")));
  const char key = context.prompt.key(answer(_("Enter"), _("not sure: file it as it is")));
  if (key == 'y' || key == 'Y') {
    operation.merge_into = twin.number;
    operation.cross_reporter = other_reporter;
  } else if (key == 'n' || key == 'N') {
    operation.not_duplicate = true;
    operation.distinct_from = twin.number;
  }
}

}  // namespace gilir::cli
