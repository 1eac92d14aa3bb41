#include "core/operations/ticket/suspected_groups.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

namespace gilir {
namespace {

using duplicate::SuspectedPair;

constexpr std::int64_t tickets_at_once = 100;

// Greatest for the pair to be told of first.
auto closeness(const SuspectedPair& pair, TicketNumber oldest) {
  return std::tuple(pair.strength == "strong", pair.number == oldest, pair.score, pair.number, pair.ticket);
}

}  // namespace

SuspectedGroups::SuspectedGroups(store::Connection& connection, std::optional<TicketNumber> before)
    : connection_(connection), before_(before), read_(before) {}

std::optional<SuspectedGroup> SuspectedGroups::next() {
  while (const auto ticket = next_ticket()) {
    if (met_.contains(*ticket)) continue;
    const auto ties = ties_around(*ticket);
    if (!ties) continue;
    auto group = tied(*ties);
    if (!group.pairs.empty()) return group;
  }
  return std::nullopt;
}

std::optional<TicketNumber> SuspectedGroups::next_ticket() {
  if (unread_.empty()) {
    const auto tickets = duplicate::suspected_tickets(connection_, read_, tickets_at_once);
    if (tickets.empty()) return std::nullopt;
    read_ = tickets.back();
    unread_.assign(tickets.begin(), tickets.end());
  }
  const auto ticket = unread_.front();
  unread_.pop_front();
  return ticket;
}

// None for a group that stands on a page before: one of its tickets is there, or was met on the way to one.
std::optional<SuspectedGroups::Ties> SuspectedGroups::ties_around(TicketNumber newest) {
  Ties found;
  std::queue<TicketNumber> unread;
  bool stood_before = false;
  const auto meet = [&](TicketNumber ticket) {
    if (!found.try_emplace(ticket).second) return;
    unread.push(ticket);
    stood_before = stood_before || (before_ && ticket >= *before_) || met_.contains(ticket);
  };
  for (meet(newest); !unread.empty() && !stood_before; unread.pop()) {
    auto ties = duplicate::ties_with(connection_, unread.front());
    for (const auto& tie : ties) {
      meet(tie.ticket);
      meet(tie.number);
    }
    found[unread.front()] = std::move(ties);
  }
  for (const auto& [ticket, ties] : found) met_.insert(ticket);
  if (stood_before) return std::nullopt;
  return found;
}

// Prim's maximal spanning tree (1957), as far as it is listed.
SuspectedGroup SuspectedGroups::tied(const Ties& ties) {
  const auto [oldest, newest] = std::ranges::minmax_element(ties, {}, [](const auto& member) { return member.first; });
  SuspectedGroup group{oldest->first, newest->first, {}, ties.size()};
  const auto is_further = [&](const SuspectedPair* one, const SuspectedPair* other) {
    return closeness(*one, group.oldest) < closeness(*other, group.oldest);
  };
  std::priority_queue<const SuspectedPair*, std::vector<const SuspectedPair*>, decltype(is_further)> edge(is_further);
  std::unordered_set<TicketNumber> told;
  const auto tell = [&](TicketNumber ticket) {
    if (!told.insert(ticket).second) return false;
    for (const auto& pair : ties.at(ticket)) edge.push(&pair);
    return true;
  };
  for (tell(group.oldest); !edge.empty() && group.pairs.size() + 1 < most_in_group;) {
    const auto* pair = edge.top();
    edge.pop();
    const bool is_new = tell(pair->ticket);
    if (tell(pair->number) || is_new) group.pairs.push_back(*pair);
  }
  for (auto& pair : group.pairs) pair.because = duplicate::why_suspected(connection_, pair);
  return group;
}

}  // namespace gilir
