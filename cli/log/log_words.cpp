#include "cli/log/log_words.h"

#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/output/event_words.h"
#include "cli/usage_error.h"

namespace gilir::cli {

int show_history(CommandContext& context, ReadLog operation) {
  const auto after = context.arguments.number("after", 0, largest_number);
  if (after) operation.after = EventNumber{*after};
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto events = DeskSession(context).perform(operation);
  auto page = page_of(events, events.events.empty() ? "" : std::to_string(events.events.back().number.value));
  // The newest events have others before them, which --after does not lead to.
  if (!after) page.next.clear();
  show_events(context.output, events.events, context.output.is_json() ? page : Page{});
  if (context.output.is_json()) return 0;
  if (page.total) context.output.note(phrase(_("{} in all."), *page.total));
  if (page.truncated) {
    context.output.note(after ? phrase(_("There are more: --after {}"), page.next)
                              : Line(_("There are earlier ones: --after 0 begins at the beginning.")));
  }
  return 0;
}

std::optional<LogHead> given_head(const Arguments& arguments) {
  const auto given = arguments.text("head");
  if (!given) return std::nullopt;
  if (const auto head = read_log_head(*given)) return head;
  throw usage_error(std::string_view(_("--head takes NUMBER:HASH as log verify prints it")));
}

}  // namespace gilir::cli
