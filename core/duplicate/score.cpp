#include "core/duplicate/score.h"

#include <algorithm>
#include <cmath>

#include "core/duplicate/weights.h"

namespace gilir::duplicate {

double log_odds(const FeatureVector& features) {
  double sum = bias;
  for_each_member<FeatureVector>([&](std::string_view, auto member) { sum += features.*member * weights.*member; });
  return sum;
}

double score(const FeatureVector& features) {
  return 1 / (1 + std::exp(-log_odds(features)));
}

std::vector<Contribution> contributions(const FeatureVector& features) {
  std::vector<Contribution> found;
  for_each_member<FeatureVector>([&](std::string_view name, auto member) {
    const double value = features.*member;
    const double added = value * weights.*member;
    if (added != 0) found.push_back({name, value, added});
  });
  std::ranges::stable_sort(found, std::ranges::greater{}, &Contribution::log_odds);
  return found;
}

}  // namespace gilir::duplicate
