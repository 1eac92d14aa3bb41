#include "core/duplicate/matters.h"

#include <algorithm>

#include "core/duplicate/matter_table.h"
#include "core/duplicate/stop_words.h"
#include "core/index/affixes.h"

namespace gilir::duplicate {
namespace {

Matters matters_of_word(std::string_view word, void (*add)(std::string_view, Matters&)) {
  Matters matters;
  add(word, matters);
  if (std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; }))
    add(index::without_affixes(word), matters);
  return matters;
}

}  // namespace

Matters matters_of(const index::TextTerms& terms, Part part) {
  Matters matters;
  for (const auto& term : terms.terms) {
    if ((part == Part::title && term.title == 0) || is_stop_word(term.text)) continue;
    add_things(term.text, matters);
    add_troubles(term.text, matters);
  }
  return matters;
}

Matters things_of(std::string_view word) {
  return matters_of_word(word, add_things);
}
Matters troubles_of(std::string_view word) {
  return matters_of_word(word, add_troubles);
}

double shared_matters(const Matters& one, const Matters& other) {
  const auto all = one.count() + other.count();
  return all == 0 ? 0 : 2 * static_cast<double>((one & other).count()) / static_cast<double>(all);
}

}  // namespace gilir::duplicate
