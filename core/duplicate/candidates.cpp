#include "core/duplicate/candidates.h"

#include <algorithm>

#include "core/index/live_texts.h"
#include "core/index/snapshot.h"
#include "core/index/walk.h"

namespace gilir::duplicate {
namespace {

using index::List;

// Of a term that has more postings than may be read, so many are read in any case: copies come in bursts.
constexpr std::int64_t newest_of_frequent = 512;

// BM25's saturation of a term's count in the text that is compared, with the title's counting five times.
double saturated(unsigned title, unsigned body) {
  const double x = 5.0 * title + body;
  return 5 * x / (4 + x);
}

// One term, looked for in one list.
struct Wanted {
  List list{};
  std::size_t term = 0;
  double weight = 0;
  std::int64_t merged = 0;  // texts with it
};

// The terms of a text in one list: those that stand anywhere in it, or in its title.
class Terms {
 public:
  Terms(index::Snapshot& snapshot, const index::TextTerms& text, List list) : list_(list) {
    for (const auto& term : text.terms) {
      if (list == List::titles && term.title == 0) continue;
      terms_.push_back(term.text);
      weights_.push_back(saturated(term.title, list == List::titles ? 0 : term.body));
    }
    waiting_ = snapshot.waiting(terms_, list);
    for (const auto& term : terms_) merged_.push_back(snapshot.merged_with(list, term));
    auto with = merged_;
    for (const auto& one : waiting_) ++with[one.term];
    frequencies_.texts = snapshot.texts(list);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      frequencies_.texts_with.emplace(terms_[i], with[i]);
      weights_[i] *= with[i] == 0 ? 0 : index::inverse_frequency(frequencies_.texts, with[i]);
    }
  }

  const std::string& term(std::size_t place) const { return terms_[place]; }
  const std::vector<index::WaitingPosting>& waiting() const { return waiting_; }
  index::Frequencies& frequencies() { return frequencies_; }

  // Those that some text has, heaviest first.
  std::vector<Wanted> heaviest(std::size_t most) const {
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      if (weights_[i] > 0) wanted.push_back({list_, i, weights_[i], merged_[i]});
    }
    std::ranges::stable_sort(wanted, std::ranges::greater{}, &Wanted::weight);
    if (wanted.size() > most) wanted.resize(most);
    return wanted;
  }

 private:
  List list_;
  std::vector<std::string> terms_;
  std::vector<double> weights_;
  std::vector<std::int64_t> merged_;
  std::vector<index::WaitingPosting> waiting_;
  index::Frequencies frequencies_;
};

void add_waiting(index::Walk& walk, const Terms& terms, const std::vector<Wanted>& wanted, List list) {
  std::vector<double> weights;
  for (const auto& one : wanted) {
    if (one.list != list) continue;
    if (weights.size() <= one.term) weights.resize(one.term + 1);
    weights[one.term] = one.weight;
  }
  for (const auto& one : terms.waiting()) {
    if (one.term < weights.size() && weights[one.term] > 0)
      walk.add(one.posting, static_cast<float>(weights[one.term]));
  }
}

// The rarest first, whole as long as they fit; what is left is shared by the others.
void add_merged(index::Walk& walk, const Terms& tickets, const Terms& titles, std::vector<Wanted> wanted,
                std::int64_t postings) {
  std::ranges::stable_sort(wanted, {}, &Wanted::merged);
  auto others = static_cast<std::int64_t>(wanted.size());
  for (const auto& one : wanted) {
    const auto most = one.merged <= postings ? one.merged : std::max(postings / others, newest_of_frequent);
    const auto& terms = one.list == List::titles ? titles : tickets;
    postings = std::max<std::int64_t>(
        postings - walk.add(one.list, terms.term(one.term), one.merged, most, static_cast<float>(one.weight)), 0);
    --others;
  }
}

std::vector<CandidateText> best_of(index::Walk& walk, index::LiveTexts& live, std::size_t most) {
  index::Best best(most);
  walk.each_sum(best.least(), [&](std::int64_t number, index::Weight weight) {
    if (live.is_live(number)) best.offer(number, weight);
  });
  std::vector<CandidateText> candidates;
  for (const auto& one : best.take()) candidates.push_back({{one.number}, index::plain(one.weight)});
  return candidates;
}

}  // namespace

FoundCandidates find_candidates(store::Connection& connection, const index::TextTerms& text, WallTime now,
                                std::optional<TicketNumber> except, const CandidateBounds& bounds) {
  index::Snapshot snapshot(connection);
  index::LiveTexts live(connection, now);
  if (except) live.leave_out(index::text_of_ticket(connection, *except).value_or(index::TextNumber{}).value);
  Terms tickets(snapshot, text, List::tickets);
  Terms titles(snapshot, text, List::titles);

  auto wanted = tickets.heaviest(bounds.terms);
  std::ranges::copy(titles.heaviest(bounds.terms), std::back_inserter(wanted));
  index::Walk walk(connection, snapshot, &live);
  add_waiting(walk, tickets, wanted, List::tickets);
  add_waiting(walk, titles, wanted, List::titles);
  add_merged(walk, tickets, titles, std::move(wanted), bounds.postings);
  return {best_of(walk, live, bounds.most), std::move(tickets.frequencies()), std::move(titles.frequencies())};
}

}  // namespace gilir::duplicate
