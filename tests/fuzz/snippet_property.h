// Any bytes as what somebody searches for and as the text that is searched: a snippet is bounded and a piece of the
// text, its marks lie within it, in order and on the borders of characters, and a text has itself as a phrase.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/operations/ticket/search_words.h"
#include "core/operations/ticket/snippets.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/terms_property.h"

namespace gilir {

inline constexpr std::string_view left_out = "…";

inline void require_border(std::string_view text, std::size_t at) {
  require(at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

inline void require_piece(std::string_view text, std::string_view piece, std::size_t bytes) {
  require(is_utf8(piece));
  require(piece.size() <= bytes + 2 * left_out.size());
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) <= ' '; }, ' ');
  if (line.find(piece) != std::string::npos) return;
  if (piece.starts_with(left_out)) piece.remove_prefix(left_out.size());
  if (line.find(piece) != std::string::npos) return;
  require(piece.ends_with(left_out));
  piece.remove_suffix(left_out.size());
  require(line.find(piece) != std::string::npos);
}

inline void require_snippet(std::string_view text, const index::SearchQuery& query, std::size_t bytes) {
  const auto snippet = Snippets(query).of(text, bytes);
  require_piece(text, snippet.text, bytes);
  std::size_t before = 0;
  for (const auto& mark : snippet.marks) {
    require(before <= mark.begin && mark.begin < mark.end && mark.end <= snippet.text.size());
    require_border(snippet.text, mark.begin);
    require_border(snippet.text, mark.end);
    before = mark.end;
  }
}

inline void require_words(const SearchWords& words) {
  require(words.phrases.size() <= 8);
  for (const auto& term : words.query.terms) index::require_term(term);
  for (const auto& term : words.query.without) index::require_term(term);
  for (const auto& beginning : words.query.prefixes) require(beginning.size() >= index::shortest_prefix);
}

// The first byte says how much of the rest is searched for, and in how long a piece it is shown.
inline void require_snippet_of_any_bytes(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto length = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  const auto words = read_search_words(bytes.substr(0, length % 32));
  require_words(words);
  const auto text = storable(bytes);
  require_snippet(text, words.query, length);
  for (const auto& phrase : words.phrases) has_phrase(text, phrase);
  std::string unquoted(text);
  std::erase(unquoted, '"');
  for (const auto& phrase : read_search_words('"' + unquoted + '"').phrases) require(has_phrase(unquoted, phrase));
}

}  // namespace gilir
