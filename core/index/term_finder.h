// Finds where some terms stand in one text after the other, as for a page of snippets: what most words are made of has
// nothing to do with what is looked for, and is worked out once for all texts.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/index/letter_pairs.h"

namespace gilir::index {

class TermFinder {
 public:
  // Which of the things that are looked for a term is; always the same for one term.
  using Which = std::function<std::optional<std::size_t>(std::string_view term)>;
  // Every such term begins with one of `beginnings`; most words are passed over by that.
  TermFinder(Which which, std::span<const std::string> beginnings);
  ~TermFinder();

  struct Found {
    std::size_t which = 0;
    std::string_view term;  // valid for the call
    // In bytes of the text, as in PlacedTerm.
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // Gets each one in the order of the text, and says from which byte on nothing matters any more.
  using Visit = std::function<std::size_t(const Found&)>;
  // Of all terms, found or not, the first `most` are looked at.
  void each(std::string_view text, std::size_t most, const Visit& visit);

 private:
  class Reader;
  class OtherWords;

  Which which_;
  // No word that begins so is found, whatever its form.
  LetterPairs vain_;
  std::unique_ptr<OtherWords> others_;
};

}  // namespace gilir::index
