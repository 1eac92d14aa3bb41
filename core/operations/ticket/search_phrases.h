// Whether tickets have the phrases that a search asks for and none that it leaves out, by what their texts say.
//
// The index has terms but not their order, so texts are read; those whose stored terms lack one of a phrase's are not.
// What is read is bounded for all tickets together: behind the bounds no ticket passes, and the search is incomplete.
// For the length of one search, in its transaction.
#pragma once

#include <string>
#include <vector>

#include "core/index/search.h"
#include "core/operations/ticket/search_words.h"
#include "core/store/connection.h"

namespace gilir {

struct PhraseBounds {
  std::size_t stored = 4'000;  // texts whose terms are looked at
  std::size_t texts = 200;     // that are read
  std::size_t bytes = 2 << 20;
  std::size_t texts_of_ticket = 200;  // the newest, besides its own and the best
};

class PhraseFilter {
 public:
  // `words` must outlive it.
  PhraseFilter(store::Connection& connection, const SearchWords& words, const PhraseBounds& bounds = {});

  // Each phrase may stand in another text of the ticket; the hit becomes the first text found to have one.
  bool passes(index::SearchHit& hit);
  // False when a ticket may have been refused because not all of it was looked at.
  bool is_complete() const { return complete_; }

 private:
  PhraseSet found_in(const index::IndexedText& text, PhraseSet sought);
  PhraseSet possible(const index::IndexedText& text, PhraseSet sought);
  std::vector<index::IndexedText> texts(const index::SearchHit& hit);
  bool is_spent() const { return left_.stored == 0 || left_.texts == 0 || left_.bytes == 0; }

  store::Connection& connection_;
  bool notes_;
  std::vector<Phrase> phrases_;
  PhraseSet wanted_;
  PhraseSet left_out_;
  PhraseBounds left_;
  bool complete_ = true;
};

}  // namespace gilir
