// What a ticket's text is made of, as far as finding its look-alikes and searching go: words without case,
// endings and filler, with names such as `srv-db01` and `ORA-00942` kept whole.
//
// A run of letters and digits is a word. Words joined by one of - _ . / : stay one word, a compound, when
// there is a digit anywhere in the run; its parts are terms too, so that "kantor 123" still meets
// "kantor-123", except those of an address or date. Stop words of Indonesian and English fall away, the
// common affixes of both are taken off words that are all ASCII letters (see affixes.h), and single letters
// count for nothing.
//
// The index stores terms. A change of what `terms` returns needs a migration that fills the index anew
// (see duplicate_index.h).
//
// All functions are pure, take any bytes (invalid UTF-8 separates words) and never throw but bad_alloc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::duplicate {

// Bounds that keep hostile text cheap. What lies beyond them is as if it were not there; a longer word is
// cut at a character's edge.
inline constexpr std::size_t max_read_bytes = 64 * 1024;
inline constexpr std::size_t max_words = 800;
inline constexpr std::size_t max_word_bytes = 48;

struct Word {
  std::string term;     // folded, affixes taken off: what is compared and stored
  std::string written;  // as the text has it, for showing
  // It names one particular thing: a compound or word with letters and digits (at least five bytes), a
  // dotted IPv4 address (with a port or without), or a number of six digits or more.
  bool identifier = false;
  bool number = false;             // digits only
  std::vector<std::string> parts;  // a compound's parts, as terms
  std::size_t count = 1;           // how often it stands in the text
};

struct TextBounds {
  std::size_t bytes = max_read_bytes;
  std::size_t words = max_words;
};

// The distinct words of `text`, in the order in which they first stand there.
std::vector<Word> words(std::string_view text, TextBounds bounds = {});

// The distinct terms of `text`: those of its words, each compound followed by its parts.
std::vector<std::string> terms(std::string_view text);

// The distinct terms under which a ticket is indexed: those of the title, then those that the body adds.
std::vector<std::string> ticket_terms(std::string_view title, std::string_view body);

}  // namespace gilir::duplicate
