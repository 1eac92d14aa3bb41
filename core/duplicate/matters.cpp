#include "core/duplicate/matters.h"

#include "core/duplicate/matter_table.h"
#include "core/duplicate/stop_words.h"

namespace gilir::duplicate {

Matters matters_of(const index::TextTerms& terms) {
  Matters matters;
  for (const auto& term : terms.terms) {
    if (is_stop_word(term.text)) continue;
    add_things(term.text, matters);
    add_troubles(term.text, matters);
  }
  return matters;
}

double shared_matters(const Matters& one, const Matters& other) {
  const auto all = one.count() + other.count();
  return all == 0 ? 0 : 2 * static_cast<double>((one & other).count()) / static_cast<double>(all);
}

}  // namespace gilir::duplicate
