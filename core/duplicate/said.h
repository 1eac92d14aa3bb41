// What one ticket says that the other does not: the facts that a score cannot outvote. Words, below, are content words:
// no filler (stop_words.h) and no circumstances (features.h). Slang, drawn-out letters and affixes are no difference,
// see core/index/terms.h, and neither is one typing error: in a word of five letters or more, or in a shorter one when
// such errors are all that differs; numbers and identifiers are never taken for each other. Reads titles and stored
// terms only. Pure; never throws but bad_alloc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/duplicate/features.h"

namespace gilir::duplicate {

struct Said {
  std::size_t newer = 0;  // how many words each title has
  std::size_t older = 0;
  std::size_t shared = 0;        // how many of the newer title's words the older title has
  std::size_t shared_words = 0;  // of these, those that are no numbers
  double share = 0;              // the shared share of both titles' words (Dice, 1945)
  // The title has a word that the other ticket has nowhere.
  bool newer_alone = false;
  bool older_alone = false;
  // The share of both bodies' terms that the other body has; and whether both say something, and hardly the same.
  double bodies_share = 0;
  bool bodies_differ = false;
  // Each title has a number or identifier that the other ticket has nowhere; or they name others of a kind.
  bool other_things_named = false;
  // By number, both titles name things of one kind, and none is the same: "loket 2" and "loket 5" (numbered.h).
  bool other_of_a_kind = false;
  // Each title names places in an office, and none is the same: "loket 2" and "ruang rapat".
  bool other_places_named = false;
  // The rarest identifier that both tickets have and few others, and the rarest word of both titles; as the newer title
  // writes it, else as a term. Empty when there is none.
  std::string shared_identifier{};
  std::string shared_word{};
};

// A name of one particular thing: a word or compound with letters and digits (five bytes or more), a dotted address, or
// a number of six digits or more.
bool names_one_thing(std::string_view term);

Said compare_said(const Newer& newer, const Side& older);

}  // namespace gilir::duplicate
