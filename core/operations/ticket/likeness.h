// How tickets of the desk look alike: brings rows to the pure rules of core/duplicate and back.
#pragma once

#include <vector>

#include "core/duplicate/verdict.h"
#include "core/operations/context.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct Likeness {
  TicketNumber number;
  duplicate::Strength strength{};
  double score = 0;
  // In English, for scripts; `reasons` are the same as facts.
  std::vector<std::string> because;
  std::vector<duplicate::Reason> reasons;
};

inline constexpr std::size_t most_look_alikes = 5;

// Which of `others` look like `ticket`, at least weakly; best first.
std::vector<Likeness> likeness(store::Connection& connection, TicketNumber ticket,
                               const std::vector<TicketNumber>& others);

// The look-alikes of `row`, which need not be stored yet (its number is 0 then), among open tickets and those
// finished within 180 days; best first, at most five, each the end of its chain of merges.
std::vector<Likeness> find_look_alikes(Context& context, const TicketRow& row);

DuplicateView duplicate_view(const Likeness& likeness);

// From now on later tickets are compared with this one.
void index_for_duplicates(Context& context, const TicketRow& row);
// Its title or body was changed.
void index_again(Context& context, const TicketRow& before, const TicketRow& after);

}  // namespace gilir
