// How likely it is that one ticket repeats another, from their features (features.h) and weights (weights.h). Pure.
#pragma once

#include "core/duplicate/features.h"

namespace gilir::duplicate {

// A probability, calibrated on a tracker where about one new ticket in twenty repeats one: see weights.h.
double score(const FeatureVector& features);
// The same as log-odds: ranks alike, and stays apart where probabilities are all near 0 or 1.
double log_odds(const FeatureVector& features);
double probability_of(double log_odds);

}  // namespace gilir::duplicate
