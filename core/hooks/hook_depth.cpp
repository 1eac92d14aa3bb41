#include "core/hooks/hook_depth.h"

#include <algorithm>
#include <charconv>

namespace gilir {

int hook_depth_from(std::string_view text) {
  if (text.empty()) return 0;
  int depth = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), depth);
  // Whoever says something that is no number stands in a hook all the same.
  if (problem != std::errc{} || end != text.data() + text.size()) return most_hook_depth;
  return std::clamp(depth, 0, most_hook_depth);
}

void store_hook_depth(store::Connection& connection, EventNumber first, EventNumber last, int depth) {
  connection.run("INSERT INTO hook_depth (first, last, depth) VALUES ($1, $2, $3)", first, last, depth);
}

int hook_depth_of(store::Connection& connection, EventNumber event) {
  return connection.first<int>("SELECT depth FROM hook_depth WHERE first <= $1 AND last >= $1", event).value_or(0);
}

void forget_hook_depths(store::Connection& connection, EventNumber delivered) {
  connection.run("DELETE FROM hook_depth WHERE last <= $1", delivered);
}

void store_hook_end(store::Connection& connection, EventNumber event) {
  connection.run("UPDATE hook_cursor SET ended = $1", event);
}

}  // namespace gilir
