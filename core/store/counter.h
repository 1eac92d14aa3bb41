// The numbers that a desk gives out one after the other and never again.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/store/connection.h"

namespace gilir::store {

// For a desk that has lost one: Error{damaged}.
[[noreturn]] void refuse_counter();
// The next number of that counter ("ticket", "reporter"), which is given out with this. Error{damaged}.
std::int64_t next_number(Connection& connection, std::string_view counter);
// Error{damaged} unless both are there, with numbers that can go on.
void require_counters(Connection& connection);

}  // namespace gilir::store
