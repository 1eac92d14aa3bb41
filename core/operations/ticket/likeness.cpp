#include "core/operations/ticket/likeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/duplicate/candidates.h"
#include "core/duplicate/pair_table.h"
#include "core/duplicate/score.h"
#include "core/operations/ticket/compared.h"
#include "core/ticket/filing_order.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

// The newest tickets from the same place are compared whatever their words: people tell one thing in two ways.
constexpr std::int64_t most_neighbours = 20;
constexpr std::size_t most_judged = 20;
// Of the candidates, those that are the most likely by their terms are compared in full, so many chains of merges.
// Measured: all of them cost twice the time and find nothing more.
constexpr std::size_t most_compared = 60;
constexpr auto neighbours_count_for = std::chrono::hours{24 * 7};
constexpr auto finished_counts_for = std::chrono::hours{24 * index::finished_counts_days};

duplicate::Rarity rarity_of(const index::TextTerms& terms, const index::Frequencies& frequencies) {
  duplicate::Rarity rarity;
  rarity.tickets = frequencies.texts;
  for (const auto& term : terms.terms) rarity.tickets_with.push_back(frequencies.of(term.text));
  return rarity;
}

std::string all_statuses() {
  std::string list;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<TicketStatus>>(
      [&](auto enumerator) { list += fmt::format("{}'{}'", list.empty() ? "" : ", ", enum_name(enumerator.value)); });
  return list;
}

// Read from an index alone, which has the status before the number.
template <class Value>
void add_newest(store::Connection& connection, std::string_view column, const Value& value, TicketNumber first,
                std::vector<TicketNumber>& numbers) {
  const auto sql = fmt::format(
      "SELECT number FROM ticket WHERE {} = $1 AND status IN ({}) AND number >= $2 ORDER BY number DESC LIMIT $3",
      column, all_statuses());
  connection.each<TicketNumber>(
      sql, [&](TicketNumber number) { numbers.push_back(number); }, value, first, most_neighbours);
}

// The newest tickets of the same reporter and of the same server.
std::vector<TicketNumber> neighbours(store::Connection& connection, const TicketRow& row) {
  std::vector<TicketNumber> numbers;
  const auto first = lowest_filed_since(connection, row.created - neighbours_count_for);
  if (!first) return numbers;
  add_newest(connection, "reporter", row.reporter, *first, numbers);
  if (row.server) add_newest(connection, "server", *row.server, *first, numbers);
  return numbers;
}

// An older ticket, as far as its terms tell.
struct ByTerms {
  StoredTerms stored;
  bool is_neighbour = false;
};

struct Ranked {
  Compared* older = nullptr;
  duplicate::FeatureVector features;
  double log_odds = 0;
};

// The older tickets that the new one is compared with.
class Older {
 public:
  Older(Context& context, const Compared& newer, const duplicate::Newer& side)
      : context_(context), newer_(newer), side_(side), ends_(context.connection()) {
    // Nobody has said anything of one that is not filed yet.
    if (newer.end != TicketNumber{}) distinct_ = duplicate::said_distinct(context.connection(), newer.end);
  }

  void add(index::TextNumber text) { add(stored_terms(context_, text), false); }
  // One that is compared in full, however little its terms tell.
  void add(TicketNumber number) {
    if (const auto known = places_.find(number); known != places_.end()) {
      by_terms_[known->second].is_neighbour = true;
      return;
    }
    const auto text = index::text_of_ticket(context_.connection(), number);
    if (text) add(stored_terms(context_, *text), true);
  }

  // The most likely first, of each chain of merges only the best.
  std::vector<Ranked> ranked(std::size_t most = most_compared) {
    duplicate::set_relative(comparisons_);
    std::vector<Compared*> read;
    std::vector<duplicate::Comparison> comparisons;
    std::unordered_set<TicketNumber> ends;
    for (const auto place : most_likely_by_terms()) {
      if (!by_terms_[place].is_neighbour && ends.size() == most) break;
      auto* older = this->read(by_terms_[place].stored);
      if (older == nullptr) continue;
      if (!by_terms_[place].is_neighbour) ends.insert(older->end);
      read.push_back(older);
      comparisons.push_back(comparisons_[place]);
    }
    // Against the best of those that can be one: the ticket's own parts have more in common with it than any.
    duplicate::set_relative(comparisons);
    std::vector<Ranked> found;
    for (std::size_t i = 0; i < read.size(); ++i) {
      auto& features = comparisons[i].features;
      side_.compare_rest(read[i]->side(), features);
      found.push_back({read[i], features, duplicate::log_odds(features)});
    }
    std::ranges::sort(found, std::ranges::greater{},
                      [](const Ranked& one) { return std::tuple(one.log_odds, one.older->number.value); });
    std::unordered_set<TicketNumber> seen;
    std::erase_if(found, [&](const Ranked& one) { return !seen.insert(one.older->end).second; });
    return found;
  }

 private:
  void add(std::optional<StoredTerms> stored, bool is_neighbour) {
    // It has all of its own terms: others would share little beside that.
    if (!stored || stored->ticket == newer_.number || places_.contains(stored->ticket)) return;
    try {
      comparisons_.push_back(side_.compare_terms(index::PackedTerms(stored->terms.value)));
    } catch (const Error&) {
      return;  // its terms cannot be read
    }
    places_.emplace(stored->ticket, by_terms_.size());
    by_terms_.push_back({std::move(*stored), is_neighbour});
  }

  // Neighbours before all others.
  std::vector<std::size_t> most_likely_by_terms() const {
    std::vector<double> log_odds;
    for (const auto& one : comparisons_) log_odds.push_back(duplicate::log_odds(one.features));
    std::vector<std::size_t> places(by_terms_.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::stable_sort(places, std::ranges::greater{}, [&](std::size_t place) {
      return std::pair(by_terms_[place].is_neighbour, log_odds[place]);
    });
    return places;
  }

  // None when it cannot be a duplicate. What is given stays where it is.
  Compared* read(const StoredTerms& stored) {
    auto older = compared(context_, stored, ends_);
    if (!older || older->end == newer_.end) return nullptr;
    if (distinct_.contains(older->number) || distinct_.contains(older->end)) return nullptr;
    if (older->finished && *older->finished < context_.now().wall - finished_counts_for) return nullptr;
    return &read_.emplace_back(std::move(*older));
  }

  Context& context_;
  const Compared& newer_;
  const duplicate::Newer& side_;
  std::set<TicketNumber> distinct_;
  std::vector<ByTerms> by_terms_;
  std::unordered_map<TicketNumber, std::size_t> places_;  // of tickets among them
  std::vector<duplicate::Comparison> comparisons_;        // of each of them
  ChainEnds ends_;
  std::deque<Compared> read_;
};

// Strong and likely ones come first. The others stay as they rank: what tells weak ones from the rest says less than
// what ranks them (measured: sorting them by strength finds 3 % fewer at the first place).
std::vector<Likeness> judged(const duplicate::Newer& newer, const std::vector<Ranked>& ranked, std::size_t most) {
  std::vector<Likeness> likenesses;
  for (std::size_t place = 0; place < std::min(ranked.size(), std::max(most, most_judged)); ++place) {
    const auto& one = ranked[place];
    // Behind so many, only those that are put before them matter.
    if (place >= most && !duplicate::may_be_asked_about(one.features)) continue;
    one.older->unpack();
    auto verdict = duplicate::judge(newer, one.older->side(), one.features);
    Likeness likeness{
        one.older->end, verdict.strength, verdict.score, verdict.told_again, {}, std::move(verdict.because)};
    if (one.older->number != one.older->end)
      likeness.reasons.insert(likeness.reasons.begin(),
                              {duplicate::ReasonKind::through_part, {}, one.older->number.value});
    for (const auto& reason : likeness.reasons) likeness.because.push_back(duplicate::in_english(reason));
    likenesses.push_back(std::move(likeness));
  }
  const auto is_asked_about = [](const Likeness& one) { return one.strength <= duplicate::Strength::likely; };
  const auto others = std::ranges::stable_partition(likenesses, is_asked_about);
  std::ranges::stable_sort(likenesses.begin(), others.begin(), {}, &Likeness::strength);
  if (likenesses.size() > most) likenesses.resize(most);
  return likenesses;
}

duplicate::Newer newer_side(const Compared& newer, const duplicate::FoundCandidates& found) {
  return {newer.side(), rarity_of(newer.terms, found.tickets),
          duplicate::circumstances(newer.reporter, newer.office, newer.server)};
}

}  // namespace

std::vector<Likeness> likeness(Context& context, TicketNumber ticket, const std::vector<TicketNumber>& others) {
  if (others.empty() || !context.uses_index()) return {};
  auto& connection = context.connection();
  const auto row = get_ticket(connection, ticket);
  const auto newer = compared(context, row, index::terms_of(row.title, row.body));
  const auto found = duplicate::find_candidates(connection, newer.terms, context.now().wall, ticket);
  const auto side = newer_side(newer, found);
  Older older(context, newer, side);
  for (const auto number : others) older.add(number);
  // What they share is weighed against the best of all tickets.
  if (!found.candidates.empty()) older.add(found.candidates.front().text);
  auto ranked = older.ranked();
  std::erase_if(ranked,
                [&](const Ranked& one) { return std::ranges::find(others, one.older->number) == others.end(); });
  auto likenesses = judged(side, ranked, others.size());
  std::erase_if(likenesses, [](const Likeness& one) { return one.strength == duplicate::Strength::none; });
  return likenesses;
}

std::vector<Likeness> find_look_alikes(Context& context, const TicketRow& row, index::TextTerms terms,
                                       std::size_t most) {
  auto& connection = context.connection();
  const auto newer = compared(context, row, std::move(terms));
  const auto near = neighbours(connection, row);
  const auto find = [&](const duplicate::CandidateBounds& bounds) {
    const auto found = duplicate::find_candidates(connection, newer.terms, context.now().wall, row.number, bounds);
    const auto side = newer_side(newer, found);
    Older older(context, newer, side);
    for (const auto& candidate : found.candidates) older.add(candidate.text);
    for (const auto number : near) older.add(number);
    return std::pair(judged(side, older.ranked(), most), found.candidates.size() == bounds.most);
  };
  auto [look_alikes, are_more] = find({});
  // All of them are parts of one incident that hundreds told of.
  if (are_more && look_alikes.size() < std::min(most, most_look_alikes)) look_alikes = find({.most = 2'000}).first;
  return look_alikes;
}

std::vector<ComparedTicket> compare_all(Context& context, const TicketRow& row, index::TextTerms terms) {
  const auto newer = compared(context, row, std::move(terms));
  const auto found = duplicate::find_candidates(context.connection(), newer.terms, context.now().wall, row.number);
  const auto side = newer_side(newer, found);
  Older older(context, newer, side);
  for (const auto& candidate : found.candidates) older.add(candidate.text);
  std::vector<ComparedTicket> all;
  for (const auto& one : older.ranked(std::numeric_limits<std::size_t>::max()))
    all.push_back({one.older->end, one.features});
  return all;
}

DuplicateView duplicate_view(const Likeness& likeness) {
  return {likeness.number,  std::string(enum_name(likeness.strength)),
          likeness.score,   likeness.because,
          likeness.reasons, {}};
}

}  // namespace gilir
