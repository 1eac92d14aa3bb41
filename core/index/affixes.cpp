#include "core/index/affixes.h"

#include <algorithm>
#include <array>

#include "core/index/english_endings.h"

namespace gilir::index {
namespace {

constexpr std::size_t shortest_stem = 4;

bool starts_with_one_of(std::string_view text, std::string_view letters) {
  return !text.empty() && letters.find(text.front()) != std::string_view::npos;
}

// What stays of a word without its prefix, when the stem still begins with the letter that it began with.
struct Prefix {
  std::string_view written;
  std::string_view next;  // the stem begins with one of these; empty: with any letter
  std::string_view put_back;
  std::size_t shortest;
};

constexpr auto prefixes = std::to_array<Prefix>({
    {"di", "", "", 4},
    {"ter", "", "", 4},
    {"ber", "", "", 4},
    {"meny", "aeiou", "s", 4},
    {"men", "cdj", "", 4},
    {"men", "aeiou", "t", 5},
    {"mem", "bf", "", 4},
    {"meng", "gh", "", 4},
    {"me", "lrw", "", 5},
});

// Nouns of doing, which also end in -an: pencetakan, pembayaran, pendaftaran, penggantian, kerusakan.
constexpr auto noun_prefixes = std::to_array<Prefix>({
    {"peny", "aeiou", "s", 4},
    {"pen", "cdj", "", 4},
    {"pem", "bf", "", 4},
    {"peng", "gh", "", 4},
    {"ke", "", "", 4},
    {"per", "", "", 4},
});

bool take_prefix(std::string& word, const Prefix& prefix) {
  // Most words begin with no prefix's letter.
  if (word.front() != prefix.written.front() || !word.starts_with(prefix.written)) return false;
  const auto stem = std::string_view(word).substr(prefix.written.size());
  if (stem.size() + prefix.put_back.size() < prefix.shortest) return false;
  if (!prefix.next.empty() && !starts_with_one_of(stem, prefix.next)) return false;
  word = std::string(prefix.put_back) + std::string(stem);
  return true;
}

bool take_suffix(std::string& word, std::string_view suffix, std::size_t shortest = shortest_stem) {
  if (word.back() != suffix.back() || !word.ends_with(suffix) || word.size() - suffix.size() < shortest) return false;
  word.resize(word.size() - suffix.size());
  return true;
}

// The Indonesian ones; false when the word has none of them.
bool take_indonesian_affixes(std::string& word) {
  if (!take_suffix(word, "nya")) take_suffix(word, "lah");
  const auto taken = [&](const Prefix& prefix) { return take_prefix(word, prefix); };
  if (word.ends_with("an")) {
    const auto leaves_a_stem = [&](const Prefix& prefix) {
      return word.size() >= prefix.written.size() + shortest_stem + 2 && taken(prefix);
    };
    if (std::ranges::any_of(noun_prefixes, leaves_a_stem)) return take_suffix(word, "an");
  }
  if (std::ranges::any_of(prefixes, taken)) {
    take_suffix(word, "kan");
    return true;
  }
  return take_suffix(word, "an", 5);
}

}  // namespace

std::string without_affixes(std::string_view written) {
  std::string word(written);
  if (word.size() < 3) return word;
  if (word.size() > shortest_stem) take_indonesian_affixes(word);
  // In any case, so that all forms of an English word that begins like an Indonesian prefix end alike.
  take_english_endings(word);
  return word;
}

LetterPairs prefix_beginnings() {
  LetterPairs pairs;
  for (const auto& prefix : prefixes) pairs.set(*letter_pair(prefix.written));
  for (const auto& prefix : noun_prefixes) pairs.set(*letter_pair(prefix.written));
  return pairs;
}

}  // namespace gilir::index
