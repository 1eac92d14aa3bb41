#include "core/duplicate/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/duplicate/matters.h"
#include "core/duplicate/said.h"
#include "core/duplicate/score.h"
#include "core/duplicate/weights.h"

namespace gilir::duplicate {
namespace {

constexpr double enough_with_identifier = 0.3;
constexpr double enough_of_titles = 0.4;
constexpr double enough_of_bodies = 0.3;
constexpr std::size_t telling_words = 3;
// ln(1 + days), as features have it.
constexpr double within_a_quarter_of_an_hour = 0.01037;
constexpr double within_an_hour = 0.0409;
constexpr double within_a_day = 0.6932;
constexpr double within_a_month = 3.434;

constexpr double worth_saying = 0.3;
constexpr auto worth_saying_apart = std::chrono::days{30};

double log_odds(const Said& said) {
  const auto& w = said_weights;
  return w.bias + w.bodies_share * said.bodies_share + (said.newer_alone && said.older_alone ? w.each_alone : 0) +
         (said.other_things_named ? w.other_things_named : 0) +
         (said.shared_identifier.empty() ? 0 : w.shared_identifier);
}

// "Printer rusak" is said of many printers.
bool tells_enough(const Said& said, const FeatureVector& features) {
  if (said.shared >= telling_words || !said.shared_identifier.empty() || features.same_reporter > 0) return true;
  return features.same_office > 0 && features.age <= within_an_hour;
}

// A ticket that lists many troubles in its body is none of them.
bool is_strong(const Said& said, const FeatureVector& features) {
  const bool have_words = said.newer > 0 && said.older > 0;
  const bool titles_differ = (said.newer_alone && said.older_alone) || said.other_things_named ||
                             (have_words && said.share < enough_of_titles);
  const bool bodies_differ = said.bodies_differ && said.shared < telling_words && said.shared_identifier.empty();
  return !titles_differ && !bodies_differ && features.other_server == 0 && features.finished_for <= within_a_day &&
         tells_enough(said, features);
}

// What the titles alone are about.
struct TitleMatters {
  explicit TitleMatters(const index::TextTerms& newer, const index::TextTerms& older) {
    const auto ours = matters_of(newer, Part::title);
    const auto theirs = matters_of(older, Part::title);
    share = (ours & theirs).any();
    differ = !share && ours.any() && theirs.any();
  }
  bool share = false;
  bool differ = false;
};

// Under titles about different things, what one person's bodies share is a signature or a form.
bool is_form(const Said& said, const TitleMatters& titles, const FeatureVector& features) {
  return features.same_reporter > 0 && titles.differ && said.bodies_share >= enough_of_bodies;
}

bool is_likely(const Said& said, const TitleMatters& titles, const FeatureVector& features) {
  if (features.finished_for > within_a_month || said.other_of_a_kind || is_form(said, titles, features)) return false;
  // Two tickets of one place and hour that have nothing but that in common are two troubles.
  const bool bodies_alike = features.same_reporter == 0 && said.bodies_share >= enough_of_bodies;
  const bool something = said.shared_words > 0 || said.newer == 0 || said.older == 0 || titles.share || bodies_alike;
  if (said.shared_identifier.empty()) return something && features.other_server == 0;
  const bool same_days_reporter = features.same_reporter > 0 && features.age <= within_a_day;
  return same_days_reporter || said.share >= enough_with_identifier;
}

// The same person says the same about the same place within a day, but for typing errors, of which the score knows
// nothing.
bool is_repeated(const Said& said, const FeatureVector& features) {
  return features.same_reporter > 0 && features.age <= within_a_day && said.newer > 1 && said.older > 1 &&
         !said.newer_alone && !said.older_alone && !said.bodies_differ;
}

Strength strength_of(double probability, const Said& said, const TitleMatters& titles, const FeatureVector& features) {
  const bool says_nothing = said.newer == 0 && said.older == 0;
  if (probability < weak_from || (says_nothing && features.same_reporter == 0)) return Strength::none;
  const bool enough = probability >= strong_from || is_repeated(said, features);
  if (enough && is_strong(said, features)) return Strength::strong;
  if (probability >= likely_from && is_likely(said, titles, features)) return Strength::likely;
  return Strength::weak;
}

// The same person within reach of the same place, about something open; and nothing that is named is another.
bool may_be_told_again(const Said& said, const FeatureVector& features) {
  return features.same_reporter > 0 && features.other_server == 0 && features.finished_for == 0 &&
         !said.other_things_named;
}

bool is_told_again(double log_odds, double shared_matters, const FeatureVector& features) {
  const auto& w = told_again_weights;
  const double other_category = features.other_category > 0 ? w.other_category : 0;
  const double odds = w.bias + w.score * log_odds + w.shared_matters * shared_matters + other_category;
  return probability_of(odds) >= told_again_from;
}

std::int64_t percent(double share) {
  return std::llround(share * 100);
}

struct Spelt {
  double log_odds = 0;
  Reason reason;
};

// What counts most first.
std::vector<Reason> reasons_for(const Newer& newer, const Side& older, const Said& said,
                                const FeatureVector& features) {
  std::vector<Spelt> spelt;
  const auto add = [&](bool holds, double log_odds, ReasonKind kind, std::int64_t value = 0, std::string term = {}) {
    if (holds) spelt.push_back({log_odds, {kind, std::move(term), value}});
  };
  const auto& f = features;
  const auto& w = weights;
  add(f.same_reporter > 0, w.same_reporter, ReasonKind::same_reporter);
  add(f.same_office > 0, w.same_office, ReasonKind::same_office);
  add(f.same_server > 0, w.same_server, ReasonKind::same_server);
  // A plain word is worth naming only where the share of words does not already say it all.
  const double rarity = w.rarest_shared * f.rarest_shared;
  if (!said.shared_identifier.empty())
    add(true, rarity, ReasonKind::shares_term, 0, said.shared_identifier);
  else
    add(!said.shared_word.empty() && said.share < 0.5, rarity, ReasonKind::shares_term, 0, said.shared_word);
  add(said.share >= worth_saying,
      w.new_title_in_old * f.new_title_in_old + w.old_title_in_new * f.old_title_in_new +
          w.title_in_text * f.title_in_text,
      ReasonKind::title_words, percent(said.share));
  add(f.title_letters >= 0.5 && f.title_letters > said.share + 0.1, w.title_letters * f.title_letters,
      ReasonKind::title_similar, percent(f.title_letters));
  add(said.bodies_share >= worth_saying, said_weights.bodies_share * said.bodies_share, ReasonKind::body_similar,
      percent(said.bodies_share));
  add(older.merged_before > 0, w.merged_before * f.merged_before, ReasonKind::asked_before,
      static_cast<std::int64_t>(older.merged_before));
  const auto apart =
      newer.side().filed > older.filed ? newer.side().filed - older.filed : older.filed - newer.side().filed;
  add(apart <= worth_saying_apart, w.same_hour * f.same_hour, ReasonKind::filed_apart,
      std::chrono::floor<Seconds>(apart).count());
  std::ranges::stable_sort(spelt, std::ranges::greater{}, &Spelt::log_odds);
  std::vector<Reason> reasons;
  for (auto& one : spelt) reasons.push_back(std::move(one.reason));
  return reasons;
}

std::string in_english(Seconds span) {
  const auto count = span.count();
  if (count < 60) return fmt::format("{} s", count);
  if (count < 3600) return fmt::format("{} min", count / 60);
  if (count < 48 * 3600) return fmt::format("{} h", count / 3600);
  return fmt::format("{} days", count / 86400);
}

}  // namespace

bool may_be_asked_about(const FeatureVector& features) {
  constexpr double most_said = said_weights.bias + said_weights.bodies_share + said_weights.shared_identifier;
  constexpr double rounding = 1e-6;
  const double most = probability_of(log_odds(features) + most_said + rounding);
  const bool may_be_repeated = features.same_reporter > 0 && features.age <= within_a_day;
  return most >= (may_be_repeated ? weak_from : likely_from);
}

Verdict judge(const Newer& newer, const Side& older, const FeatureVector& features) {
  auto said = compare_said(newer, older);
  // Of one office, another room is another thing; elsewhere "room" and "desk" mean all kinds of things.
  const bool of_one_place = features.same_office > 0 || features.same_server > 0;
  said.other_things_named = said.other_things_named || (said.other_places_named && of_one_place);
  const double odds = log_odds(features) + log_odds(said);
  const double probability = probability_of(odds);
  const TitleMatters titles(newer.side().terms, older.terms);
  Verdict verdict{.strength = strength_of(probability, said, titles, features),
                  .score = std::round(probability * 100) / 100,
                  .because = reasons_for(newer, older, said, features)};
  if (!may_be_told_again(said, features)) return verdict;
  // Whoever reports a place twice in so short a time means one trouble, whatever the words.
  const bool in_one_breath =
      features.age <= within_a_quarter_of_an_hour && features.other_category == 0 && probability >= likely_from;
  const auto ours = matters_of(newer.side().terms);
  const auto theirs = matters_of(older.terms);
  const double shared = shared_matters(ours, theirs);
  // Whoever speaks of nothing that the other speaks of means something else.
  const bool others = ours.any() && theirs.any() && shared == 0;
  verdict.told_again =
      !is_form(said, titles, features) && (in_one_breath || (!others && is_told_again(odds, shared, features)));
  if (verdict.told_again && verdict.strength != Strength::strong && shared >= worth_saying)
    verdict.because.push_back({ReasonKind::same_matters, {}, percent(shared)});
  return verdict;
}

std::string in_english(const Reason& reason) {
  switch (reason.kind) {
    case ReasonKind::same_reporter:
      return "same reporter";
    case ReasonKind::same_office:
      return "same office";
    case ReasonKind::same_server:
      return "same server";
    case ReasonKind::same_category:
      return "same category";
    case ReasonKind::shares_term:
      return "shares " + reason.term;
    case ReasonKind::title_words:
      return fmt::format("{}% of title words", reason.value);
    case ReasonKind::title_similar:
      return fmt::format("titles spelt {}% alike", reason.value);
    case ReasonKind::body_similar:
      return fmt::format("bodies {}% alike", reason.value);
    case ReasonKind::same_matters:
      return fmt::format("{}% about the same", reason.value);
    case ReasonKind::filed_apart:
      return "filed " + in_english(Seconds{reason.value}) + " apart";
    case ReasonKind::asked_before:
      return fmt::format("{} merged into it", reason.value);
    case ReasonKind::through_part:
      return fmt::format("through part #{}", reason.value);
  }
  return {};
}

}  // namespace gilir::duplicate
