// How far the index of texts is while it is not whole: it is built, as an older gilir had none or it is made anew, or
// it is damaged.
#pragma once

#include <cstdint>

#include "core/base/describe.h"

namespace gilir {

struct IndexProgress {
  std::int64_t indexed = 0;
  std::int64_t tickets = 0;
  // Something was stored without it. Building does not mend that; only making all of it anew does.
  bool damaged = false;
};
BOOST_DESCRIBE_STRUCT(IndexProgress, (), (indexed, tickets, damaged))

}  // namespace gilir
