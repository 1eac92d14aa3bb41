#include "core/operations/ticket/new.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/filing_reporter.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/late_look.h"
#include "core/operations/ticket/likeness.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/suspicion.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"
#include "core/ticket/category_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_new_fields{
    FieldSpec{"title", "one line that says what is wrong", max_line_bytes},
    FieldSpec{"body", "the rest", max_body_bytes},
    FieldSpec{"reporter", "who reports it", max_name_bytes},
    FieldSpec{"office", "the reporter's office", max_name_bytes},
    FieldSpec{"server", "the server that it is about", max_name_bytes},
    FieldSpec{"category", "one of the desk's categories; any name while it has none", max_name_bytes},
    FieldSpec{"urgent", "it goes before others", 0},
    FieldSpec{"not_duplicate", "by turn, whatever it looks like", 0},
    FieldSpec{"merge_into", "file it as a part of this ticket", 0},
    FieldSpec{"cross_reporter", "merge also when reporters or offices differ", 0},
    FieldSpec{"distinct_from", "it is not the same as this ticket", 0},
};

TicketRow row_of(Context& context, const NewTicket& operation, std::int64_t reporter) {
  require_category(context.connection(), operation.category);
  if (operation.server) get_server(context.connection(), *operation.server);
  TicketRow row;
  row.title = one_line("title", operation.title);
  row.body = operation.body;
  row.status = TicketStatus::new_;
  row.category = operation.category;
  row.reporter = reporter;
  row.server = operation.server;
  row.tier = lowest_tier;
  row.urgent = operation.urgent;
  row.created = row.updated = context.now().wall;
  return row;
}

void log_filing(Context& context, const TicketRow& row, const Reporter& reporter) {
  std::vector<Subject> subjects{
      subject(row.number), subject(context.caller().name), {SubjectKind::reporter, std::to_string(reporter.id)}};
  EventFacts facts{.ticket = row.number,
                   .title = row.title,
                   .reporter = reporter.name,
                   .office = reporter.office,
                   .voices = {{reporter.name, reporter.office, reporter.contact}}};
  if (row.server) {
    facts.server = row.server;
    subjects.push_back(subject(*row.server));
  }
  context.log(EventKind::ticket_filed, std::move(subjects), std::move(facts));
}

// Whoever told of it already, about the same place and lately, keeps the agent by less: people tell one thing in two
// ways, and different people in one office tell different things.
constexpr auto told_again_within = std::chrono::hours{30};  // a day, and the next morning as a whole

bool keeps_agent(const Likeness& likeness, const TicketRow& newer, const TicketRow& twin) {
  if (likeness.strength == duplicate::Strength::strong) return true;
  const bool same_place = !newer.server || !twin.server || newer.server == twin.server;
  if (newer.reporter != twin.reporter || !same_place) return false;
  return likeness.told_again && newer.created - twin.created <= told_again_within;
}

// What was told again in other words tells that it is known already, and whose it is only where nothing else looks
// more than so many times as likely to be the same.
constexpr double far_more_alike = 2;

// The best look-alike that keeps its agent, among those that somebody works on; where another one looks far more alike,
// that one. An agent who is away gets nothing new: while they are, their twin counts for nothing here, so that the new
// ticket goes to somebody who can act on it.
std::optional<TicketRow> find_twin(Context& context, const TicketRow& newer, const std::vector<Likeness>& look_alikes,
                                   Likeness& likeness) {
  std::optional<TicketRow> best;
  for (const auto& candidate : look_alikes) {
    auto row = get_ticket(context.connection(), candidate.number);
    if (!is_open(row.status) || !row.assignee) continue;
    if (!get_agent(context.connection(), *row.assignee).present) continue;
    const bool keeps = keeps_agent(candidate, newer, row);
    const bool is_best = !best && candidate.strength <= duplicate::Strength::likely;
    const bool is_as_good = !best || likeness.score <= far_more_alike * candidate.score;
    if (is_best || (keeps && is_as_good)) {
      likeness = candidate;
      best = std::move(row);
    }
    if (keeps) return best;
  }
  return std::nullopt;
}

void assign_to_twins_agent(Context& context, TicketRow& row, const TicketRow& twin, const Likeness& likeness,
                           FiledTicket& receipt) {
  receipt.because = "sticky";
  receipt.twin = twin.number;
  receipt.evidence = likeness.because;
  row.tier = twin.tier;
  row.owner = twin.owner;
  // Internal, as it tells one reporter of another's ticket.
  assign_to(context, row, *twin.assignee,
            {.internal = true, .because = "sticky", .twin = twin.number, .evidence = likeness.because});
}

void hand_out(Context& context, const NewTicket& operation, const std::vector<Likeness>& look_alikes, TicketRow& row,
              FiledTicket& receipt) {
  Likeness likeness;
  const auto twin = operation.not_duplicate ? std::nullopt : find_twin(context, row, look_alikes, likeness);
  if (twin)
    assign_to_twins_agent(context, row, *twin, likeness, receipt);
  else
    receipt.because = assign_by_turn(context, row, "turn") ? "turn" : "waiting";
  // A change of its own.
  row.version += 1;
}

void store_filed(Context& context, const TicketRow& row, const index::TextTerms& terms,
                 const std::vector<Likeness>& look_alikes) {
  add_ticket(context.connection(), row);
  add_voice(context.connection(), {row.number, row.reporter, row.number});
  index_ticket(context, row.number, terms);
  std::vector<DuplicateView> duplicates;
  for (const auto& likeness : look_alikes) duplicates.push_back(duplicate_view(likeness));
  store_duplicates(context, row.number, duplicates);
  suspect(context, row.number, duplicates);
}

// The nearest of all are no look-alikes by that.
std::vector<Likeness> look_alikes_to_file_beside(Context& context, const TicketRow& row,
                                                 const index::TextTerms& terms) {
  if (!context.uses_index()) return {};
  auto look_alikes = find_look_alikes(context, row, terms);
  std::erase_if(look_alikes, [](const Likeness& one) { return one.strength == duplicate::Strength::none; });
  return look_alikes;
}

// What it became a part of counts.
std::optional<TicketNumber> distinct_from(Context& context, const NewTicket& operation) {
  if (!operation.distinct_from) return std::nullopt;
  if (operation.merge_into) throw invalid_field("distinct_from", "cannot stand beside merge_into");
  return follow_ticket(context.connection(), *operation.distinct_from).number;
}

FiledTicket run(Context& context, const NewTicket& operation) {
  settle_first(context);
  const auto distinct = distinct_from(context, operation);
  const auto named = filing_reporter(context, operation.reporter, operation.office);
  auto row = row_of(context, operation, named.reporter.id);
  const auto indexing = context.uses_index() ? index_progress(context.connection()) : std::nullopt;
  const auto terms = index::terms_of(row.title, row.body);
  const auto look_alikes = look_alikes_to_file_beside(context, row, terms);
  row.number = next_ticket_number(context.connection());
  log_filing(context, row, named.reporter);
  if (distinct) tell_apart(context, row, *distinct);

  FiledTicket receipt;
  receipt.new_reporter = named.added;
  receipt.indexing = indexing;
  // Before it is stored, as a row in so many indexes is dear to change.
  if (!operation.merge_into) hand_out(context, operation, look_alikes, row, receipt);
  store_filed(context, row, terms, look_alikes);
  if (indexing || !context.uses_index()) look_again_later(context.connection(), row.number);
  if (operation.merge_into) {
    receipt.because = "merged";
    receipt.twin = merge_ticket(context, row.number, *operation.merge_into, operation.cross_reporter).into;
  }
  static_cast<Ticket&>(receipt) = ticket_view(context, get_ticket(context.connection(), row.number));
  return receipt;
}

// A repeated filing is answered with the ticket as it stands now.
void refresh_filed(Context& context, void* result) {
  auto& receipt = *static_cast<FiledTicket*>(result);
  static_cast<Ticket&>(receipt) = ticket_view(context, get_ticket(context.connection(), receipt.number));
}

}  // namespace

const OperationSpec NewTicket::spec = with_refresh(
    describe_operation<NewTicket, run>("ticket.new", Role::agent, Access::write, ticket_new_fields), refresh_filed);

}  // namespace gilir
