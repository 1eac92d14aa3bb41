// How likely it is that one ticket repeats another, from their features (features.h) and weights (weights.h). Pure.
#pragma once

#include <string_view>
#include <vector>

#include "core/duplicate/features.h"

namespace gilir::duplicate {

// A probability, calibrated on a tracker where about one new ticket in twenty repeats one: see weights.h.
double score(const FeatureVector& features);
// The same as log-odds: ranks alike, and stays apart where probabilities are all near 0 or 1.
double log_odds(const FeatureVector& features);

// What one feature adds to or takes from the score, in log-odds against a pair about which nothing is known.
struct Contribution {
  std::string_view feature;  // the member's name
  double value = 0;
  double log_odds = 0;
};
// All that count, greatest first.
std::vector<Contribution> contributions(const FeatureVector& features);

}  // namespace gilir::duplicate
