#include "core/operations/ticket/likeness.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/duplicate/duplicate_index.h"
#include "core/duplicate/pair_table.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// Tickets filed from the same place within the hour count as look-alikes even when they share no word; this
// many of the newest are looked at.
constexpr std::size_t most_neighbours = 20;

// How long a finished ticket may still be found to be repeated.
constexpr auto finished_counts_for = std::chrono::hours{24 * 180};

using Ends = std::unordered_map<TicketNumber, TicketRow>;

duplicate::Subject subject_of(store::Connection& connection, const TicketRow& row, bool open) {
  const auto reporter = get_reporter(connection, row.reporter);
  return {row.title,    row.body,    reporter.name, reporter.office, row.server.value_or(ServerName{}).value,
          row.category, row.created, open};
}

duplicate::TermFrequencies frequencies_of(store::Connection& connection, const TicketRow& row) {
  return duplicate::frequencies(connection, duplicate::ticket_terms(row.title, row.body));
}

// The newest tickets of the same reporter and of the same server.
std::vector<TicketNumber> neighbours(store::Connection& connection, const TicketRow& row) {
  std::vector<TicketFilter> filters(row.server ? 2 : 1);
  filters.front().reporters = std::vector{row.reporter};
  if (row.server) filters.back().server = row.server;
  std::vector<TicketNumber> numbers;
  for (auto& filter : filters) {
    filter.limit = most_neighbours;
    for (const auto& neighbour : list_tickets(connection, filter)) numbers.push_back(neighbour.number);
  }
  return numbers;
}

// Adds `number` to the candidates, unless it leads to `own_end`, was said to be another thing or was finished too long
// ago.
void add_candidate(Context& context, TicketNumber own_end, const std::set<TicketNumber>& distinct, TicketNumber number,
                   std::vector<duplicate::Candidate>& found, Ends& ends) {
  auto& connection = context.connection();
  const auto candidate = find_ticket(connection, number);
  if (!candidate) return;
  auto end = candidate->merged_into ? follow_ticket(connection, number) : *candidate;
  if (end.number == own_end || distinct.contains(number) || distinct.contains(end.number)) return;
  const bool open = is_open(end.status);
  if (!open && end.updated < context.now().wall - finished_counts_for) return;
  found.push_back({number, subject_of(connection, *candidate, open)});
  ends.emplace(number, std::move(end));
}

Likeness likeness_of(TicketNumber number, duplicate::Verdict verdict) {
  Likeness likeness{number, verdict.strength, verdict.score, {}, std::move(verdict.because)};
  for (const auto& reason : likeness.reasons) likeness.because.push_back(duplicate::in_english(reason));
  return likeness;
}

}  // namespace

std::vector<Likeness> likeness(store::Connection& connection, TicketNumber ticket,
                               const std::vector<TicketNumber>& others) {
  if (others.empty()) return {};
  const auto row = get_ticket(connection, ticket);
  std::vector<duplicate::Candidate> candidates;
  std::unordered_set<TicketNumber> seen{ticket};
  for (const auto number : others) {
    if (!seen.insert(number).second) continue;
    const auto other = get_ticket(connection, number);
    candidates.push_back({number, subject_of(connection, other, is_open(other.status))});
  }
  std::vector<Likeness> found;
  for (auto& match : duplicate::best_matches(subject_of(connection, row, true), candidates,
                                             frequencies_of(connection, row), candidates.size())) {
    found.push_back(likeness_of(match.number, std::move(match.verdict)));
  }
  return found;
}

std::vector<Likeness> find_look_alikes(Context& context, const TicketRow& row) {
  auto& connection = context.connection();
  const auto oldest = oldest_of_interest(connection, context.now().wall - finished_counts_for);
  if (!oldest) return {};
  const auto terms = duplicate::ticket_terms(row.title, row.body);
  const auto frequencies = duplicate::frequencies(connection, terms);
  std::vector<duplicate::Candidate> found;
  Ends ends;
  const auto own_end = row.merged_into ? follow_ticket(connection, row.number).number : row.number;
  auto numbers = duplicate::candidates(connection, terms, frequencies, {.oldest = *oldest});
  std::ranges::copy(neighbours(connection, row), std::back_inserter(numbers));
  const auto distinct = duplicate::said_distinct(connection, own_end);
  for (const auto number : numbers) {
    if (!ends.contains(number)) add_candidate(context, own_end, distinct, number, found, ends);
  }
  std::vector<Likeness> look_alikes;
  std::unordered_set<TicketNumber> seen;
  for (auto& match : duplicate::best_matches(subject_of(connection, row, true), found, frequencies, found.size())) {
    const auto end = ends.at(match.number).number;
    if (look_alikes.size() == most_look_alikes) break;
    if (seen.insert(end).second) look_alikes.push_back(likeness_of(end, std::move(match.verdict)));
  }
  return look_alikes;
}

DuplicateView duplicate_view(const Likeness& likeness) {
  return {likeness.number, std::string(enum_name(likeness.strength)), likeness.score, likeness.because,
          likeness.reasons};
}

void index_for_duplicates(Context& context, const TicketRow& row) {
  duplicate::add_to_index(context.connection(), row.number, duplicate::ticket_terms(row.title, row.body));
}

void index_again(Context& context, const TicketRow& before, const TicketRow& after) {
  duplicate::remove_from_index(context.connection(), before.number, duplicate::ticket_terms(before.title, before.body));
  index_for_duplicates(context, after);
}

}  // namespace gilir
