#include "core/operations/ticket/next.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "claim", .about = N_("take what waits; with nothing done to it for 30 min it returns to the turn")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir next", .about = N_("your most pressing ticket, or what waits in your tier")},
    {.command = "gilir next --claim --json=number", .about = N_("take it, for a script")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 3, .about = N_("there is nothing to do")}};
constexpr auto fields = field_names<PressingView>;

const char* why(const PressingView& ticket) {
  if (ticket.because == "urgent") return _("it is urgent");
  if (ticket.because == "overdue") return _("its reporter was promised news by now");
  return _("it is the oldest");
}

void show(Output& output, const PressingView& ticket, WallTime now) {
  output.line(Line{Span(ticket.number), "  "}.hang_here() += bold(ticket.title));
  std::vector<std::pair<std::string, Line>> facts{{_("why"), Line{why(ticket)}}};
  facts.emplace_back(_("status"), Line{status_span(ticket.status)});
  facts.emplace_back(_("with"), Line{assignee_span(ticket.assignee)});
  facts.emplace_back(_("reporter"), Line{reporter_words(ticket.reporter)});
  if (ticket.server) facts.emplace_back(_("server"), Line{*ticket.server});
  if (ticket.next_news) facts.emplace_back(_("next news"), Line{full_promise(*ticket.next_news, now)});
  if (ticket.claimed_until) facts.emplace_back(_("claimed until"), Line{full_time(*ticket.claimed_until, now)});
  add_look_alikes(ticket.duplicates, facts);
  if (ticket.escalation) facts.emplace_back(_("escalated"), escalation_line(*ticket.escalation, now));
  output.facts(facts);
}

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto ticket = context.arguments.flag("claim") ? desk.perform(ClaimTicket{}) : desk.perform(NextTicket{});
  if (!context.output.json(ticket)) show(context.output, ticket, desk_now(context));
  return 0;
}

}  // namespace

extern constexpr CommandSpec next{
    .path = "next",
    .purpose = N_("Show what to work on now, and take it with --claim."),
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
