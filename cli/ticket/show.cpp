#include "core/operations/ticket/show.h"

#include "cli/desk_session.h"
#include "cli/output/times.h"
#include "cli/ticket/change_tickets.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr OptionSpec options[] = {
    {.name = "public", .about = N_("only what its reporter may see")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket show 41", .about = N_("the ticket and what was said about it")},
    {.command = "gilir ticket show 42 --public", .about = N_("as its reporter may see it")},
};
constexpr auto fields = field_names<ShownTicket>;

using Facts = std::vector<std::pair<std::string, Line>>;

Line state_line(const Ticket& ticket) {
  Line line{status_span(ticket.status)};
  if (ticket.urgent) line += Line{", ", bad(_("urgent"))};
  return line;
}

Line target_line(const Ticket& target) {
  Line line = phrase(_("{}, which is {}"), target.number, status_span(target.status));
  if (target.assignee && !is_finished(target.status)) line += phrase(_(", with {}"), bold(target.assignee->value));
  return line;
}

void add_people(const Ticket& ticket, Facts& facts) {
  facts.emplace_back(_("reporter"), Line{reporter_words(ticket.reporter)});
  for (const auto& voice : ticket.voices) {
    const bool is_reporter = voice.name == ticket.reporter.name && voice.office == ticket.reporter.office;
    if (!is_reporter) facts.emplace_back(_("asks too"), Line{reporter_words({voice.name, voice.office})});
  }
  const auto unnamed = static_cast<unsigned long>(ticket.voice_count) - ticket.voices.size();
  if (unnamed > 0 && !ticket.voices.empty()) {
    facts.emplace_back(_("asks too"),
                       phrase(plural("{} more waits for the answer", "{} more wait for the answer", unnamed), unnamed));
  }
  if (ticket.owner) facts.emplace_back(_("owner"), Line{*ticket.owner});
  if (!is_finished(ticket.status))
    facts.emplace_back(_("with"), Line{assignee_span(ticket.assignee)});
  else if (ticket.assignee)
    facts.emplace_back(_("last with"), Line{*ticket.assignee});
}

Facts facts_of(const ShownTicket& ticket, WallTime now) {
  Facts facts{{_("status"), state_line(ticket)}};
  if (ticket.target) facts.emplace_back(_("part of"), target_line(*ticket.target));
  add_people(ticket, facts);
  facts.emplace_back(_("tier"), Line{ticket.tier});
  if (ticket.server) facts.emplace_back(_("server"), Line{*ticket.server});
  if (!ticket.category.empty()) facts.emplace_back(_("category"), Line{ticket.category});
  facts.emplace_back(_("filed"), Line{full_time(ticket.created, now)});
  if (ticket.updated != ticket.created) facts.emplace_back(_("changed"), Line{full_time(ticket.updated, now)});
  const auto& promise = ticket.target ? ticket.target->next_news : ticket.next_news;
  const bool awaited = !is_finished(ticket.target ? ticket.target->status : ticket.status);
  if (promise) facts.emplace_back(_("next news"), awaited ? full_promise(*promise, now) : full_time(*promise, now));
  if (ticket.escalation) facts.emplace_back(_("escalated"), escalation_line(*ticket.escalation, now));
  if (ticket.postponed_until) facts.emplace_back(_("comes back"), Line{full_time(*ticket.postponed_until, now)});
  if (ticket.claimed_until) facts.emplace_back(_("claimed until"), Line{full_time(*ticket.claimed_until, now)});
  for (const auto& related : ticket.related) {
    facts.emplace_back(_("related"), phrase("{} {}, {}", related.number, related.title, status_span(related.status)));
  }
  add_look_alikes(ticket.duplicates, facts);
  const auto more = ticket.duplicate_count - std::ssize(ticket.duplicates);
  if (more > 0) {
    facts.emplace_back(_("looks like"),
                       phrase(plural("{0} more: gilir ticket duplicates {1}", "{0} more: gilir ticket duplicates {1}",
                                     static_cast<unsigned long>(more)),
                              more, ticket.number.value));
  }
  return facts;
}

void show_parts(Output& output, const ShownTicket& ticket, WallTime now) {
  for (const auto& part : ticket.parts) {
    output.line();
    output.line(
        Line{bold(_("part of it")), "  "} += phrase("{}  {}  ", part.number, bold(part.title)) +=
        dim(plain_text(phrase(_("{}, filed {}, merged by {} {}"), reporter_words(part.reporter),
                              absolute_time(part.created), part.merged_by, relative_time(part.merged_at, now)))));
    if (!part.body.empty()) output.text(part.body, 2);
  }
  const auto more = ticket.part_count - static_cast<std::int64_t>(ticket.parts.size());
  if (more > 0) {
    output.line(dim(plain_text(phrase(plural("and {} more ticket is part of it", "and {} more tickets are part of it",
                                             static_cast<unsigned long>(more)),
                                      more))));
  }
}

bool is_answer(const MessageView& message) {
  return message.kind == "ticket.resolved" || message.kind == "ticket.rejected";
}

const char* message_kind(const MessageView& message) {
  if (message.kind == "ticket.reopened") return _("why it was reopened");
  if (message.kind == "ticket.passed") return _("why it was passed on");
  if (message.internal) return _("note for colleagues");
  return is_answer(message) ? _("the answer") : _("to the reporters");
}

void show_messages(Output& output, const ShownTicket& ticket, WallTime now) {
  if (ticket.earlier_messages) {
    output.line();
    output.line(dim(plain_text(phrase(_("earlier ones: gilir ticket history {}"), ticket.number))));
  }
  for (const auto& message : ticket.messages) {
    output.line();
    output.line({bold(message.agent.value), "  ", dim(full_time(message.at, now)), "  ",
                 message.internal ? warning(message_kind(message)) : good(message_kind(message))});
    output.text(message.text, 2);
  }
}

// The answer of the ticket that it was merged into, when it was given before that.
bool answer_is_shown(const ShownTicket& ticket) {
  for (const auto& message : ticket.messages) {
    if (is_answer(message) && message.text == ticket.answer) return true;
  }
  return false;
}

void show(Output& output, const ShownTicket& ticket, WallTime now) {
  output.line(Line{Span(ticket.number), "  "}.hang_here() += bold(ticket.title));
  output.facts(facts_of(ticket, now));
  if (!ticket.body.empty()) {
    output.line();
    output.text(ticket.body, 2);
  }
  show_parts(output, ticket, now);
  show_messages(output, ticket, now);
  if (ticket.answer && !answer_is_shown(ticket)) {
    output.line();
    output.line({good(_("the answer")), "  ", ticket.target ? Span(ticket.target->number) : Span(ticket.number)});
    output.text(*ticket.answer, 2);
  }
}

// What was shown is seen; if that cannot be stored now, it is told once more.
void mark_seen(DeskSession& desk, TicketNumber number) {
  try {
    desk.perform(SeeTicket{number});
  } catch (const Error&) {
  }
}

int run(CommandContext& context) {
  const auto named = named_tickets(context);
  std::vector<ShowTicket> operations;
  for (const auto number : named.numbers) operations.push_back({number, context.arguments.flag("public")});
  DeskSession desk(context);
  const auto tickets = desk.perform_all(operations);
  if (named.several ? context.output.json(tickets) : context.output.json(tickets.front())) return 0;
  const auto now = desk_now(context);
  for (const auto& ticket : tickets) {
    if (&ticket != &tickets.front()) context.output.line();
    show(context.output, ticket, now);
    if (ticket.unseen_merge) mark_seen(desk, ticket.number);
  }
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_show{
    .path = "ticket show",
    .purpose = N_("Show a ticket and what was said about it."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
