#include "core/operations/ticket/search.h"

#include <algorithm>
#include <array>
#include <queue>

#include "core/duplicate/search.h"
#include "core/duplicate/terms.h"
#include "core/operations/describe_operation.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// So many of the best are looked at once more: a word in the title counts twice.
constexpr std::size_t most_titles = 200;

constexpr std::array ticket_search_fields{
    FieldSpec{"words", "what to look for", max_line_bytes},
    FieldSpec{"after", "where the page before ended", 64},
    FieldSpec{"limit", "how many tickets", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};

// Where the page before ended: a place in the ranking, or a ticket's number.
std::int64_t read_after(const SearchTickets& operation) {
  if (!operation.after) return 0;
  const auto cursor = read_cursor(*operation.after);
  if (!cursor || cursor->time) throw invalid_field("after", "is not where a search ended");
  return cursor->number.value;
}

// What the words in a ticket's title weigh: at most what all its words do.
double title_weight(Context& context, const duplicate::SearchTerms& search, TicketNumber number) {
  const auto title = context.connection().first<std::string>("SELECT title FROM ticket WHERE number = $1", number);
  const auto words = duplicate::terms(title.value_or(""));
  double weight = 0;
  for (const auto& term : search.known) {
    if (std::ranges::find(words, term) != words.end()) weight += search.frequencies.weight(term);
  }
  return weight;
}

// The first `last` places are right afterwards: the titles of what could not come among them are not read.
void weigh_titles(Context& context, const duplicate::SearchTerms& search, std::size_t last,
                  std::vector<duplicate::Found>& found) {
  using LightestFirst =
      std::priority_queue<duplicate::Found, std::vector<duplicate::Found>, decltype(&duplicate::weighs_more)>;
  LightestFirst page(duplicate::weighs_more);
  auto one = found.begin();
  const auto end = one + static_cast<std::ptrdiff_t>(std::min(found.size(), most_titles));
  for (; one != end; ++one) {
    const bool is_full = page.size() == last;
    if (is_full && !duplicate::weighs_more({one->number, 2 * one->weight}, page.top())) break;
    one->weight += title_weight(context, search, one->number);
    page.push(*one);
    if (is_full) page.pop();
  }
  std::ranges::sort(found.begin(), one, duplicate::weighs_more);
}

FoundTickets ranked(Context& context, const duplicate::SearchTerms& search, const SearchTickets& operation) {
  const auto after = read_after(operation);
  const auto asked = static_cast<std::size_t>(after + operation.limit);
  auto found = duplicate::best_found(context.connection(), search, std::max(asked, most_titles));
  weigh_titles(context, search, std::min(asked, found.size()), found);
  FoundTickets page;
  page.ranked = true;
  const auto total = static_cast<std::int64_t>(found.size());
  const auto first = std::min(after, total);
  const auto last = std::min(first + operation.limit, total);
  for (auto at = first; at < last; ++at) {
    page.tickets.push_back(
        ticket_line(context, get_ticket(context.connection(), found[static_cast<std::size_t>(at)].number)));
  }
  page.truncated = last < total;
  if (page.truncated) page.next = std::to_string(last);
  if (operation.count) page.total = total;
  return page;
}

FoundTickets newest(Context& context, const duplicate::SearchTerms& search, const SearchTickets& operation) {
  auto numbers =
      duplicate::newest_found(context.connection(), search, TicketNumber{read_after(operation)}, operation.limit + 1);
  FoundTickets page;
  page.truncated = static_cast<std::int64_t>(numbers.size()) > operation.limit;
  if (page.truncated) numbers.pop_back();
  if (page.truncated) page.next = std::to_string(numbers.back().value);
  for (const auto number : numbers) {
    page.tickets.push_back(ticket_line(context, get_ticket(context.connection(), number)));
  }
  if (operation.count) page.total = duplicate::count_found(context.connection(), search);
  return page;
}

FoundTickets run(Context& context, const SearchTickets& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  const auto search = duplicate::search_terms(context.connection(), operation.words);
  if (search.terms.empty())
    throw invalid_field("words", "hold nothing to look for: single letters and filler words are not");
  return duplicate::can_rank(search) ? ranked(context, search, operation) : newest(context, search, operation);
}

}  // namespace

const OperationSpec SearchTickets::spec =
    describe_operation<SearchTickets, run>("ticket.search", Role::agent, Access::read, ticket_search_fields);

}  // namespace gilir
