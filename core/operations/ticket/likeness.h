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
  // The probability that they are one: see core/duplicate/score.h.
  double score = 0;
  // Enough for the same reporter: see core/duplicate/verdict.h.
  bool told_again = false;
  // In English, for scripts; `reasons` are the same as facts.
  std::vector<std::string> because;
  std::vector<duplicate::Reason> reasons;
};

inline constexpr std::size_t most_look_alikes = 5;
inline constexpr std::int64_t most_look_alikes_asked = 50;

// Which of `others` look like `ticket`; best first.
std::vector<Likeness> likeness(Context& context, TicketNumber ticket, const std::vector<TicketNumber>& others);

// The look-alikes of `row`, which need not be stored yet (its number is 0 then), among open tickets and those
// finished within 180 days; best first, at most `most`, each the end of its chain of merges. `terms`
// are those of its title and body.
std::vector<Likeness> find_look_alikes(Context& context, const TicketRow& row, index::TextTerms terms,
                                       std::size_t most = most_look_alikes);

// An older ticket (the end of its chain of merges) and what the score of its likeness is made of.
struct ComparedTicket {
  TicketNumber number;
  duplicate::FeatureVector features;
};
BOOST_DESCRIBE_STRUCT(ComparedTicket, (), (number, features))
// All that share words with `row`, best first, and not only those that rank high by what is known already: what weights
// are fitted on, see tests/bench/lookalikes/fit.py. None of its place alone, of which little can be learnt: where one
// of those is the same in other words, its place is all that tells it.
std::vector<ComparedTicket> compare_all(Context& context, const TicketRow& row, index::TextTerms terms);

DuplicateView duplicate_view(const Likeness& likeness);

}  // namespace gilir
