#include "core/duplicate/typing_errors.h"

#include <algorithm>
#include <utility>

namespace gilir::duplicate {
namespace {

constexpr std::size_t shortest_forgiven = 3;
constexpr std::size_t shortest_substituted = 4;

}  // namespace

bool one_typing_error_apart(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (one.size() < shortest_forgiven || other.size() - one.size() > 1 || one.front() != other.front()) return false;
  const auto differs = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const auto one_rest = one.substr(differs);
  const auto other_rest = other.substr(differs);
  if (one.size() != other.size()) return one_rest == other_rest.substr(1);
  if (one_rest.empty()) return true;
  if (one_rest.substr(1) == other_rest.substr(1)) return one.size() >= shortest_substituted;
  return one_rest.size() >= 2 && one_rest[0] == other_rest[1] && one_rest[1] == other_rest[0] &&
         one_rest.substr(2) == other_rest.substr(2);
}

}  // namespace gilir::duplicate
