// What somebody types to search, taken apart: see core/operations/ticket/search.h. Pure; takes any bytes; bounded.
#pragma once

#include <bitset>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/search.h"
#include "core/index/term_finder.h"

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

// Words of a query: their places among its terms, then among its prefixes.
using WordSet = std::set<std::size_t>;

// A piece of a text around its found words, and where they stand in it.
struct Snippet {
  struct Mark {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::string text;
  std::vector<Mark> marks;
  WordSet words;
};
// Makes them of one text after the other; the query must outlive it.
class Snippets {
 public:
  explicit Snippets(const index::SearchQuery& query);
  // With the most different found words that fit into about `bytes`; the beginning of the text when it has none. Where
  // it is known which words there are, the text is read until these are found.
  Snippet of(std::string_view text, std::size_t bytes, const std::optional<WordSet>& known = std::nullopt);
  // The words of the query that a text has in its body, as the index knows; none when it does not.
  std::optional<WordSet> words_of_body(store::Connection& connection, index::TextNumber text) const;

 private:
  const index::SearchQuery& query_;
  index::TermFinder finder_;
};

}  // namespace gilir
