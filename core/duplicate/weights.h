// What each feature (features.h) adds to the log-odds that one ticket repeats another.
//
// Fitted by tests/bench/lookalikes/fit.py on two sets of tests/bench/lookalikes: a tracker in English whose developers
// marked duplicates (tidev, 693 queries), and informal beside formal wordings of Indonesian customers (id-stif, 1,250
// queries, which count for 0.3 of the tracker's). For each query, the true duplicate is to be the most likely of its
// candidates (listwise softmax); no weight may have the sign that makes no sense. All of it is then scaled, and the
// bias found, so that the best candidate's score is its probability of being a duplicate on the tracker, where one
// ticket in twenty is one (Platt, 1999).
//
// Set by hand, as trackers do not know them: `merged_before`, which ranks the tracker a little better (.494 for .492)
// and a set in which nothing is repeated twice a little worse (.858 for .861); who reported it, where, and about which
// server. Whoever sends the same again does so from the same place within minutes; somebody at another server means
// another machine. Finds at the first place, of five and of ten: tidev .49, .73, .79 (each half by what was fitted on
// the other: .489, .724, .792), id-stif .86, .96, .98.
#pragma once

#include "core/duplicate/features.h"

namespace gilir::duplicate {

inline constexpr FeatureVector weights{
    .new_title_in_old = 0.11,
    .old_title_in_new = 1.36,
    .title_letters = 0.69,
    .title_in_text = 1.82,
    .rarest_shared = 0.71,
    .relative = 0.84,
    .other_category = -0.54,
    .age = -0.12,
    .finished_for = -0.21,
    .merged_before = 0.25,
    .same_office = 1.0,
    .other_office = -1.0,
    .same_server = 0.5,
    .other_server = -0.8,
    .same_reporter = 0.5,
    .same_hour = 2.5,
};

inline constexpr double bias = -6.59;

// Added by judge() (verdict.h), which alone reads the titles word by word and how much the bodies share (said.h).
// Fitted on the tracker's best candidates with the score as it is, then made plainer by hand; what they name is worth
// more on a help desk than between developers.
struct SaidWeights {
  double each_alone = -1.2;        // each title has a word that the other ticket lacks
  double other_things_named = -3;  // and so with numbers and identifiers
  double shared_identifier = 0.5;
  double bodies_share = 1.3;
  double bias = -0.3;
};
inline constexpr SaidWeights said_weights{};

}  // namespace gilir::duplicate
