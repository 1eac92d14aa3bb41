#include "core/duplicate/features.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/text.h"
#include "core/index/normal_form.h"

namespace gilir::duplicate {
namespace {

using index::Term;

constexpr std::size_t longest_title = 500;
constexpr std::size_t run_length = 4;

// So that on a desk with few tickets all terms weigh about the same.
constexpr double smoothing_tickets = 50;
constexpr double smoothing_frequency = 6;
constexpr double least_weight = 0.1;
// What a term that is not the newer ticket's weighs, of which how many tickets have it is not looked up: a share of the
// greatest weight. Measured: the true ones rank no better.
constexpr double usual_share = 0.6;

constexpr std::int64_t always_rare = 5;
constexpr std::int64_t rare_one_in = 1'000;

constexpr double title_counts = 5;
constexpr double saturation = 2;

double weight_of(std::int64_t tickets, std::int64_t with_term) {
  const double rarity = (double(tickets) + smoothing_tickets) / (double(with_term) + smoothing_frequency);
  return std::max(least_weight, std::log(std::max(1.0, rarity)));
}

double text_weight(const Term& term) {
  const double count = title_counts * term.title + term.body;
  return count / (saturation + count);
}

void add_runs(const auto& letters, std::vector<std::uint32_t>& runs) {
  if (letters.size() < run_length) return;
  runs.reserve(letters.size());
  for (std::size_t at = 0; at + run_length <= letters.size(); ++at) {
    std::uint32_t run = 0;
    for (std::size_t i = 0; i < run_length; ++i)
      run = (run * 0x0100'0193u) ^ static_cast<std::uint32_t>(letters[at + i]);
    runs.push_back(run);
  }
  std::ranges::sort(runs);
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

// The runs of four characters of a title: of its words, with one blank between them and at both ends. Sorted.
std::vector<std::uint32_t> letter_runs(std::string_view title) {
  const auto normal = index::normal_form(title.substr(0, longest_title));
  std::u32string letters = U" ";
  letters.reserve(normal.size() + 2);
  for (std::size_t at = 0; at < normal.size();) {
    const char32_t c = next_code_point(normal, at);
    if (index::is_word_character(c) || c == '_')
      letters += c;
    else if (letters.back() != ' ')
      letters += ' ';
  }
  if (letters.back() != ' ') letters += ' ';
  std::vector<std::uint32_t> runs;
  add_runs(letters, runs);
  return runs;
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
    : side_(side), circumstances_(std::move(circumstances)), runs_(letter_runs(side.title)) {
  greatest_weight_ = weight_of(rarity.tickets, 0);
  rare_weight_ = weight_of(rarity.tickets, std::max(always_rare, rarity.tickets / rare_one_in));
  usual_weight_ = usual_share * greatest_weight_;
  const auto& terms = side.terms.terms;
  weights_.reserve(terms.size());
  for (std::size_t at = 0; at < terms.size(); ++at) {
    const auto& term = terms[at];
    const bool counts = !std::ranges::binary_search(circumstances_, term.text);
    const auto with_term = at < rarity.tickets_with.size() ? rarity.tickets_with[at] : 0;
    const double weight = counts ? weight_of(rarity.tickets, with_term) : 0;
    weights_.push_back(weight);
    if (term.title > 0) title_square_ += weight * weight;
    text_square_ += weight * text_weight(term) * text_weight(term);
  }
}

void Newer::compare_terms(const Side& older, FeatureVector& features) const {
  double new_covered = 0;
  double old_title = 0;
  double old_covered = 0;
  double text_product = 0;
  double old_text_square = 0;
  double rarest = 0;
  const auto& ours = side_.terms.terms;
  std::size_t mine = 0;
  for (const auto& term : older.terms.terms) {
    while (mine < ours.size() && ours[mine].text < term.text) ++mine;
    const bool shared = mine < ours.size() && ours[mine].text == term.text;
    const double weight = shared ? weights_[mine] : usual_weight_;
    const double in_text = text_weight(term);
    if (term.title > 0) old_title += weight;
    old_text_square += weight * in_text * in_text;
    if (!shared) continue;
    rarest = std::max(rarest, weight);
    if (term.title > 0) old_covered += weight;
    if (ours[mine].title > 0) new_covered += weight * weight;
    text_product += weight * in_text * text_weight(ours[mine]);
  }
  features.new_title_in_old = share(new_covered, title_square_);
  features.old_title_in_new = share(old_covered, old_title);
  features.texts = cosine(text_product, text_square_, old_text_square);
  features.rarest_shared = share(rarest, greatest_weight_);
}

double Newer::title_letters(std::string_view older) const {
  const auto theirs = letter_runs(older);
  if (runs_.empty() || theirs.empty()) return 0;
  std::size_t shared = 0;
  auto mine = runs_.begin();
  for (const auto run : theirs) {
    while (mine != runs_.end() && *mine < run) ++mine;
    if (mine != runs_.end() && *mine == run) ++shared;
  }
  return double(shared) / std::sqrt(double(runs_.size()) * double(theirs.size()));
}

FeatureVector Newer::compare(const Side& older, double relative) const {
  FeatureVector features;
  compare_terms(older, features);
  features.title_letters = title_letters(older.title);
  features.relative = relative;
  features.other_category = other(side_.category, older.category);
  const double days = days_between(older.filed, side_.filed);
  features.age = std::log1p(days);
  if (older.finished) features.finished_for = std::log1p(days_between(*older.finished, side_.filed));
  features.merged_before = std::log1p(double(older.merged_before));
  features.same_reporter = same(side_.reporter, older.reporter);
  features.same_office = same(side_.office, older.office);
  features.same_server = same(side_.server, older.server);
  features.other_server = other(side_.server, older.server);
  const bool near = features.same_reporter + features.same_office + features.same_server > 0;
  if (near) features.same_hour = 1 / (1 + 24 * days);
  return features;
}

}  // namespace gilir::duplicate
