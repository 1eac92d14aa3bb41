#include "core/duplicate/score.h"

#include <cmath>

#include "core/duplicate/weights.h"

namespace gilir::duplicate {

double log_odds(const FeatureVector& features) {
  double sum = bias;
  for_each_member<FeatureVector>([&](std::string_view, auto member) { sum += features.*member * weights.*member; });
  return sum;
}

double probability_of(double log_odds) {
  return 1 / (1 + std::exp(-log_odds));
}

double score(const FeatureVector& features) {
  return probability_of(log_odds(features));
}

}  // namespace gilir::duplicate
