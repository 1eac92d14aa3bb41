#include "core/duplicate/function_words.h"

#include <array>

#include "core/duplicate/word_set.h"

namespace gilir::duplicate {
namespace {

// As terms, without their endings.
constexpr WordSet function_words(std::to_array<std::string_view>({
    "again",  "all",   "also", "am",    "an",   "and",     "ar",    "as",   "at",   "be",    "been",  "but",   "by",
    "can",    "could", "did",  "do",    "doe",  "done",    "down",  "for",  "from", "ha",    "had",   "have",  "he",
    "here",   "how",   "if",   "in",    "into", "is",      "it",    "just", "me",   "might", "more",  "most",  "must",
    "my",     "nor",   "of",   "on",    "onli", "or",      "our",   "out",  "over", "own",   "same",  "shall", "she",
    "should", "so",    "some", "such",  "than", "that",    "the",   "them", "then", "there", "these", "they",  "thi",
    "those",  "to",    "too",  "under", "up",   "us",      "veri",  "wa",   "we",   "were",  "what",  "when",  "where",
    "whi",    "which", "who",  "will",  "with", "without", "would", "you",  "your",
}));
}  // namespace

bool is_function_word(std::string_view term) {
  return function_words.contains(term);
}

}  // namespace gilir::duplicate
