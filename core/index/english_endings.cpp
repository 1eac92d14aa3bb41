#include "core/index/english_endings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace gilir::index {
namespace {

bool is_consonant(std::string_view word, std::size_t at) {
  switch (word[at]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
      return false;
    case 'y':
      return at == 0 || !is_consonant(word, at - 1);
    default:
      return true;
  }
}

// How often a vowel is followed by a consonant: Porter's m.
std::size_t measure(std::string_view stem) {
  std::size_t count = 0;
  bool vowel = false;
  for (std::size_t at = 0; at < stem.size(); ++at) {
    // A 'y' behind a consonant is a vowel; asking back for each would go back through all of "yyyy".
    const bool consonant = stem[at] == 'y' ? at == 0 || vowel : is_consonant(stem, at);
    if (consonant && vowel) ++count;
    vowel = !consonant;
  }
  return count;
}

bool has_vowel(std::string_view stem) {
  return std::ranges::any_of(stem, [](char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; });
}

bool ends_doubled(std::string_view word) {
  return word.size() >= 2 && word.back() == word[word.size() - 2] && is_consonant(word, word.size() - 1);
}

// Consonant, vowel, consonant: "hop".
bool ends_short(std::string_view word) {
  const auto size = word.size();
  return size >= 3 && is_consonant(word, size - 3) && !is_consonant(word, size - 2) && is_consonant(word, size - 1) &&
         std::string_view("wxy").find(word.back()) == std::string_view::npos;
}

struct Ending {
  std::string_view written;
  std::string_view instead;
};

constexpr std::uint32_t letter_bit(char letter) {
  return 1u << (letter - 'a');
}

// Most words end in none of a list's last letters.
template <std::size_t count>
struct Endings {
  std::array<Ending, count> all;
  std::uint32_t last_letters = 0;

  explicit constexpr Endings(const std::array<Ending, count>& endings) : all(endings) {
    for (const auto& ending : all) last_letters |= letter_bit(ending.written.back());
  }
};

// The first of `endings` that the word has is replaced when m of what stands before is greater than `above`.
template <std::size_t count>
void replace_first(std::string& word, const Endings<count>& endings, std::size_t above) {
  if ((endings.last_letters & letter_bit(word.back())) == 0) return;
  for (const auto& ending : endings.all) {
    if (word.back() != ending.written.back() || !word.ends_with(ending.written)) continue;
    const auto stem = std::string_view(word).substr(0, word.size() - ending.written.size());
    if (measure(stem) > above) {
      word.resize(stem.size());
      word += ending.instead;
    }
    return;
  }
}

// Longer ones before those that they end in.
constexpr Endings double_endings(std::to_array<Ending>({
    {"ational", "ate"}, {"ization", "ize"}, {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"},
    {"tional", "tion"}, {"biliti", "ble"},  {"entli", "ent"},   {"ousli", "ous"},   {"ation", "ate"},
    {"alism", "al"},    {"aliti", "al"},    {"iviti", "ive"},   {"enci", "ence"},   {"anci", "ance"},
    {"izer", "ize"},    {"abli", "able"},   {"alli", "al"},     {"ator", "ate"},    {"eli", "e"},
}));
constexpr Endings middle_endings(std::to_array<Ending>({
    {"icate", "ic"},
    {"ative", ""},
    {"alize", "al"},
    {"iciti", "ic"},
    {"ical", "ic"},
    {"ness", ""},
    {"ful", ""},
}));
constexpr Endings last_endings(std::to_array<Ending>({
    {"ement", ""},
    {"ance", ""},
    {"ence", ""},
    {"able", ""},
    {"ible", ""},
    {"ment", ""},
    {"ant", ""},
    {"ent", ""},
    {"ism", ""},
    {"ate", ""},
    {"iti", ""},
    {"ous", ""},
    {"ive", ""},
    {"ize", ""},
    {"al", ""},
    {"er", ""},
    {"ic", ""},
    {"ou", ""},
}));

void take_plural(std::string& word) {
  if (word.back() != 's') return;
  if (word.ends_with("sses") || word.ends_with("ies"))
    word.resize(word.size() - 2);
  else if (!word.ends_with("ss") && !word.ends_with("us"))
    word.pop_back();
}

void take_past(std::string& word) {
  if (word.back() != 'd' && word.back() != 'g') return;
  const auto ends_behind_vowel = [&](std::string_view ending) {
    return word.ends_with(ending) && has_vowel(std::string_view(word).substr(0, word.size() - ending.size()));
  };
  if (word.ends_with("eed")) {
    if (measure(std::string_view(word).substr(0, word.size() - 3)) > 0) word.pop_back();
    return;
  }
  if (ends_behind_vowel("ed"))
    word.resize(word.size() - 2);
  else if (ends_behind_vowel("ing"))
    word.resize(word.size() - 3);
  else
    return;
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz"))
    word += 'e';
  else if (ends_doubled(word) && std::string_view("lsz").find(word.back()) == std::string_view::npos)
    word.pop_back();
  else if (measure(word) == 1 && ends_short(word))
    word += 'e';
}

// As in Porter's later rules: "correctli", but not "famili".
void take_ly(std::string& word) {
  if (word.size() < 5 || !word.ends_with("li")) return;
  const auto stem = std::string_view(word).substr(0, word.size() - 2);
  if (std::string_view("cdeghkmnrt").find(stem.back()) == std::string_view::npos || measure(stem) == 0) return;
  word.resize(stem.size());
}

bool take_ion(std::string& word) {
  if (word.back() != 'n' || (!word.ends_with("sion") && !word.ends_with("tion"))) return false;
  const auto stem = std::string_view(word).substr(0, word.size() - 3);
  if (measure(stem) > 1) word.resize(stem.size());
  return true;
}

void take_last_e(std::string& word) {
  if (word.ends_with('e')) {
    const auto stem = std::string_view(word).substr(0, word.size() - 1);
    const auto m = measure(stem);
    if (m > 1 || (m == 1 && !ends_short(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(word) > 1) word.pop_back();
}

}  // namespace

void take_english_endings(std::string& word) {
  if (word.size() < 3) return;
  take_plural(word);
  take_past(word);
  if (word.size() > 2 && word.ends_with('y') && is_consonant(word, word.size() - 2)) word.back() = 'i';
  replace_first(word, double_endings, 0);
  take_ly(word);
  replace_first(word, middle_endings, 0);
  if (!take_ion(word)) replace_first(word, last_endings, 1);
  take_last_e(word);
}

}  // namespace gilir::index
