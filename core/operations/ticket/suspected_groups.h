// Open tickets that are suspected to be one and the same, directly or through others, in groups: each group once,
// however many pairs there are in it.
#pragma once

#include <vector>

#include "core/duplicate/pair_table.h"

namespace gilir {

inline constexpr std::size_t most_in_group = 1'000;

struct SuspectedGroup {
  TicketNumber oldest;
  TicketNumber newest;
  // One pair fewer than tickets: each ties a further ticket to those before it, which begin with the oldest. The
  // strongest ones, and of those as strong the ones with the oldest.
  std::vector<duplicate::SuspectedPair> pairs;
};

// That of `member`, at most most_in_group tickets of it.
SuspectedGroup suspected_group(store::Connection& connection, TicketNumber member);

}  // namespace gilir
