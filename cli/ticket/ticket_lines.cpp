#include "cli/ticket/ticket_lines.h"

#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "cli/ticket/ticket_words.h"
#include "core/ticket/ticket_rules.h"

namespace gilir::cli {
namespace {

// What is over is not late any more.
Cell promise_of(const TicketLine& ticket, WallTime now) {
  if (!ticket.next_news) return Cell("");
  return is_finished(ticket.status) ? time_cell(*ticket.next_news, now) : promise_cell(*ticket.next_news, now);
}

// Nobody works on a finished ticket; scripts read who did.
Cell assignee_cell(const TicketLine& ticket) {
  const auto name = ticket.assignee.value_or(AgentName{}).value;
  return {Span(is_finished(ticket.status) ? "" : name), name};
}

}  // namespace

Table<TicketLine> ticket_table(WallTime now, bool with_promise) {
  Table<TicketLine> table{
      {{.field = "number", .title = N_("TICKET")}, [](const TicketLine& one) { return Cell(one.number); }},
      {{.field = "status", .title = N_("STATUS"), .flexible = true},
       [](const TicketLine& one) { return Cell(status_span(one.status), std::string(enum_name(one.status))); }},
      {{.field = "urgent", .title = N_("!")},
       [](const TicketLine& one) { return Cell(bad(one.urgent ? "!" : ""), one.urgent ? "true" : "false"); }},
      {{.field = "title", .title = N_("TITLE"), .main = true}, [](const TicketLine& one) { return Cell(one.title); }},
      {{.field = "reporter", .title = N_("REPORTER"), .flexible = true, .spare = 2},
       [](const TicketLine& one) { return Cell(one.reporter.name); }},
      {{.field = "office", .title = N_("OFFICE"), .flexible = true, .spare = 3},
       [](const TicketLine& one) { return Cell(one.reporter.office); }},
      {{.field = "server", .title = N_("SERVER"), .flexible = true},
       [](const TicketLine& one) { return Cell(one.server.value_or(ServerName{})); }},
      {{.field = "assignee", .title = N_("WITH"), .flexible = true},
       [](const TicketLine& one) { return assignee_cell(one); }},
      {{.field = "updated", .title = N_("UPDATED"), .spare = 1},
       [now](const TicketLine& one) { return time_cell(one.updated, now); }},
  };
  if (with_promise) {
    table.push_back({{.field = "next_news", .title = N_("NEXT NEWS")},
                     [now](const TicketLine& one) { return promise_of(one, now); }});
  }
  return table;
}

}  // namespace gilir::cli
