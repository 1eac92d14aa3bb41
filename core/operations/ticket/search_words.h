// What somebody types to search, taken apart: see core/operations/ticket/search.h. Pure; takes any bytes; bounded.
#pragma once

#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/search.h"

namespace gilir {

// Words beside each other.
struct Phrase {
  // In normal form, with one blank between words and one at each end.
  std::string words;
  // Every text with the phrase has these terms, as far as its terms are stored.
  std::vector<std::string> terms;
};

inline constexpr std::size_t most_phrases = 8;

// A piece of what was typed, in bytes from `begin` up to `end`.
struct TypedWord {
  std::size_t begin = 0;
  std::size_t end = 0;
  // What it became: bits by place in SearchQuery::words. None for a filler word beside others.
  index::WordBits words = 0;
  // Neither a phrase nor a beginning.
  bool plain = false;
};

enum class NamedKind { server, office, reporter };
BOOST_DESCRIBE_ENUM(NamedKind, server, office, reporter)

struct SearchWords {
  index::SearchQuery query;
  std::vector<TypedWord> typed;
  // Of each of SearchQuery::named.
  std::vector<NamedKind> named;
  // At most most_phrases of each: a ticket must have all of these in its texts, and none of those.
  std::vector<Phrase> phrases;
  std::vector<Phrase> left_out;
  // All that is left out, as it was typed: it may be a name.
  std::vector<std::string> names_left_out;
  // False when there were more than that.
  bool whole = true;
};
SearchWords read_search_words(std::string_view words);

// Which of a few phrases, by their places.
using PhraseSet = std::bitset<2 * most_phrases>;
struct FoundPhrases {
  PhraseSet found;
  std::size_t read = 0;  // bytes of the text
};
// Which of the `sought` ones a text has. It is read once for all, and no further than to the last of them.
FoundPhrases find_phrases(std::string_view text, std::span<const Phrase> phrases, PhraseSet sought);
bool has_phrase(std::string_view text, const Phrase& phrase);

}  // namespace gilir
