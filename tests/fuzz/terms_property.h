// Any bytes as a text: its terms are sorted, distinct, bounded and well-formed, and stand where they say.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/index/term_finder.h"
#include "core/index/terms.h"
#include "tests/fuzz/require.h"

namespace gilir::index {

inline void require_term(std::string_view term) {
  require(!term.empty() && term.size() <= max_term_bytes);
  require(is_utf8(term));
  require(std::ranges::none_of(term, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }));
}

inline void require_terms_of(std::string_view title, std::string_view body) {
  const auto text = terms_of(title, body);
  require(text.terms.size() <= max_terms);
  for (std::size_t i = 0; i < text.terms.size(); ++i) {
    const auto& term = text.terms[i];
    require_term(term.text);
    require(term.title + term.body > 0);
    require(i == 0 || text.terms[i - 1].text < term.text);
  }
  require(terms_of(title, body) == text);
}

// The same terms are found in the same places however often the text is gone through.
inline void require_found_as_placed(std::string_view text) {
  constexpr std::size_t most = 4'096;
  const auto placed = placed_terms(text, most);
  if (placed.empty()) return;
  const auto& wanted = placed[placed.size() / 2].text;
  const std::vector<std::string> beginnings{wanted};
  TermFinder finder(
      [&](std::string_view term) { return term == wanted ? std::optional<std::size_t>(term.size()) : std::nullopt; },
      beginnings);
  for (int time = 0; time < 2; ++time) {
    std::vector<PlacedTerm> found;
    finder.each(text, most, [&](const TermFinder::Found& one) {
      require(one.which == wanted.size());
      found.push_back({std::string(one.term), one.begin, one.end});
      return text.size();
    });
    auto expected = placed;
    std::erase_if(expected, [&](const PlacedTerm& one) { return one.text != wanted; });
    require(std::ranges::equal(found, expected, [](const PlacedTerm& one, const PlacedTerm& other) {
      return one.text == other.text && one.begin == other.begin && one.end == other.end;
    }));
  }
}

inline void require_terms_of_any_bytes(std::string_view bytes) {
  const auto middle = bytes.size() / 2;
  require_terms_of(bytes.substr(0, middle), bytes.substr(middle));
  for (const auto& term : query_terms(bytes)) require_term(term);
  for (const auto& term : placed_terms(bytes)) {
    require_term(term.text);
    require(term.begin < term.end && term.end <= bytes.size());
  }
  require_found_as_placed(bytes);
}

}  // namespace gilir::index
