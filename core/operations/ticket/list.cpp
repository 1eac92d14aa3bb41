#include "core/operations/ticket/list.h"

#include <array>

#include "core/base/name_key.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/operations/ticket/view_of.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

constexpr Milliseconds longest_silence = std::chrono::hours{24 * 3660};

constexpr std::array ticket_list_fields{
    FieldSpec{"statuses", "with one of these; open ones when there are none", 16},
    FieldSpec{"any_status", "whatever the status", 0},
    FieldSpec{"assignee", "that this agent works on", max_name_bytes},
    FieldSpec{"unassigned", "that nobody works on", 0},
    FieldSpec{"owner", "that this agent answers for", max_name_bytes},
    FieldSpec{"server", "about this server", max_name_bytes},
    FieldSpec{"reporter", "from this reporter", max_name_bytes},
    FieldSpec{"office", "the reporter's office", max_name_bytes},
    FieldSpec{"category", "of this category", max_name_bytes},
    FieldSpec{"tier", "at this tier", highest_tier},
    FieldSpec{"urgent", "urgent ones only", 0},
    FieldSpec{"since", "filed then or later", 0},
    FieldSpec{"until", "filed then or earlier", 0},
    FieldSpec{"overdue", "whose promised news are overdue", 0},
    FieldSpec{"silent_s", "to which nothing has happened for so long", longest_silence.count()},
    FieldSpec{"sort", "the order", 0},
    FieldSpec{"after", "where the page before ended", 64},
    FieldSpec{"limit", "how many tickets", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};

std::vector<TicketStatus> statuses_of(const ListTickets& operation) {
  if (operation.any_status) return {};
  if (!operation.statuses.empty()) return operation.statuses;
  // An open ticket without assignee is new: that spares looking at all others.
  if (operation.unassigned) return {TicketStatus::new_};
  return {open_statuses().begin(), open_statuses().end()};
}

TicketOrder order_of(const ListTickets& operation) {
  if (operation.sort) return *operation.sort;
  if (operation.overdue) return TicketOrder::next_news;
  return operation.silent_s ? TicketOrder::updated : TicketOrder::number;
}

void add_times(Context& context, const ListTickets& operation, TicketFilter& filter) {
  add_filing_times(context.connection(), operation.since, operation.until, filter);
  filter.overdue = operation.overdue;
  if (operation.overdue) filter.promised = true;
  if (operation.silent_s) filter.silent_since = context.now().wall - *operation.silent_s;
}

void add_office(Context& context, const std::string& office, TicketFilter& filter) {
  filter.office_key = name_key(office);
  std::erase_if(filter.moved, [&](const TicketRow& row) {
    return name_key(get_reporter(context.connection(), row.reporter).office) != *filter.office_key;
  });
}

TicketFilter filter_of(Context& context, const ListTickets& operation) {
  TicketFilter filter;
  filter.statuses = statuses_of(operation);
  filter.now = context.now().wall;
  filter.moved = claims_ahead(context).tickets();
  filter.assignee = operation.assignee;
  filter.unassigned = operation.unassigned;
  filter.owner = operation.owner;
  filter.server = operation.server;
  if (operation.reporter)
    filter.reporters = reporters_meant(context, *operation.reporter, operation.office);
  else if (operation.office)
    add_office(context, *operation.office, filter);
  add_times(context, operation, filter);
  filter.category = operation.category;
  filter.tier = operation.tier;
  filter.urgent = operation.urgent;
  filter.order = order_of(operation);
  const bool longest_first = filter.order == TicketOrder::updated && !operation.sort;
  filter.descending = filter.order != TicketOrder::next_news && !longest_first;
  filter.limit = static_cast<std::size_t>(operation.limit) + 1;
  if (operation.after) {
    filter.after = read_cursor(*operation.after);
    const bool wants_time =
        filter.order == TicketOrder::updated || (operation.overdue && filter.order == TicketOrder::next_news);
    if (!filter.after || (wants_time && !filter.after->time)) {
      throw invalid_field("after", "is not where a list in this order ended");
    }
  }
  return filter;
}

// A name that nothing is filed under may be a slip: better to say so than to show an empty list.
void check_names(Context& context, const ListTickets& operation) {
  if (operation.assignee) get_agent(context.connection(), *operation.assignee);
  if (operation.owner) get_agent(context.connection(), *operation.owner);
  if (operation.server) get_server(context.connection(), *operation.server);
  if (!operation.office || operation.reporter) return;
  if (reporters_of_office(context.connection(), *operation.office, 1).empty()) {
    throw Error(ErrorCode::not_found)
        .with("kind", "office")
        .with("name", *operation.office)
        .with("near", near_names(*operation.office, office_names(context.connection())));
  }
}

TicketPage run(Context& context, const ListTickets& operation) {
  const auto filter = filter_of(context, operation);
  auto rows = list_tickets(context.connection(), filter);
  if (rows.empty() && !filter.after) check_names(context, operation);
  TicketPage page;
  page.truncated = rows.size() == filter.limit;
  if (page.truncated) rows.pop_back();
  if (page.truncated && !rows.empty()) page.next = write_cursor(cursor_after(rows.back(), filter.order));
  for (auto& row : rows) page.tickets.push_back(ticket_line(context, std::move(row)));
  if (operation.count) page.total = count_tickets(context.connection(), filter);
  return page;
}

}  // namespace

TicketLine ticket_line(Context& context, TicketRow row) {
  return view_of<TicketLine>(context, std::move(row));
}

const OperationSpec ListTickets::spec =
    describe_operation<ListTickets, run>("ticket.list", Role::agent, Access::read, ticket_list_fields);

}  // namespace gilir
