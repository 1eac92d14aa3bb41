#include "core/duplicate/candidates.h"

#include <algorithm>

#include "core/duplicate/features.h"
#include "core/index/best.h"
#include "core/index/live_texts.h"
#include "core/index/snapshot.h"

namespace gilir::duplicate {
namespace {

using index::List;

// Of a term that has more postings than may be read, so many are read in any case: copies come in bursts.
constexpr std::int64_t newest_of_frequent = 512;

// The terms of a text in one list: those that stand anywhere in it, or in its title.
class Terms {
 public:
  // `waiting`: what of the text's terms waits in the list of tickets.
  Terms(index::Snapshot& snapshot, const index::TextTerms& text, List list,
        const std::vector<index::WaitingPosting>& waiting) {
    std::vector<std::size_t> places;  // of all of the text's terms among these
    for (const auto& term : text.terms) {
      places.push_back(terms_.size());
      if (list == List::titles && term.title == 0) continue;
      terms_.push_back({list, term.text, snapshot.merged_with(list, term.text)});
      weights_.push_back(query_weight(term.title, list == List::titles ? 0 : term.body));
    }
    for (const auto& one : waiting) {
      if (list == List::tickets)
        terms_[one.term].waiting.push_back(one.posting);
      else if (one.title_weight && text.terms[one.term].title > 0)
        terms_[places[one.term]].waiting.push_back({one.posting.number, *one.title_weight});
    }
    frequencies_.texts = snapshot.texts(list);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const auto with = terms_[i].texts();
      frequencies_.texts_with.emplace(terms_[i].text, with);
      weights_[i] *= with == 0 ? 0 : index::inverse_frequency(frequencies_.texts, with);
      terms_[i].factor = static_cast<float>(weights_[i]);
    }
  }

  index::Frequencies& frequencies() { return frequencies_; }

  // Those that some text has, heaviest first. Once.
  std::vector<index::WalkTerm> take_heaviest(std::size_t most) {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      if (weights_[i] > 0) wanted.push_back(i);
    }
    std::ranges::stable_sort(wanted, std::ranges::greater{}, [&](std::size_t place) { return weights_[place]; });
    if (wanted.size() > most) wanted.resize(most);
    std::vector<index::WalkTerm> heaviest;
    for (const auto place : wanted) heaviest.push_back(std::move(terms_[place]));
    return heaviest;
  }

 private:
  std::vector<index::WalkTerm> terms_;
  std::vector<double> weights_;
  index::Frequencies frequencies_;
};

std::vector<CandidateText> best_of(index::Walk& walk, std::size_t most) {
  index::Best best(most);
  walk.each_sum(best.least(), [&](std::int64_t number, index::Weight weight) { best.offer(number, weight); });
  std::vector<CandidateText> candidates;
  for (const auto& one : best.next(most)) candidates.push_back({{one.number}, index::plain(one.weight)});
  return candidates;
}

}  // namespace

FoundCandidates find_candidates(store::Connection& connection, const index::TextTerms& text, WallTime now,
                                std::optional<TicketNumber> except, const CandidateBounds& bounds) {
  index::Snapshot snapshot(connection);
  index::LiveTexts live(connection, now);
  if (except) live.leave_out(index::text_of_ticket(connection, *except).value_or(index::TextNumber{}).value);
  std::vector<std::string> all;
  for (const auto& term : text.terms) all.push_back(term.text);
  const auto waiting = snapshot.waiting(all, List::tickets);
  Terms tickets(snapshot, text, List::tickets, waiting);
  Terms titles(snapshot, text, List::titles, waiting);

  auto wanted = tickets.take_heaviest(bounds.terms);
  std::ranges::move(titles.take_heaviest(bounds.terms), std::back_inserter(wanted));
  index::Walk walk(connection, snapshot, &live);
  walk.add(std::move(wanted), {.postings = bounds.postings, .newest = newest_of_frequent});
  return {best_of(walk, bounds.most), std::move(tickets.frequencies()), std::move(titles.frequencies())};
}

}  // namespace gilir::duplicate
