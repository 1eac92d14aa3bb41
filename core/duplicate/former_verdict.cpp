#include "core/duplicate/former_verdict.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>

namespace gilir::duplicate::former {
namespace {

using std::chrono::days;
using std::chrono::hours;

// The numbers of the rules in the header.
constexpr double covered_in_full = 0.999;
constexpr double covered_well = 0.75;
constexpr double covered_by_longer = 0.60;
constexpr double enough_with_identifier = 0.40;
constexpr double half = 0.50;
constexpr double spelt_alike = 0.65;
constexpr double bodies_unlike = 0.15;
constexpr std::size_t telling_words = 3;

bool has_rare_identifier(const Comparison& c) {
  return c.rarest_shared && c.rarest_shared->identifier && c.rarest_shared->rare;
}

bool is_near_in_context(const Comparison& c) {
  return c.same_reporter || c.same_office || c.same_server;
}

// Rule 1a and 1b: the one title says what the other says.
bool says_the_same(const Comparison& c) {
  if (c.same_text) return true;
  const auto [less, more] = std::minmax(c.newer_covered, c.older_covered);
  return c.shared_words >= 2 && more >= covered_in_full && less >= covered_by_longer;
}

bool has_strong_text(const Comparison& c) {
  if (says_the_same(c)) return true;
  const bool bodies_agree = c.body_similarity.value_or(0) >= half;
  if (std::min(c.newer_covered, c.older_covered) >= covered_well && c.shared_words >= telling_words && bodies_agree)
    return true;
  return has_rare_identifier(c) && c.title_words >= enough_with_identifier;
}

bool has_strong_context(const Comparison& c) {
  if (!is_near_in_context(c)) return false;
  if (c.shared_words >= telling_words || has_rare_identifier(c) || c.same_reporter) return true;
  return c.same_office && c.apart <= hours{1};
}

bool is_close_in_time(const Comparison& c) {
  return c.apart <= hours{24} || (c.older_open && c.apart <= days{7});
}

bool has_nothing_against(const Comparison& c) {
  return !c.other_server && !c.other_things_named && c.body_similarity.value_or(1) >= bodies_unlike;
}

bool is_strong(const Comparison& c) {
  return has_strong_text(c) && has_strong_context(c) && is_close_in_time(c) && has_nothing_against(c);
}

bool is_half_alike(const Comparison& c) {
  return c.title_words >= half || c.title_similarity >= spelt_alike;
}

bool is_likely(const Comparison& c) {
  const bool near_in_context = is_near_in_context(c);
  if (has_rare_identifier(c) && (near_in_context || c.apart <= hours{24})) return true;
  if (c.other_server) return false;
  if (near_in_context && has_strong_text(c) && c.apart <= days{30}) return true;
  if (near_in_context && is_half_alike(c) && c.apart <= days{7}) return true;
  if (c.same_office && c.same_server && c.shared_words >= 1 && c.apart <= hours{1}) return true;
  return says_the_same(c) && c.shared_words >= telling_words && c.apart <= hours{24};
}

bool is_weak(const Comparison& c) {
  if (has_rare_identifier(c)) return true;
  if ((c.title_words >= half && c.shared_words >= 2) || c.title_similarity >= spelt_alike) return true;
  if (!is_near_in_context(c)) return false;
  if (c.shared_words >= 1 && c.apart <= hours{24}) return true;
  if (c.body_similarity.value_or(0) >= half) return true;
  return c.same_server && (c.same_office || c.same_reporter) && c.apart <= hours{1};
}

Strength strength_of(const Comparison& c) {
  if (is_strong(c)) return Strength::strong;
  if (is_likely(c)) return Strength::likely;
  return is_weak(c) ? Strength::weak : Strength::none;
}

// 1 within a quarter of an hour, then 1/8 less for each doubling: half after four hours, nothing after 64.
double nearness(Seconds apart) {
  const double quarters = double(apart.count()) / 900.0;
  return quarters <= 1 ? 1 : std::max(0.0, 1 - std::log2(quarters) / 8);
}

bool names_something(const Features& features) {
  const auto names = [&](const Word& word) { return word.identifier && !contains(features.circumstances, word.term); };
  return std::ranges::any_of(features.title, names) || std::ranges::any_of(features.body, names);
}

// False only for what `judge` calls none: where the contexts are far apart and no identifier can be shared, the
// rules above look at nothing but the titles, and most candidates are of that kind. Reading their bodies would
// be most of the work.
bool may_look_alike(const Features& newer, bool newer_names_something, const Subject& older,
                    const TermFrequencies& frequencies) {
  if (newer_names_something) return true;
  const Subject titled{.title = older.title,
                       .reporter = older.reporter,
                       .office = older.office,
                       .server = older.server,
                       .category = older.category,
                       .filed = older.filed,
                       .open = older.open};
  const auto comparison = compare(newer, features_of(titled), frequencies);
  return is_near_in_context(comparison) || strength_of(comparison) != Strength::none;
}

double score_of(const Comparison& c) {
  const double titles = c.same_text ? 1 : std::max((c.newer_covered + c.older_covered) / 2, 0.9 * c.title_similarity);
  const double text = c.body_similarity ? 0.75 * titles + 0.25 * *c.body_similarity : titles;
  const double term = has_rare_identifier(c) ? 1 : text;
  const double context =
      std::min(1.0, 0.45 * c.same_server + 0.4 * c.same_reporter + 0.35 * c.same_office + 0.15 * c.same_category);
  const double score = 0.5 * text + 0.1 * term + 0.25 * context + 0.15 * nearness(c.apart);
  return std::round(score * 100) / 100;
}

std::int64_t percent(double share) {
  return std::llround(share * 100);
}

std::vector<Reason> reasons_for(const Comparison& c) {
  constexpr double worth_saying = 0.3;
  std::vector<Reason> because;
  const auto add = [&](bool holds, ReasonKind kind, std::int64_t value = 0, std::string term = {}) {
    if (holds) because.push_back({kind, std::move(term), value});
  };
  add(c.same_reporter, ReasonKind::same_reporter);
  add(c.same_office, ReasonKind::same_office);
  add(c.same_server, ReasonKind::same_server);
  add(c.same_category, ReasonKind::same_category);
  // A plain word is worth naming only where the share of words does not already say it all.
  const bool names_term = c.rarest_shared && (c.rarest_shared->identifier || c.title_words < half);
  if (names_term) add(true, ReasonKind::shares_term, 0, c.rarest_shared->written);
  add(c.title_words >= worth_saying, ReasonKind::title_words, percent(c.title_words));
  add(c.title_similarity >= half && c.title_similarity > c.title_words + 0.1, ReasonKind::title_similar,
      percent(c.title_similarity));
  add(c.body_similarity.value_or(0) >= worth_saying, ReasonKind::body_similar, percent(c.body_similarity.value_or(0)));
  add(c.apart <= days{30}, ReasonKind::filed_apart, c.apart.count());
  return because;
}

}  // namespace

Verdict judge(const Comparison& comparison) {
  const Strength strength = strength_of(comparison);
  if (strength == Strength::none) return {};
  return {strength, score_of(comparison), reasons_for(comparison)};
}

std::vector<Match> best_matches(const Subject& newer, const std::vector<Candidate>& candidates,
                                const TermFrequencies& frequencies, std::size_t most) {
  const auto newer_features = features_of(newer);
  const bool names = names_something(newer_features);
  std::vector<Match> matches;
  for (const auto& candidate : candidates) {
    if (!may_look_alike(newer_features, names, candidate.subject, frequencies)) continue;
    auto verdict = judge(compare(newer_features, features_of(candidate.subject), frequencies));
    if (verdict.strength != Strength::none) matches.push_back({candidate.number, std::move(verdict)});
  }
  std::ranges::sort(matches, [](const Match& one, const Match& other) {
    return std::tuple(one.verdict.strength, -one.verdict.score, -one.number.value) <
           std::tuple(other.verdict.strength, -other.verdict.score, -other.number.value);
  });
  if (matches.size() > most) matches.resize(most);
  return matches;
}

}  // namespace gilir::duplicate::former
