#include "core/operations/ticket/suspected_groups.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <tuple>

namespace gilir {
namespace {

using duplicate::SuspectedPair;

// All pairs of a group, by each of their tickets.
using Pairs = std::map<TicketNumber, std::vector<SuspectedPair>>;

Pairs pairs_around(store::Connection& connection, TicketNumber member) {
  Pairs found;
  std::queue<TicketNumber> unread;
  const auto meet = [&](TicketNumber ticket) {
    if (found.size() < most_in_group && found.try_emplace(ticket).second) unread.push(ticket);
  };
  for (meet(member); !unread.empty(); unread.pop()) {
    auto& pairs = found[unread.front()] = duplicate::suspected_with(connection, unread.front());
    for (const auto& pair : pairs) {
      meet(pair.ticket);
      meet(pair.number);
    }
  }
  return found;
}

// Greatest for the pair to be told of first.
auto closeness(const SuspectedPair& pair, TicketNumber oldest) {
  return std::tuple(pair.strength == "strong", pair.number == oldest, pair.score, pair.number, pair.ticket);
}

}  // namespace

// Prim's maximal spanning tree (1957).
SuspectedGroup suspected_group(store::Connection& connection, TicketNumber member) {
  const auto around = pairs_around(connection, member);
  SuspectedGroup group{around.begin()->first, around.rbegin()->first, {}};
  const auto is_further = [&](const SuspectedPair* one, const SuspectedPair* other) {
    return closeness(*one, group.oldest) < closeness(*other, group.oldest);
  };
  std::priority_queue<const SuspectedPair*, std::vector<const SuspectedPair*>, decltype(is_further)> edge(is_further);
  std::set<TicketNumber> told;
  const auto tell = [&](TicketNumber ticket) {
    if (!around.contains(ticket) || !told.insert(ticket).second) return false;
    for (const auto& pair : around.at(ticket)) edge.push(&pair);
    return true;
  };
  for (tell(group.oldest); !edge.empty();) {
    const auto* pair = edge.top();
    edge.pop();
    const bool is_new = tell(pair->ticket);
    if (tell(pair->number) || is_new) group.pairs.push_back(*pair);
  }
  return group;
}

}  // namespace gilir
