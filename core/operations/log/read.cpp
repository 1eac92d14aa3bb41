#include "core/operations/log/read.h"

#include <array>

#include "core/event/event_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/publicity.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array log_read_fields{
    FieldSpec{"ticket", "events of this ticket", 0},
    FieldSpec{"server", "events of this server", max_name_bytes},
    FieldSpec{"agent", "events of this agent", max_name_bytes},
    FieldSpec{"after", "the last event of the page before", 0},
    FieldSpec{"limit", "how many events", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
    FieldSpec{"public", "of a ticket: what its reporter may see", 0},
};

std::optional<Subject> subject_of(const ReadLog& operation) {
  const int named = (operation.ticket ? 1 : 0) + (operation.server ? 1 : 0) + (operation.agent ? 1 : 0);
  if (named > 1) {
    throw invalid_field("ticket", "names one of ticket, server and agent");
  }
  if (operation.ticket) return subject(*operation.ticket);
  if (operation.server) return subject(*operation.server);
  if (operation.agent) return subject(*operation.agent);
  return std::nullopt;
}

std::int64_t count_events(Context& context, const EventFilter& filter) {
  auto& connection = context.connection();
  if (!filter.subject) return connection.first<std::int64_t>("SELECT count(*) FROM event").value_or(0);
  std::int64_t count = 0;
  auto names = filter.also;
  names.push_back(filter.subject->name);
  for (const auto& name : names) {
    count += connection
                 .first<std::int64_t>("SELECT count(*) FROM event_subject WHERE kind = $1 AND name = $2",
                                      filter.subject->kind, name)
                 .value_or(0);
  }
  return count;
}

// Nothing happened to it: it exists all the same, or the name is wrong.
void require_known(Context& context, const ReadLog& operation) {
  if (operation.ticket) get_ticket(context.connection(), *operation.ticket);
  if (operation.server) get_server(context.connection(), *operation.server);
  if (operation.agent) get_agent(context.connection(), *operation.agent);
}

// Calls visit(event) for every event that the ticket's reporter may see, in order.
template <class Visit>
void each_public_event(Context& context, TicketNumber ticket, const Visit& visit) {
  EventFilter filter{subject(ticket), {}, longest_page, false};
  for (bool more = true; more;) {
    auto events = read_events(context.connection(), filter);
    more = static_cast<std::int64_t>(events.size()) == longest_page;
    if (more) filter.after = events.back().number;
    for (auto& event : events) {
      if (auto seen = for_reporter(std::move(event), ticket)) visit(std::move(*seen));
    }
  }
}

EventPage run_public(Context& context, const ReadLog& operation) {
  if (!operation.ticket) throw invalid_field("public", "needs a ticket");
  get_ticket(context.connection(), *operation.ticket);
  EventPage page;
  std::int64_t total = 0;
  const auto limit = static_cast<std::size_t>(operation.limit);
  each_public_event(context, *operation.ticket, [&](Event event) {
    ++total;
    if (operation.after && event.number <= *operation.after) return;
    if (page.events.size() < limit) {
      page.events.push_back(std::move(event));
      return;
    }
    page.truncated = true;
    // Without `after` the newest ones stay.
    if (operation.after) return;
    page.events.erase(page.events.begin());
    page.events.push_back(std::move(event));
  });
  if (operation.count) page.total = total;
  return page;
}

EventPage run(Context& context, const ReadLog& operation) {
  if (operation.public_) return run_public(context, operation);
  EventFilter filter;
  filter.subject = subject_of(operation);
  if (operation.server) {
    for (const auto& name : second_names(context.connection(), *operation.server)) filter.also.push_back(name.value);
  }
  filter.after = operation.after.value_or(EventNumber{});
  filter.limit = static_cast<std::size_t>(operation.limit) + 1;
  filter.newest = !operation.after;
  EventPage page;
  page.events = read_events(context.connection(), filter);
  page.truncated = static_cast<std::int64_t>(page.events.size()) > operation.limit;
  if (page.truncated) page.events.erase(filter.newest ? page.events.begin() : std::prev(page.events.end()));
  if (page.events.empty() && !operation.after) require_known(context, operation);
  if (operation.count) page.total = count_events(context, filter);
  return page;
}

}  // namespace

const OperationSpec ReadLog::spec =
    describe_operation<ReadLog, run>("log.read", Role::agent, Access::read, log_read_fields);

}  // namespace gilir
