#include "core/operations/ticket/search_phrases.h"

#include <algorithm>

#include "core/index/packed_terms.h"
#include "core/operations/ticket/ticket_texts.h"

namespace gilir {
namespace {

bool has_terms(const index::TextTerms& terms, const Phrase& phrase) {
  return std::ranges::all_of(phrase.terms, [&](const std::string& term) {
    return std::ranges::binary_search(terms.terms, term, {}, &index::Term::text);
  });
}

void spend(std::size_t& left, std::size_t spent) {
  left -= std::min(left, spent);
}

}  // namespace

PhraseFilter::PhraseFilter(store::Connection& connection, const SearchWords& words, const PhraseBounds& bounds)
    : connection_(connection), notes_(words.query.notes), phrases_(words.phrases), left_(bounds) {
  for (std::size_t i = 0; i < words.phrases.size(); ++i) wanted_.set(i);
  for (const auto& phrase : words.left_out) {
    left_out_.set(phrases_.size());
    phrases_.push_back(phrase);
  }
}

// Those whose terms the text has.
PhraseSet PhraseFilter::possible(const index::IndexedText& text, PhraseSet sought) {
  spend(left_.stored, 1);
  const auto stored = index::stored_text(connection_, text.number);
  if (!stored) return {};
  const auto& terms = stored->terms;
  if (!index::is_stored_whole(terms.terms.size(), std::uint64_t{terms.title_length} + terms.body_length)) return sought;
  for (std::size_t i = 0; i < phrases_.size(); ++i) sought[i] = sought[i] && has_terms(terms, phrases_[i]);
  return sought;
}

PhraseSet PhraseFilter::found_in(const index::IndexedText& text, PhraseSet sought) {
  sought = possible(text, sought);
  if (sought.none()) return {};
  spend(left_.texts, 1);
  const auto written = found_text(connection_, text);
  const auto title = find_phrases(written.title, phrases_, sought);
  const auto body = find_phrases(written.body, phrases_, sought & ~title.found);
  spend(left_.bytes, title.read + body.read);
  return title.found | body.found;
}

// The best one and the ticket's own, then the newest.
std::vector<index::IndexedText> PhraseFilter::texts(const index::SearchHit& hit) {
  std::vector<index::IndexedText> texts{{hit.text, hit.ticket, hit.kind, hit.source}};
  const auto add = [&](const index::IndexedText& text) {
    const bool seen = text.kind != index::TextKind::note || notes_;
    if (seen && text.number != hit.text) texts.push_back(text);
  };
  const auto own = index::text_of_ticket(connection_, hit.ticket);
  if (own) add({*own, hit.ticket, index::TextKind::ticket, 0});
  const auto newest = index::texts_of_ticket(connection_, hit.ticket, left_.texts_of_ticket);
  if (newest.size() == left_.texts_of_ticket) complete_ = false;
  for (const auto& text : newest) {
    if (text.number != own) add(text);
  }
  return texts;
}

bool PhraseFilter::passes(index::SearchHit& hit) {
  PhraseSet found;
  const auto is_settled = [&] {
    return (found & left_out_).any() || ((found & wanted_) == wanted_ && left_out_.none());
  };
  const auto look = [&](const index::IndexedText& text) {
    if (is_spent()) {
      complete_ = false;
      return false;
    }
    const bool first = (found & wanted_).none();
    found |= found_in(text, ~found & (wanted_ | left_out_));
    if (first && (found & wanted_).any())
      hit = {hit.ticket, text.number, text.kind, text.source, hit.score, hit.all_words};
    return true;
  };
  if (!look({hit.text, hit.ticket, hit.kind, hit.source})) return false;
  if (!is_settled()) {
    const auto others = texts(hit);
    for (auto text = others.begin() + 1; text != others.end() && !is_settled(); ++text) {
      if (!look(*text)) return false;
    }
  }
  return (found & left_out_).none() && (found & wanted_) == wanted_;
}

}  // namespace gilir
