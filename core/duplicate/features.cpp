#include "core/duplicate/features.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <span>

#include "core/duplicate/function_words.h"
#include "core/index/packed_word.h"

namespace gilir::duplicate {
namespace {

using index::Term;

// So that on a desk with few tickets all terms weigh about the same.
constexpr double smoothing_tickets = 50;
constexpr double smoothing_frequency = 6;
constexpr double least_weight = 0.1;
// What a term that is not the newer ticket's weighs, of which how many tickets have it is not looked up: a share of the
// greatest weight. Measured: less than what they weigh on average ranks better, and the true ones rank no better.
constexpr double usual_share = 0.3;

constexpr std::int64_t always_rare = 5;
constexpr std::int64_t rare_one_in = 1'000;

// From here on two titles are one, but for a typing error in a long one.
constexpr double spelt_alike = 0.9;

constexpr double title_counts = 3;
constexpr double saturation = 1;

double weight_of(std::int64_t tickets, std::int64_t with_term) {
  const double rarity = (double(tickets) + smoothing_tickets) / (double(with_term) + smoothing_frequency);
  return std::max(least_weight, std::log(std::max(1.0, rarity)));
}

double text_weight(unsigned title, unsigned body) {
  const double count = title_counts * title + body;
  return count / (saturation + count);
}

// What a term weighs in a text, from 0 to 1: see weight_level() in core/index/packed_terms.h, of which this is the
// value before it is rounded to a level. Rounded ones rank a hundredth worse.
double indexed_weight(unsigned title, unsigned body, index::LengthNorms norms) {
  const double x = 16 * (5.0 * title / norms.title + double(body) / norms.body);
  return x / (2 + x);
}

double days_between(WallTime from, WallTime to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count() / 86'400);
}

double same(std::string_view one, std::string_view other) {
  return !one.empty() && one == other ? 1 : 0;
}

double other(std::string_view one, std::string_view two) {
  return !one.empty() && !two.empty() && one != two ? 1 : 0;
}

double share(double part, double whole) {
  return whole > 0 ? std::min(1.0, part / whole) : 0;
}

double cosine(double product, double one_square, double other_square) {
  return product > 0 ? std::min(1.0, product / std::sqrt(one_square * other_square)) : 0;
}

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

double query_weight(unsigned title, unsigned body) {
  const double x = 5.0 * title + body;
  return 5 * x / (4 + x);
}

void set_relative(std::span<Comparison> comparisons) {
  double heaviest = 0;
  for (const auto& one : comparisons) heaviest = std::max(heaviest, one.shared);
  for (auto& one : comparisons) one.features.relative = share(one.shared, heaviest);
}

std::vector<std::string> circumstances(std::string_view reporter, std::string_view office, std::string_view server) {
  auto terms = index::query_terms(office);
  for (const auto name : {reporter, server}) {
    auto named = index::query_terms(name);
    const bool compound = named.size() > 1;
    for (auto& term : named) {
      if (!compound || index::is_identifier(term) || has_digit(term)) terms.push_back(std::move(term));
    }
  }
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

Newer::Newer(const Side& side, const Rarity& rarity, std::vector<std::string> circumstances)
    : side_(side), circumstances_(std::move(circumstances)), runs_(side.title) {
  greatest_weight_ = weight_of(rarity.tickets, 0);
  rare_weight_ = weight_of(rarity.tickets, std::max(always_rare, rarity.tickets / rare_one_in));
  usual_weight_ = usual_share * greatest_weight_;
  const auto& terms = side.terms.terms;
  weights_.reserve(terms.size());
  keys_.reserve(terms.size());
  for (std::size_t at = 0; at < terms.size(); ++at) {
    const auto& term = terms[at];
    const bool counts = !is_function_word(term.text) && !std::ranges::binary_search(circumstances_, term.text);
    const auto with_term = at < rarity.tickets_with.size() ? rarity.tickets_with[at] : 0;
    const double weight = counts ? weight_of(rarity.tickets, with_term) : 0;
    weights_.push_back(weight);
    keys_.push_back(index::packed_word(term.text));
    if (term.title == 0) continue;
    title_weight_ += weight;
    title_square_ += weight * weight;
  }
  weigh_for_query(rarity);
}

// In the order in which find_candidates() looks for them, and no more of them than it does.
void Newer::weigh_for_query(const Rarity& rarity) {
  const auto& terms = side_.terms.terms;
  query_weights_.resize(terms.size());
  for (std::size_t at = 0; at < std::min(terms.size(), rarity.tickets_with.size()); ++at) {
    const auto with_term = rarity.tickets_with[at];
    if (with_term == 0) continue;
    query_weights_[at] =
        query_weight(terms[at].title, terms[at].body) * index::inverse_frequency(rarity.tickets, with_term);
  }
  if (query_weights_.size() <= most_query_terms) return;
  auto sorted = query_weights_;
  std::ranges::nth_element(sorted, sorted.begin() + most_query_terms, std::ranges::greater{});
  for (auto& weight : query_weights_) {
    if (weight <= sorted[most_query_terms]) weight = 0;
  }
}

namespace {

// Both walk the terms of an older ticket in order.
class UnpackedWalk {
 public:
  explicit UnpackedWalk(const index::TextTerms& terms) : terms_(terms.terms) {}
  bool next() { return ++at_ <= terms_.size(); }
  std::string_view text() const { return term().text; }
  std::uint64_t beginning() const { return index::packed_word(term().text); }
  unsigned title() const { return term().title; }
  unsigned body() const { return term().body; }

 private:
  const Term& term() const { return terms_[at_ - 1]; }
  std::span<const Term> terms_;
  std::size_t at_ = 0;
};

}  // namespace

template <class Walk>
Comparison Newer::compare_each(Walk older, index::LengthNorms norms) const {
  Comparison comparison;
  double new_covered = 0;
  double old_title = 0;
  double old_covered = 0;
  double new_in_body = 0;
  double old_in_body = 0;
  double text_product = 0;
  double old_text_square = 0;
  double rarest = 0;
  const auto& ours = side_.terms.terms;
  std::size_t mine = 0;
  while (older.next()) {
    const auto key = older.beginning();
    while (mine < ours.size() && (keys_[mine] < key || (keys_[mine] == key && ours[mine].text < older.text()))) ++mine;
    const bool shared = mine < ours.size() && keys_[mine] == key && ours[mine].text == older.text();
    if (!shared && is_function_word(older.text())) continue;
    const double weight = shared ? weights_[mine] : usual_weight_;
    const double in_text = text_weight(older.title(), older.body());
    if (older.title() > 0) old_title += weight;
    old_text_square += weight * in_text * in_text;
    if (!shared) continue;
    if (query_weights_[mine] > 0)
      comparison.shared += query_weights_[mine] * indexed_weight(older.title(), older.body(), norms);
    rarest = std::max(rarest, weight);
    if (older.title() > 0) {
      old_covered += weight;
      if (ours[mine].body > 0) old_in_body += weight;
    }
    if (ours[mine].title == 0) continue;
    new_covered += weight * weight;
    if (older.title() == 0) new_in_body += weight * weight;
    text_product += weight * in_text;
  }
  auto& features = comparison.features;
  features.new_title_in_old = share(new_covered, title_square_);
  features.old_title_in_new = share(old_covered, old_title);
  features.new_title_in_old_body = share(new_in_body, title_square_);
  features.old_title_in_new_body = share(old_in_body, old_title);
  features.title_in_text = cosine(text_product, title_weight_, old_text_square);
  features.rarest_shared = share(rarest, greatest_weight_);
  return comparison;
}

Comparison Newer::compare(const Side& older) const {
  auto comparison = compare_each(UnpackedWalk(older.terms), older.norms);
  compare_rest(older, comparison.features);
  return comparison;
}

Comparison Newer::compare_terms(index::PackedTerms older) const {
  return compare_each(older, older.norms());
}

void Newer::compare_rest(const Side& older, FeatureVector& features) const {
  features.title_letters = runs_.cosine(older.title);
  features.other_category = other(side_.category, older.category);
  const double days = days_between(older.filed, side_.filed);
  features.age = std::log1p(days);
  if (older.finished) features.finished_for = std::log1p(days_between(*older.finished, side_.filed));
  features.merged_before = std::log1p(double(older.merged_before));
  features.same_office = same(side_.office, older.office);
  features.other_office = other(side_.office, older.office);
  features.same_server = same(side_.server, older.server);
  features.other_server = other(side_.server, older.server);
  if (features.same_office + features.same_server > 0) {
    features.same_reporter = same(side_.reporter, older.reporter);
    features.same_hour = 1 / (1 + 24 * days);
  } else if (features.title_letters < spelt_alike) {
    features.same_reporter_elsewhere = same(side_.reporter, older.reporter) / (1 + days);
  }
}

}  // namespace gilir::duplicate
