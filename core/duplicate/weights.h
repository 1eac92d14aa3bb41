// What each feature (features.h) adds to the log-odds that one ticket repeats another.
//
// Fitted by tests/bench/lookalikes/fit.py on what features.py writes of two sets: a tracker in English whose developers
// marked duplicates (tidev, 693 queries), and informal beside formal wordings of Indonesian customers (id-stif, 1,250
// queries, which count for 0.3 of the tracker's). For each query, the true duplicate is to be the most likely of its
// candidates (listwise softmax); no weight may have the sign that makes no sense. All of it is then scaled, and the
// bias found, so that the best candidate's score is its probability of being a duplicate on the tracker, where one
// ticket in twenty is one (Platt, 1999); and made a tenth flatter, as the highest scores were too high.
//
// Set by hand: `new_title_in_old`, which the shares beneath it tell better (0 by the fit); as trackers do not know
// them, who reported it, where, and about which server. Whoever sends the same again does so from the same place within
// minutes; somebody at another server means another machine. `merged_before` ranks the tracker no better and a set in
// which nothing is repeated twice a little worse at more than 0.3. Finds at the first place, of five and of ten: tidev
// .51, .73, .81 (each quarter of the time by what was fitted on the others: .50, .73, .80), id-stif .86, .97, .98.
#pragma once

#include "core/duplicate/features.h"

namespace gilir::duplicate {

inline constexpr FeatureVector weights{
    .new_title_in_old = 0.1,
    .old_title_in_new = 1.03,
    .new_title_in_old_body = 0.74,
    .old_title_in_new_body = 1.07,
    .title_letters = 1.31,
    .title_in_text = 2.22,
    .rarest_shared = 1.05,
    .relative = 1.42,
    .other_category = -0.68,
    .age = -0.19,
    .finished_for = -0.28,
    .merged_before = 0.25,
    .same_office = 1.2,
    .other_office = -1.2,
    .same_server = 0.5,
    .other_server = -1.0,
    .same_reporter = 0.65,
    .same_hour = 3.0,
    .same_reporter_elsewhere = -0.96,
};

inline constexpr double bias = -7.57;

// Added by judge() (verdict.h), which alone reads the titles word by word and how much the bodies share (said.h).
// Fitted on the tracker's best candidates with the score as it was, then made plainer by hand; what they name is worth
// more on a help desk than between developers.
struct SaidWeights {
  double each_alone = -0.9;        // each title has a word that the other ticket lacks
  double other_things_named = -4;  // and so with numbers and identifiers
  double shared_identifier = 0.5;
  double bodies_share = 1.3;
  double bias = -0.6;
};
inline constexpr SaidWeights said_weights{};

// Of the log-odds that the same person tells the same trouble again in other words. Fitted on half A of the made-up
// help desk (tests/bench/lookalikes/help_desk; reports of one person about one place within a day), for which the words
// of matters.cpp were written without sight of either half.
struct ToldAgainWeights {
  double score = 0.66;  // of judge()'s log-odds
  double shared_matters = 4.3;
  double other_category = -2.5;
  double bias = 1.0;
};
inline constexpr ToldAgainWeights told_again_weights{};

}  // namespace gilir::duplicate
