// What a text is made of, as far as finding its look-alikes and searching go: words without case, endings and spelling
// of the day, with names such as `srv-db01` and `ORA-00942` whole beside their parts.
//
// A run of letters and digits is a word. It is brought to one normal form (see normal_form.h), a short form or slang
// word becomes the word that it stands for (see slang.h), and common affixes of Indonesian and English are taken off
// (see affixes.h). There are no filler words: how rare a term is says better what it is worth, in any language. A word
// in camelCase is a term whole and in its parts. Words joined by one of - _ . / : are terms each, and the whole is an
// identifier: a term with '=' in front. Writing without blanks between words (Chinese, Japanese, Thai, …) is cut into
// pairs of characters.
//
// The index stores terms. A change of what terms_of() returns needs a migration that builds the index anew.
//
// Terms are well-formed UTF-8 of 1 to max_term_bytes bytes without control characters or blanks. All functions are
// pure, take any bytes (invalid UTF-8 separates words), are bounded for texts of any size and never throw but
// bad_alloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::index {

inline constexpr std::size_t max_term_bytes = 60;
inline constexpr std::size_t max_terms = 256;
// What lies behind these is as if it were not there.
inline constexpr std::size_t max_title_bytes = 2 * 1024;
inline constexpr std::size_t max_body_bytes_read = 64 * 1024;

struct Term {
  std::string text;
  std::uint16_t title = 0;  // how often it stands in the title, and in the body
  std::uint16_t body = 0;
  bool operator==(const Term&) const = default;
};

struct TextTerms {
  std::vector<Term> terms;         // sorted by text, distinct, at most max_terms
  std::uint32_t title_length = 0;  // in terms, those beyond the bound included
  std::uint32_t body_length = 0;
  bool operator==(const TextTerms&) const = default;
};

// Of more than max_terms, those of the title stay, then those that come first in what people wrote of the body, then
// those of the lines that programs wrote: logs and stack traces.
TextTerms terms_of(std::string_view title, std::string_view body);

// A compound as a whole: a term with '=' in front.
constexpr bool is_identifier(std::string_view term) {
  return term.size() > 1 && term.front() == '=';
}

// What words that somebody searches become: the terms in the order of the words, distinct, an identifier before its
// parts.
std::vector<std::string> query_terms(std::string_view words);

// Where each term stands in `text`, in bytes from `begin` up to `end`: for marking found words. In the order of the
// text; a compound's terms have the place of the part, its identifier that of the whole.
struct PlacedTerm {
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<PlacedTerm> placed_terms(std::string_view text, std::size_t most = 4'096);

}  // namespace gilir::index
