// Whether the index of texts (core/index) is what the desk's tickets and what was said about them make it.
#pragma once

#include <string>

#include "core/operations/context.h"

namespace gilir {

struct IndexLook {
  std::int64_t tickets = 0;  // that should be in it
  std::int64_t seen = 0;     // of those, so many were looked up
  std::string fault;         // the first, in English; "" when there is none
};

// With `deep` every text is compared with what is kept of it and every posting with its text; else the counts, and the
// texts of some tickets, the newest and others spread over all. Memory is bounded: see index::verify(). Of an index
// that is being built only what is there already.
IndexLook look_at_index(Context& context, bool deep);

}  // namespace gilir
