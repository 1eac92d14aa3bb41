// What a change leaves to do for the index of texts (core/index), in transactions of its own after the commit.
#pragma once

namespace gilir {

enum class IndexUpkeep {
  none,
  some,   // a step of what is due
  whole,  // all of it, however long it takes
};

}  // namespace gilir
