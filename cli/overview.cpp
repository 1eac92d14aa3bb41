#include <algorithm>

#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/first_steps.h"
#include "cli/output/duplicate_words.h"
#include "cli/output/lock_words.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"
#include "core/operations/desk/show.h"
#include "core/operations/lock/show.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir", .about = N_("where you are, what is yours, what you have and wait for")},
    {.command = "gilir --json=tickets", .about = N_("your tickets for a script")},
};

struct Overview {
  // The desk's address and name; without a desk there yet, nothing but the address.
  std::string desk;
  std::optional<std::string> name;
  std::optional<AgentView> agent;
  std::vector<OwnTicketView> tickets;
  std::vector<OthersTicketView> answers_for;
  std::vector<OthersTicketView> overdue;
  std::vector<MergeNewsView> merges;
  std::vector<TwinView> twins;
  std::int64_t more_twins = 0;
  std::vector<OwnLockView> locks;
  std::vector<GrantedKnockView> granted;
};
BOOST_DESCRIBE_STRUCT(Overview, (),
                      (desk, name, agent, tickets, answers_for, overdue, merges, twins, more_twins, locks, granted))

constexpr auto fields = field_names<Overview>;

Overview look(CommandContext& context) {
  Overview overview;
  overview.desk = choose_desk(context.arguments, context.environment);
  try {
    DeskSession desk(context);
    auto view = desk.perform(ShowDesk{});
    overview.name = std::move(view.name);
    overview.agent = std::move(view.agent);
    overview.tickets = std::move(view.tickets);
    overview.answers_for = std::move(view.answers_for);
    overview.overdue = std::move(view.overdue);
    overview.merges = std::move(view.merges);
    overview.twins = std::move(view.twins);
    overview.more_twins = view.more_twins;
    auto own = desk.perform(ListOwnLocks{});
    overview.locks = std::move(own.locks);
    overview.granted = std::move(own.granted);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::no_desk) throw;
  }
  return overview;
}

void show_start(Output& output, const Overview& overview) {
  output.line(phrase(_("There is no desk at {} yet. To start:"), overview.desk));
  show_steps(output, {{"gilir init", _("make a desk, with you as its admin")},
                      {"gilir server add NAME --address HOST", _("add a machine that agents log in to")},
                      {"gilir ticket new -t TITLE", _("file the first ticket")}});
}

Table<OwnTicketView> ticket_table(WallTime now, bool with_promise) {
  Table<OwnTicketView> table{
      {{.field = "number", .title = N_("TICKET")}, [](const OwnTicketView& one) { return Cell(one.number); }},
      {{.field = "urgent", .title = N_("!")},
       [](const OwnTicketView& one) { return Cell(bad(one.urgent ? "!" : "")); }},
      {{.field = "title", .title = N_("TITLE"), .main = true},
       [](const OwnTicketView& one) { return Cell(one.title); }},
      {{.field = "status", .title = N_("STATUS"), .spare = 2},
       [](const OwnTicketView& one) { return Cell(status_words(one.status), std::string(enum_name(one.status))); }},
      {{.field = "reporter", .title = N_("REPORTER"), .flexible = true, .spare = 4},
       [](const OwnTicketView& one) { return Cell(one.reporter); }},
      {{.field = "created", .title = N_("FILED"), .spare = 3},
       [now](const OwnTicketView& one) { return time_cell(one.created, now); }},
      {{.field = "server", .title = N_("SERVER"), .flexible = true, .spare = 1},
       [](const OwnTicketView& one) { return Cell(one.server.value_or(ServerName{})); }},
  };
  if (with_promise) {
    table.push_back(
        {{.field = "next_news", .title = N_("NEXT NEWS"), .flexible = true},
         [now](const OwnTicketView& one) { return one.next_news ? promise_cell(*one.next_news, now) : Cell(""); }});
  }
  return table;
}

void show_tickets(Output& output, const std::vector<OwnTicketView>& tickets, WallTime now) {
  output.line();
  if (tickets.empty()) {
    output.line(_("You have no open tickets."));
    return;
  }
  output.line(heading(_("Your tickets")));
  const auto is_promised = [](const OwnTicketView& ticket) { return ticket.next_news.has_value(); };
  output.rows(ticket_table(now, std::ranges::any_of(tickets, is_promised)), tickets, 2);
}

// Why colleagues passed them up, until work on them begins.
void show_escalations(Output& output, const std::vector<OwnTicketView>& tickets, WallTime now) {
  for (const auto& ticket : tickets) {
    if (!ticket.escalation) continue;
    output.line(phrase(_("  {} was escalated "), ticket.number) += escalation_line(*ticket.escalation, now));
  }
}

void show_merges(Output& output, const std::vector<MergeNewsView>& merges, WallTime now) {
  if (merges.empty()) return;
  output.line();
  output.line(heading(_("Merged by others")));
  for (const auto& news : merges) {
    output.line(phrase(_("  {} is part of {} now ({}, {}), with {}: gilir ticket show {}"), news.number, news.into,
                       news.by, relative_time(news.at, now), assignee_span(news.assignee), news.number.value));
  }
}

Table<TwinView> twin_table() {
  return {
      {{.field = "twin", .title = N_("TICKET")}, [](const TwinView& one) { return Cell(one.twin); }},
      {{.field = "number", .title = N_("YOURS")}, [](const TwinView& one) { return Cell(one.number); }},
      {{.field = "strength", .title = N_("LOOKS")},
       [](const TwinView& one) { return Cell(strength_words(one.strength), one.strength); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true},
       [](const TwinView& one) { return Cell(assignee_span(one.assignee)); }},
      {{.field = "title", .title = N_("TITLE"), .main = true}, [](const TwinView& one) { return Cell(one.title); }},
      {{.field = "because", .title = N_("BECAUSE"), .main = true, .spare = 1},
       [](const TwinView& one) { return Cell(duplicate_words(one.reasons)); }},
  };
}

// What may be one with a ticket of theirs, and is for somebody to look at.
void show_twins(Output& output, const std::vector<TwinView>& twins, std::int64_t more) {
  if (twins.empty()) return;
  output.line();
  output.line(heading(_("Perhaps the same")));
  output.rows(twin_table(), twins, 2);
  if (more > 0) output.line(phrase(_("  and {} more: gilir ticket duplicates --all"), more));
  const auto& first = twins.front();
  const auto [older, newer] = std::minmax(first.number.value, first.twin.value);
  output.line(Line{"  "}.hang_here() += phrase(
                  _("If so: gilir ticket merge {0} --into {1}; if not: gilir ticket distinct {0} {1}"), newer, older));
}

Table<OthersTicketView> others_table(WallTime now, bool with_owner) {
  Table<OthersTicketView> table{
      {{.field = "number", .title = N_("TICKET")}, [](const OthersTicketView& one) { return Cell(one.number); }},
      {{.field = "urgent", .title = N_("!")},
       [](const OthersTicketView& one) { return Cell(bad(one.urgent ? "!" : "")); }},
      {{.field = "title", .title = N_("TITLE"), .main = true},
       [](const OthersTicketView& one) { return Cell(one.title); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true},
       [](const OthersTicketView& one) { return Cell(assignee_span(one.assignee)); }},
  };
  if (with_owner) {
    table.push_back({{.field = "owner", .title = N_("OWNER"), .flexible = true, .spare = 1},
                     [](const OthersTicketView& one) { return Cell(one.owner.value_or(AgentName{})); }});
  }
  table.push_back(
      {{.field = "next_news", .title = N_("NEXT NEWS"), .flexible = true},
       [now](const OthersTicketView& one) { return one.next_news ? promise_cell(*one.next_news, now) : Cell(""); }});
  return table;
}

void show_others(Output& output, const char* title, const std::vector<OthersTicketView>& tickets, bool with_owner,
                 WallTime now) {
  if (tickets.empty()) return;
  output.line();
  output.line(heading(title));
  output.rows(others_table(now, with_owner), tickets, 2);
}

void show_locks(Output& output, const std::vector<OwnLockView>& locks) {
  if (locks.empty()) return;
  output.line();
  output.line(heading(_("Your locks")));
  for (const auto& lock : locks) {
    Line line = lock.waiting ? phrase(_("  you are number {} in line for {}"), lock.position, bold(lock.server.value))
                             : phrase(_("  you have {}"), bold(lock.server.value));
    line += purpose_words(lock.ticket, lock.reason);
    // A running session renews itself.
    if (!lock.waiting && lock.kind == HoldKind::timed)
      line += phrase(_(", {} left"), duration_words(lock.expires_in_s));
    output.line(line);
  }
}

void show_granted(Output& output, const std::vector<GrantedKnockView>& granted, WallTime now) {
  if (granted.empty()) return;
  output.line();
  output.line(heading(_("You knocked")));
  for (const auto& one : granted) {
    const auto server = bold(one.server.value);
    Line line = phrase(one.by_silence ? _("  {} did not answer, so {} went, {}; ") : _("  {} let {} go, {}; "),
                       one.holder, server, relative_time(one.at, now));
    output.line(line += one.free ? phrase(_("it is free: gilir ssh {}"), one.server)
                                 : phrase(_("it is taken again: gilir lock show {}"), one.server));
  }
}

int run(CommandContext& context) {
  const auto overview = look(context);
  auto& output = context.output;
  if (output.json(overview)) return 0;
  if (!overview.agent) {
    show_start(output, overview);
    return 0;
  }
  const auto& agent = *overview.agent;
  output.line(phrase(_("{} in {}"), bold(*overview.name), overview.desk));
  output.line(phrase(_("You are {}, {} in tier {}: {}."), bold(agent.name.value), role_words(agent.role), agent.tier,
                     turn_words(agent)));
  const auto now = desk_now(context);
  show_tickets(output, overview.tickets, now);
  show_escalations(output, overview.tickets, now);
  show_merges(output, overview.merges, now);
  show_twins(output, overview.twins, overview.more_twins);
  show_others(output, _("You answer for"), overview.answers_for, false, now);
  show_others(output, _("News overdue, for supervisors"), overview.overdue, true, now);
  show_locks(output, overview.locks);
  show_granted(output, overview.granted, now);
  return 0;
}

}  // namespace

extern constexpr CommandSpec overview{
    .path = "",
    .purpose = N_("Show the desk, your tickets, and what you have and wait for."),
    .examples = examples,
    .fields = fields,
    .hidden = true,
    .run = run,
};

}  // namespace gilir::cli::commands
