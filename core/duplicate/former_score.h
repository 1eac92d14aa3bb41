// How two tickets compare, as numbers; verdict.h says what they amount to. Pure; never throws but bad_alloc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/duplicate/former_features.h"

namespace gilir::duplicate {

// In how many of the desk's tickets each term stands. A term that is not listed weighs as one in a hundred
// does, so listing the newer ticket's terms is enough.
struct TermFrequencies {
  std::int64_t tickets = 0;
  std::unordered_map<std::string, std::int64_t> tickets_with;

  // Inverse document frequency (Spärck Jones, 1972), smoothed so that on a desk with few tickets all terms
  // weigh about the same; always positive.
  double weight(const std::string& term) const;
  // Stands in five tickets or fewer, or in at most one of a thousand. False when it is not listed.
  bool is_rare(const std::string& term) const;
};

struct SharedTerm {
  std::string written;
  bool identifier = false;
  bool rare = false;
};

// Shares run from 0 to 1. Words are content words: circumstances (see Features) are left out on both sides.
struct Comparison {
  bool same_reporter = false;  // and not of different offices: names repeat
  bool same_office = false;
  bool same_server = false;
  bool same_category = false;
  bool other_office = false;  // both known, and different
  bool other_server = false;

  // Titles equal but for case and punctuation, and so are the bodies, or one of them is empty.
  bool same_text = false;
  // Each title names a number or identifier that the other ticket does not have: "loket 2" and "loket 5".
  bool other_things_named = false;

  // The share of each title's words that the other title has, weighted by rarity. One typing error in a
  // word of five letters or more is forgiven.
  double newer_covered = 0;
  double older_covered = 0;
  std::size_t shared_words = 0;
  double title_words = 0;       // the shared share of both titles' words, unweighted (Dice, 1945)
  double title_similarity = 0;  // cosine of the titles' 4-grams
  // Cosine of the bodies' weighted words; empty unless both have five words or more.
  std::optional<double> body_similarity;
  // The rarest term that both tickets have, an identifier before any other word (which must then stand in
  // both titles).
  std::optional<SharedTerm> rarest_shared;

  Seconds apart{};  // between the filings, never negative
  bool older_open = true;
};

Comparison compare(const Features& newer, const Features& older, const TermFrequencies& frequencies);

}  // namespace gilir::duplicate
