// How far the index of texts is while it is built: an older gilir had none, or it is made anew.
#pragma once

#include <cstdint>

#include "core/base/describe.h"

namespace gilir {

struct IndexProgress {
  std::int64_t indexed = 0;
  std::int64_t tickets = 0;
};
BOOST_DESCRIBE_STRUCT(IndexProgress, (), (indexed, tickets))

}  // namespace gilir
