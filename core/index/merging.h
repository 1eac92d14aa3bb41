// Bringing rows that wait into the postings, in bounded steps.
//
// A merge takes the texts up to a number that is fixed when it begins and goes through their terms in order. Each step
// goes on where the one before ended; readers see nothing of a merge until its last step is done, because they pass
// over numbers behind `merged`. Whoever dies between two steps leaves the rest to the next one who comes.
//
// Rows and chunks that cannot be read are passed over, so that what waits cannot pile up behind one of them. Whoever
// compares the index with its texts finds them (index_check.h).
#pragma once

#include <memory>

#include "core/index/text_index.h"

namespace gilir::index {

// Of work; committing what it changed takes about as long again.
inline constexpr Milliseconds merge_step{25};
// What one merge takes at most: it is held in memory, some 10 MB.
inline constexpr std::int64_t most_merged = 4'000;

// Makes steps one after the other; it need not read again what waits as long as nobody else makes one in between.
class Merging {
 public:
  explicit Merging(store::Connection& connection);
  ~Merging();

  // One step, in the caller's write transaction; nothing when fewer than `waiting` texts wait and no merge is under
  // way. True when there is more to do, for which the gate should be left in between.
  bool step(Milliseconds budget = merge_step, std::int64_t waiting = merge_after);

 private:
  struct Work;
  store::Connection& connection_;
  std::unique_ptr<Work> work_;
};

// One step of a Merging that is forgotten.
bool step_merge(store::Connection& connection, Milliseconds budget = merge_step, std::int64_t waiting = merge_after);
// A look without changes: whether step_merge() would do anything.
bool wants_merge(store::Connection& connection, std::int64_t waiting = merge_after);

}  // namespace gilir::index
