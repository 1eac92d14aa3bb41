#include "core/duplicate/said.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/duplicate/numbered.h"
#include "core/duplicate/places.h"
#include "core/duplicate/stop_words.h"
#include "core/duplicate/typing_errors.h"
#include "core/index/normal_form.h"

namespace gilir::duplicate {
namespace {

using index::Term;

// Short words are as often other words as mistyped ones, unless all else is the same.
constexpr std::size_t shortest_alone = 4;
constexpr std::size_t most_mistyped = 2;
constexpr std::size_t shortest_identifier = 5;
constexpr std::size_t shortest_identifying_number = 6;
constexpr std::size_t telling_body_words = 5;
constexpr double bodies_alike = 0.15;
constexpr std::size_t most_words = 100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number(std::string_view term) {
  return !term.empty() && std::ranges::all_of(term, is_digit);
}
bool is_lower_letters(std::string_view term) {
  return std::ranges::all_of(term, [](char c) { return c >= 'a' && c <= 'z'; });
}
bool is_letterless(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) { return is_digit(c) || index::joiner(static_cast<unsigned char>(c)) != 0; });
}

// A word as it stands in a title, with the terms that it became: a compound's parts, a joined word and its parts.
struct Word {
  std::string_view written;
  std::string plain;  // its normal form
  std::vector<std::string> terms;
  bool compound = false;

  bool names() const {
    return names_one_thing(compound ? terms.front() : terms.back()) || std::ranges::any_of(terms, is_number);
  }
};

bool is_unspaced(const std::string& term) {
  std::size_t at = 0;
  return !term.empty() && static_cast<unsigned char>(term.front()) >= 0x80 &&
         index::is_unspaced(next_code_point(term, at));
}

std::vector<Word> all_words(std::string_view title) {
  std::vector<Word> words;
  std::size_t begin = 0;
  std::size_t end = 0;
  for (auto& placed : index::placed_terms(title, most_words)) {
    const bool same_word = !words.empty() && placed.begin >= begin && placed.end <= end && !is_unspaced(placed.text);
    if (same_word) {
      words.back().terms.push_back(std::move(placed.text));
      continue;
    }
    begin = placed.begin;
    end = placed.end;
    const bool compound = index::is_identifier(placed.text);
    const auto written = title.substr(begin, end - begin);
    words.push_back({written, index::normal_form(written), {}, compound});
    std::erase(words.back().plain, '\'');
    words.back().terms.push_back(std::move(placed.text));
  }
  return words;
}

bool is_filler(const Word& word) {
  return is_stop_word(word.plain) || std::ranges::all_of(word.terms, is_stop_word);
}

std::vector<std::string> plain(const std::vector<Word>& words) {
  std::vector<std::string> plain;
  for (const auto& word : words) plain.push_back(word.plain);
  return plain;
}

std::vector<Word> without_filler(std::vector<Word> words, const std::vector<std::string>& circumstances) {
  const auto is_known = [&](const std::string& term) { return std::ranges::binary_search(circumstances, term); };
  std::erase_if(words, [&](const Word& word) {
    return is_filler(word) || is_known(word.terms.front()) || std::ranges::all_of(word.terms, is_known);
  });
  return words;
}

const Term* find(const index::TextTerms& terms, std::string_view text) {
  const auto found = std::ranges::lower_bound(terms.terms, text, {}, &Term::text);
  return found != terms.terms.end() && found->text == text ? &*found : nullptr;
}

// The word as a whole, or else all of its parts; of an address, version or date only the whole, as its numbers in
// another order are something else.
bool has(const Word& word, auto&& has_term) {
  if (has_term(word.terms.front())) return true;
  if (word.compound && is_letterless(word.plain)) return false;
  return word.terms.size() > 1 && std::all_of(word.terms.begin() + 1, word.terms.end(), has_term);
}

// As written or without affixes: "intrnet" is "internet", "komputr" meets "komputernya".
bool is_misspelt(const Word& word, const Word& other, std::size_t shortest) {
  if (word.compound || other.compound || !is_lower_letters(word.plain) || !is_lower_letters(other.plain)) return false;
  if (std::max(word.plain.size(), other.plain.size()) <= shortest) return false;
  return one_typing_error_apart(word.plain, other.plain) ||
         one_typing_error_apart(word.terms.front(), other.terms.front());
}

// "lantai dua" and "lantai 2".
bool has_number(const Word& word, const std::vector<Word>& others) {
  const auto number = word.compound ? std::string{} : number_named(word.plain);
  return !number.empty() && std::ranges::any_of(others, [&](const Word& other) {
    return !other.compound && number_named(other.plain) == number;
  });
}

bool has_misspelt(const Word& word, const std::vector<Word>& others) {
  return std::ranges::any_of(others, [&](const Word& other) { return is_misspelt(word, other, shortest_alone); });
}

// Whether what is left of two titles is the same but for typing errors.
bool are_mistyped(const std::vector<const Word*>& words, const std::vector<const Word*>& others) {
  if (words.size() != others.size() || words.size() > most_mistyped) return false;
  return std::ranges::all_of(words, [&](const Word* word) {
    return std::ranges::any_of(others, [&](const Word* other) { return is_misspelt(*word, *other, 0); });
  });
}

struct Coverage {
  std::size_t in_title = 0;
  std::size_t words_in_title = 0;  // of them, those that are no numbers
  std::vector<const Word*> alone;  // that the other ticket has nowhere
  bool names_alone = false;
};

// How much of one title the other ticket has.
Coverage coverage(const std::vector<Word>& words, const std::vector<Word>& others, const Side& other) {
  Coverage found;
  const auto in_title = [&](const std::string& text) {
    const auto* term = find(other.terms, text);
    return term != nullptr && term->title > 0;
  };
  const auto anywhere = [&](const std::string& text) { return find(other.terms, text) != nullptr; };
  for (const auto& word : words) {
    if (has(word, in_title) || has_misspelt(word, others) || has_number(word, others)) {
      ++found.in_title;
      found.words_in_title += number_named(word.plain).empty() ? 1 : 0;
    } else if (!has(word, anywhere)) {
      found.alone.push_back(&word);
      found.names_alone = found.names_alone || word.names();
    }
  }
  return found;
}

void compare_bodies(const index::TextTerms& newer, const index::TextTerms& older, Said& found) {
  std::size_t in_newer = 0;
  std::size_t in_older = 0;
  std::size_t in_both = 0;
  const auto counts = [](const Term& term) { return term.body > 0 && !is_stop_word(term.text); };
  for (const auto& term : newer.terms) {
    if (!counts(term)) continue;
    ++in_newer;
    const auto* other = find(older, term.text);
    if (other != nullptr && other->body > 0) ++in_both;
  }
  for (const auto& term : older.terms) in_older += counts(term) ? 1 : 0;
  const auto fewer = std::min(in_newer, in_older);
  if (fewer < telling_body_words) return;
  found.bodies_share = 2 * double(in_both) / double(in_newer + in_older);
  found.bodies_differ = double(in_both) < bodies_alike * double(fewer);
}

std::string as_written(const std::vector<Word>& words, std::string_view term) {
  for (const auto& word : words) {
    if (word.terms.front() == term) return std::string(word.written);
  }
  return std::string(index::is_identifier(term) ? term.substr(1) : term);
}

void find_rarest(const Newer& newer, const Side& older, const std::vector<Word>& words, Said& found) {
  double identifier = 0;
  double word = 0;
  const auto& ours = newer.side().terms.terms;
  for (std::size_t at = 0; at < ours.size(); ++at) {
    const double weight = newer.weight(at);
    const auto& text = ours[at].text;
    const bool names = weight > identifier && newer.is_rare(at) && names_one_thing(text);
    const bool says = weight > word && ours[at].title > 0 && !index::is_identifier(text) && !is_stop_word(text);
    if (!names && !says) continue;
    const auto* shared = find(older.terms, text);
    if (shared == nullptr) continue;
    if (names) {
      identifier = weight;
      found.shared_identifier = as_written(words, text);
    }
    if (says && shared->title > 0) {
      word = weight;
      found.shared_word = as_written(words, text);
    }
  }
}

}  // namespace

bool names_one_thing(std::string_view term) {
  if (index::is_identifier(term)) term.remove_prefix(1);
  if (is_number(term)) return term.size() >= shortest_identifying_number;
  if (std::ranges::count(term, '.') == 3 && is_letterless(term)) return true;
  return term.size() >= shortest_identifier && std::ranges::any_of(term, is_digit) && !is_letterless(term);
}

Said compare_said(const Newer& newer, const Side& older) {
  auto all_new = all_words(newer.side().title);
  auto all_old = all_words(older.title);
  const auto plain_new = plain(all_new);
  const auto plain_old = plain(all_old);
  const auto new_words = without_filler(std::move(all_new), newer.circumstances());
  const auto old_words = without_filler(std::move(all_old), newer.circumstances());
  const auto new_coverage = coverage(new_words, old_words, older);
  const auto old_coverage = coverage(old_words, new_words, newer.side());
  Said found{.newer = new_words.size(),
             .older = old_words.size(),
             .shared = new_coverage.in_title,
             .shared_words = new_coverage.words_in_title};
  const auto all = new_words.size() + old_words.size();
  if (all > 0) found.share = double(new_coverage.in_title + old_coverage.in_title) / double(all);
  const bool mistyped = are_mistyped(new_coverage.alone, old_coverage.alone);
  found.newer_alone = !mistyped && !new_coverage.alone.empty();
  found.older_alone = !mistyped && !old_coverage.alone.empty();
  found.other_of_a_kind = are_others_of_a_kind(plain_new, plain_old);
  found.other_things_named = found.other_of_a_kind || (new_coverage.names_alone && old_coverage.names_alone);
  found.other_places_named = are_other_places(plain_new, plain_old);
  compare_bodies(newer.side().terms, older.terms, found);
  find_rarest(newer, older, new_words, found);
  return found;
}

}  // namespace gilir::duplicate
