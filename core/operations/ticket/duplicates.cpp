#include "core/operations/ticket/duplicates.h"

#include <algorithm>
#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/likeness.h"
#include "core/operations/ticket/suspected_groups.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_duplicates_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"limit", "how many of the best", most_look_alikes_asked},
};

constexpr std::array ticket_suspected_fields{
    FieldSpec{"after", "where the page before ended", 64},
    FieldSpec{"limit", "how many groups", longest_page},
};

constexpr std::ptrdiff_t most_pairs = 1'000;

// The assignees as they stand now.
LookAlike look_alike(Context& context, const TicketRow& ticket, DuplicateView match) {
  auto older = as_it_stands(context, get_ticket(context.connection(), match.number));
  LookAlike result;
  static_cast<DuplicateView&>(result) = std::move(match);
  result.title = std::move(older.title);
  result.status = older.status;
  result.assignee = std::move(older.assignee);
  result.ticket = ticket.number;
  result.ticket_title = ticket.title;
  result.ticket_assignee = as_it_stands(context, ticket).assignee;
  return result;
}

int strength_order(const DuplicateView& one) {
  return static_cast<int>(enum_from_name<duplicate::Strength>(one.strength).value_or(duplicate::Strength::none));
}

// Whatever is suspected of a pair is shown from both of its tickets, however little the words of one say by now.
void add_suspected(Context& context, TicketNumber ticket, std::vector<DuplicateView>& found) {
  for (const auto& pair : duplicate::suspected_with(context.connection(), ticket)) {
    const auto other = pair.ticket == ticket ? pair.number : pair.ticket;
    auto view = duplicate_view(other, pair.strength, pair.score, pair.because);
    const auto known = std::ranges::find(found, other, &DuplicateView::number);
    if (known == found.end())
      found.push_back(std::move(view));
    else if (strength_order(view) < strength_order(*known))
      *known = std::move(view);
  }
  const auto is_suspect = [](const DuplicateView& one) { return one.strength == "strong" || one.strength == "likely"; };
  const auto others = std::ranges::stable_partition(found, is_suspect);
  std::ranges::stable_sort(found.begin(), others.begin(), {},
                           [](const DuplicateView& one) { return std::pair(strength_order(one), -one.score); });
}

LookAlikes run(Context& context, const FindDuplicates& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  const auto ticket = get_ticket(context.connection(), operation.number);
  const auto most = static_cast<std::size_t>(operation.limit);
  LookAlikes result;
  result.indexing = index_progress(context.connection());
  std::vector<DuplicateView> found;
  for (const auto& match : find_look_alikes(context, ticket, index::terms_of(ticket.title, ticket.body), most))
    found.push_back(duplicate_view(match));
  add_suspected(context, ticket.number, found);
  if (found.size() > most) found.resize(most);
  for (auto& match : found) result.duplicates.push_back(look_alike(context, ticket, std::move(match)));
  return result;
}

std::optional<TicketNumber> read_after(const std::optional<std::string>& after) {
  if (!after) return std::nullopt;
  const auto cursor = read_cursor(*after);
  if (!cursor || cursor->time) throw invalid_field("after", "is not where a list ended");
  return cursor->number;
}

void add_group(Context& context, SuspectedGroup group, SuspectedDuplicates& page) {
  const auto not_listed = static_cast<std::int64_t>(group.tickets - group.pairs.size() - 1);
  for (auto& pair : group.pairs) {
    auto view = duplicate_view(pair.number, std::move(pair.strength), pair.score, pair.because);
    page.pairs.push_back(look_alike(context, get_ticket(context.connection(), pair.ticket), std::move(view)));
    page.pairs.back().oldest = group.oldest;
    page.pairs.back().not_listed = not_listed;
  }
}

// A group stands at its newest ticket.
SuspectedDuplicates run(Context& context, const ListSuspectedDuplicates& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  SuspectedGroups groups(context.connection(), read_after(operation.after));
  SuspectedDuplicates page;
  for (std::int64_t count = 0; auto group = groups.next(); ++count) {
    page.truncated = count == operation.limit || std::ssize(page.pairs) >= most_pairs;
    if (page.truncated) return page;
    page.next = std::to_string(group->newest.value);
    add_group(context, std::move(*group), page);
  }
  page.next.reset();
  return page;
}

}  // namespace

const OperationSpec FindDuplicates::spec =
    describe_operation<FindDuplicates, run>("ticket.duplicates", Role::agent, Access::read, ticket_duplicates_fields);
const OperationSpec ListSuspectedDuplicates::spec = describe_operation<ListSuspectedDuplicates, run>(
    "ticket.suspected", Role::agent, Access::read, ticket_suspected_fields);

}  // namespace gilir
