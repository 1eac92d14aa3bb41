// desk.repair: an admin vouches for what a desk cannot know by itself: that this machine carries it from now on, though
// the desk says that its start is over (it was copied away and back), or that the machine's wall clock is right. Or the
// index of texts is made anew from the tickets.
#pragma once

#include <cstdint>

#include "core/operations/operation.h"

namespace gilir {

// What there was to repair.
struct DeskRepaired {
  bool machine = false;
  bool clock = false;
  bool index = false;
  // By how much the desk's time was put right.
  std::int64_t moved_s = 0;
};
BOOST_DESCRIBE_STRUCT(DeskRepaired, (), (machine, clock, index, moved_s))

struct RepairDesk {
  bool machine = false;
  bool clock = false;
  bool index = false;

  using Result = DeskRepaired;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(RepairDesk, (), (machine, clock, index))

}  // namespace gilir
