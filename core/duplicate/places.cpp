#include "core/duplicate/places.h"

#include <algorithm>

#include "core/duplicate/matters.h"
#include "core/duplicate/numbered.h"
#include "core/duplicate/stop_words.h"
#include "core/duplicate/typing_errors.h"
#include "core/duplicate/word_set.h"
#include "core/index/place_words.h"

namespace gilir::duplicate {
namespace {

// Have their name before them as well.
constexpr WordSet english_places(std::to_array<std::string_view>({"counter", "desk", "floor", "hall", "lobby", "room",
                                                                  "section"}));

bool is_digits(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_name(std::string_view word) {
  return !word.empty() && !is_stop_word(word);
}

bool is_same(std::string_view name, std::string_view other) {
  if (const auto number = number_named(name); !number.empty() && number == number_named(other)) return true;
  return name == other || (!is_digits(name) && !is_digits(other) && one_typing_error_apart(name, other));
}

}  // namespace

std::vector<std::string_view> places_named(std::span<const std::string> words) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!index::is_place_word(words[at])) continue;
    // "loket macet" names no place, and says what is wrong.
    if (at + 1 < words.size() && is_name(words[at + 1]) && troubles_of(words[at + 1]).none()) {
      names.emplace_back(words[at + 1]);
      if (at + 2 < words.size() && is_digits(words[at + 2])) names.emplace_back(words[at + 2]);
    }
    if (at > 0 && english_places.contains(words[at]) && is_name(words[at - 1])) names.emplace_back(words[at - 1]);
  }
  return names;
}

bool are_other_places(std::span<const std::string> words, std::span<const std::string> others) {
  const auto names = places_named(words);
  const auto other_names = places_named(others);
  if (names.empty() || other_names.empty()) return false;
  return std::ranges::none_of(names, [&](std::string_view name) {
    return std::ranges::any_of(other_names, [&](std::string_view other) { return is_same(name, other); });
  });
}

}  // namespace gilir::duplicate
