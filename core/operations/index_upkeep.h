// What a change leaves to do for the index of texts (core/index), in transactions of its own after the commit.
#pragma once

namespace gilir {

enum class IndexUpkeep {
  none,
  some,   // a step of what is due
  whole,  // all of it, however long it takes
  anew,   // the same, and where the index cannot be taken apart it is thrown away
};

}  // namespace gilir
