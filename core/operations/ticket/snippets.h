// Pieces of texts around the words that were searched for. The texts may be any bytes; what is read of them is bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/search.h"
#include "core/index/term_finder.h"

namespace gilir {

// Words of a query, in rising order: their places among its terms, then among its prefixes.
using WordSet = std::vector<std::size_t>;

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
  WordSet all_words_;
  index::TermFinder finder_;
};

}  // namespace gilir
