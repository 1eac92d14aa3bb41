#include "core/index/near_term.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/index/snapshot.h"

namespace gilir::index {
namespace {

constexpr std::size_t shortest_guessed = 4;
constexpr std::size_t longest_guessed = 20;

bool is_guessed(const std::string& term) {
  return term.size() >= shortest_guessed && term.size() <= longest_guessed &&
         std::ranges::all_of(term, [](char c) { return c >= 'a' && c <= 'z'; });
}

// Sorted and distinct.
std::vector<std::string> one_error_away(const std::string& term) {
  std::vector<std::string> found;
  for (std::size_t at = 1; at <= term.size(); ++at) {
    for (char letter = 'a'; letter <= 'z'; ++letter) {
      found.push_back(term.substr(0, at) + letter + term.substr(at));
      if (at < term.size()) found.push_back(term.substr(0, at) + letter + term.substr(at + 1));
    }
    if (at == term.size()) break;
    found.push_back(term.substr(0, at) + term.substr(at + 1));
    auto changed = term;
    if (at + 1 < term.size()) std::swap(changed[at], changed[at + 1]);
    found.push_back(std::move(changed));
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase(found, term);
  return found;
}

}  // namespace

std::optional<std::string> near_term(store::Connection& connection, const std::string& term, bool notes) {
  if (!is_guessed(term)) return std::nullopt;
  const auto near = one_error_away(term);
  std::vector<std::int64_t> texts(near.size());
  Snapshot snapshot(connection);
  auto lists = std::vector{List::tickets, List::replies};
  if (notes) lists.push_back(List::notes);
  for (const auto list : lists) {
    for (std::size_t i = 0; i < near.size(); ++i) texts[i] += snapshot.merged_with(list, near[i]);
    for (const auto& one : snapshot.waiting(near, list)) ++texts[one.term];
  }
  const auto most = std::ranges::max_element(texts);
  if (*most <= 0) return std::nullopt;
  return near[static_cast<std::size_t>(most - texts.begin())];
}

}  // namespace gilir::index
