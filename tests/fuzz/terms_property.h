// Any bytes as a text: its terms are sorted, distinct, bounded and well-formed, and stand where they say.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/base/text.h"
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

inline void require_terms_of_any_bytes(std::string_view bytes) {
  const auto middle = bytes.size() / 2;
  require_terms_of(bytes.substr(0, middle), bytes.substr(middle));
  for (const auto& term : query_terms(bytes)) require_term(term);
  for (const auto& term : placed_terms(bytes)) {
    require_term(term.text);
    require(term.begin < term.end && term.end <= bytes.size());
  }
}

}  // namespace gilir::index
