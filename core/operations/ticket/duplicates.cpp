#include "core/operations/ticket/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/likeness.h"
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
    FieldSpec{"limit", "how many pairs", longest_page},
};

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

LookAlikes run(Context& context, const FindDuplicates& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  const auto ticket = get_ticket(context.connection(), operation.number);
  LookAlikes result;
  result.indexing = index_progress(context.connection());
  for (const auto& match : find_look_alikes(context, ticket, index::terms_of(ticket.title, ticket.body),
                                            static_cast<std::size_t>(operation.limit))) {
    result.duplicates.push_back(look_alike(context, ticket, duplicate_view(match)));
  }
  return result;
}

// "43-41": the page ended with this pair.
duplicate::SuspectedPair read_pair(std::string_view after) {
  const auto dash = std::min(after.find('-'), after.size());
  const auto newer = read_cursor(after.substr(0, dash));
  const auto older = read_cursor(after.substr(std::min(dash + 1, after.size())));
  if (!newer || !older || newer->time || older->time) throw invalid_field("after", "is not where a list ended");
  duplicate::SuspectedPair pair;
  pair.ticket = newer->number;
  pair.number = older->number;
  return pair;
}

SuspectedDuplicates run(Context& context, const ListSuspectedDuplicates& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  std::optional<duplicate::SuspectedPair> after;
  if (operation.after) after = read_pair(*operation.after);
  auto pairs = duplicate::suspected_pairs(context.connection(), after, operation.limit + 1);
  SuspectedDuplicates page;
  page.truncated = static_cast<std::int64_t>(pairs.size()) > operation.limit;
  if (page.truncated) {
    pairs.pop_back();
    page.next = fmt::format("{}-{}", pairs.back().ticket.value, pairs.back().number.value);
  }
  for (auto& pair : pairs) {
    page.pairs.push_back(look_alike(context, get_ticket(context.connection(), pair.ticket),
                                    duplicate_view(pair.number, std::move(pair.strength), pair.score, pair.because)));
  }
  return page;
}

}  // namespace

const OperationSpec FindDuplicates::spec =
    describe_operation<FindDuplicates, run>("ticket.duplicates", Role::agent, Access::read, ticket_duplicates_fields);
const OperationSpec ListSuspectedDuplicates::spec = describe_operation<ListSuspectedDuplicates, run>(
    "ticket.suspected", Role::agent, Access::read, ticket_suspected_fields);

}  // namespace gilir
