#include <algorithm>

#include "core/base/text.h"

namespace gilir {
namespace {

// Optimal string alignment (Damerau 1964): insertions, deletions, substitutions, neighbouring swaps.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::vector<std::string> near_names(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.size() > max_name_bytes) return {};
  const std::string wanted = ascii_lower(name);
  // Half of the letters of a short one say nothing: "Kiki" is not "Siti".
  const std::size_t limit = name.size() < 5 ? 1 : std::max<std::size_t>(2, name.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& candidate : candidates) {
    if (candidate.size() > max_name_bytes) continue;
    const std::string lower = ascii_lower(candidate);
    const bool contains = wanted.size() >= 3 && lower.find(wanted) != std::string::npos;
    const std::size_t distance = contains ? 1 : edit_distance(wanted, lower);
    if (distance <= limit && distance < name.size()) near.emplace_back(distance, candidate);
  }
  std::ranges::sort(near);
  std::vector<std::string> names;
  for (auto& [distance, candidate] : near) {
    if (names.size() == 3) break;
    names.push_back(std::move(candidate));
  }
  return names;
}

}  // namespace gilir
