// Open tickets that are suspected to be one and the same, directly or through others, in groups: each group once,
// however many pairs there are in it.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/duplicate/pair_table.h"

namespace gilir {

// Tickets of a group that are listed.
inline constexpr std::size_t most_in_group = 1'000;

struct SuspectedGroup {
  TicketNumber oldest;
  TicketNumber newest;
  // One pair fewer than tickets: each ties a further ticket to those before it, which begin with the oldest. The
  // strongest ones, and of those as strong the ones with the oldest. At most those of most_in_group tickets.
  std::vector<duplicate::SuspectedPair> pairs;
  // All of it, also those that are not listed.
  std::size_t tickets = 1;
};

// The groups of a desk, each at its newest ticket, the newest first. Each ticket is read once, however large its group
// is, and of a group that a page before had only what leads to a ticket of that page. Inside the caller's transaction.
class SuspectedGroups {
 public:
  // Those below ticket `before` when it is given.
  explicit SuspectedGroups(store::Connection& connection, std::optional<TicketNumber> before = std::nullopt);

  // None after the last one.
  std::optional<SuspectedGroup> next();

 private:
  using Ties = std::unordered_map<TicketNumber, std::vector<duplicate::SuspectedPair>>;

  std::optional<TicketNumber> next_ticket();
  std::optional<Ties> ties_around(TicketNumber newest);
  SuspectedGroup tied(const Ties& ties);

  store::Connection& connection_;
  std::optional<TicketNumber> before_;  // where the page begins
  std::optional<TicketNumber> read_;    // how far the newer tickets of pairs were read
  std::deque<TicketNumber> unread_;
  std::unordered_set<TicketNumber> met_;
};

}  // namespace gilir
