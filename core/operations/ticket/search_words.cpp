#include "core/operations/ticket/search_words.h"

#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/duplicate/stop_words.h"
#include "core/index/affixes.h"
#include "core/index/normal_form.h"
#include "core/index/terms.h"

namespace gilir {
namespace {

// Of a text so much is brought to normal form before it is looked at for phrases.
constexpr std::size_t piece_bytes = 4 * 1024;
// Words without their beginning are told apart by so many letters.
constexpr std::size_t shortest_rest = 4;

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

std::size_t at_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

void append_blank(std::string& words) {
  if (words.back() != ' ') words += ' ';
}

bool is_word_at(std::string_view text, std::size_t at) {
  return at < text.size() && index::is_word_character(next_code_point(text, at));
}

// The same words as the index has: "don't" is one, and of writing without blanks each character stands alone.
void append_normal(std::string& words, std::string_view normal) {
  for (std::size_t at = 0; at < normal.size();) {
    const auto begin = at;
    const auto c = next_code_point(normal, at);
    if (is_apostrophe(c) && words.back() != ' ' && is_word_at(normal, at)) continue;
    const bool word = index::is_word_character(c);
    if (!word || index::is_unspaced(c)) append_blank(words);
    if (!word) continue;
    words.append(normal, begin, at - begin);
    if (index::is_unspaced(c)) append_blank(words);
  }
}

bool stands_in_words(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || c == '\'' || index::is_word_character(static_cast<unsigned char>(c));
}

// The run of words at `at`. Only what is not ASCII needs the long way to normal form.
std::size_t append_run(std::string& words, std::string_view text, std::size_t at, std::size_t most) {
  bool plain = true;
  auto end = at;
  for (; end < most && stands_in_words(text[end]); ++end)
    plain = plain && static_cast<unsigned char>(text[end]) < 0x80 && text[end] != '\'';
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  const auto run = text.substr(at, end - at);
  if (!plain) {
    append_normal(words, index::normal_form(run));
    return end;
  }
  for (const char c : run) words += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return end;
}

// Appends the words of `text` from `at` on, about piece_bytes of it, and returns how far it was read.
std::size_t append_words(std::string& words, std::string_view text, std::size_t at) {
  const auto most = std::min(text.size(), at + piece_bytes);
  while (at < most) {
    if (stands_in_words(text[at])) {
      at = append_run(words, text, at, most);
    } else {
      append_blank(words);
      ++at;
    }
  }
  return at;
}

// Not string::find, which looks at each blank, and phrases begin with one.
bool stands_in(std::string_view words, const std::string& phrase) {
  return memmem(words.data(), words.size(), phrase.data(), phrase.size()) != nullptr;
}

void append_new(std::vector<std::string>& all, std::string one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

// A part of it stands for itself: "db01" beside "srv-db01", "spooler" beside "PrintSpooler".
bool has_parts(const index::PlacedTerm& term, const std::vector<index::PlacedTerm>& terms) {
  return std::ranges::any_of(terms, [&](const index::PlacedTerm& part) {
    return term.begin <= part.begin && part.end <= term.end && part.end - part.begin < term.end - term.begin;
  });
}

// "jam" is an hour in Indonesian, and what paper does in English.
bool is_filler(std::string_view word) {
  return word != "jam" && duplicate::is_stop_word(word);
}

index::WordBits append_word(index::SearchQuery& query, index::SearchWord word) {
  const auto place = static_cast<std::size_t>(std::ranges::find(query.words, word) - query.words.begin());
  if (place == query.words.size() && place < index::most_words) query.words.push_back(std::move(word));
  return index::bit_of(place);
}

// Filler words are looked for, but need not be there.
index::WordBits append_words(index::SearchQuery& query, std::string_view written, bool with_fillers = false) {
  index::WordBits words = 0;
  const auto terms = index::placed_terms(written.substr(0, index::max_title_bytes), index::max_terms);
  for (const auto& term : terms) {
    append_new(query.terms, term.text);
    const bool needed =
        with_fillers || !is_filler(index::normal_form(written.substr(term.begin, term.end - term.begin)));
    if (needed && !has_parts(term, terms)) words |= append_word(query, {.terms = {term.text}, .prefixes = {}});
  }
  return words;
}

// One character of writing without blanks stands in pairs with whatever is beside it.
bool is_lone_character(std::string_view term) {
  std::size_t at = 0;
  return index::is_unspaced(next_code_point(term, at)) && at == term.size();
}

void add_phrase(std::vector<Phrase>& phrases, std::string_view written, bool& whole) {
  Phrase phrase{" ", {}};
  for (std::size_t at = 0; at < written.size();) at = append_words(phrase.words, written, at);
  append_blank(phrase.words);
  if (phrase.words.size() == 1) return;
  if (phrases.size() == most_phrases) {
    whole = false;
    return;
  }
  phrase.terms = index::query_terms(index::normal_form(written));
  // "ORA 00942" has the words of ORA-00942, too.
  std::erase_if(phrase.terms, [](const auto& term) { return index::is_identifier(term) || is_lone_character(term); });
  phrases.push_back(std::move(phrase));
}

// A compound goes by its identifier, since tickets that have "loket" and "2" are many; what becomes several terms
// otherwise, by its words in a row.
void leave_out(std::string_view word, SearchWords& found) {
  found.names_left_out.emplace_back(word);
  auto terms = index::query_terms(index::normal_form(word));
  const bool one_compound = !terms.empty() && index::is_identifier(terms.front()) &&
                            terms.size() == index::query_terms(std::string_view(terms.front()).substr(1)).size();
  if (one_compound || (terms.size() == 1 && !is_lone_character(terms.front())))
    append_new(found.query.without, std::move(terms.front()));
  else
    add_phrase(found.left_out, word, found.whole);
}

// What the index has of words that begin so but lost their beginning or ending: "print" of printing*, "cetak" of
// pencetak*, and beginnings such as "rekt" of direkt*.
void add_stems(const std::string& beginning, index::SearchWord& word) {
  if (!std::ranges::all_of(beginning, [](char c) { return c >= 'a' && c <= 'z'; })) return;
  for (const auto* ending : {"", "g", "n", "an"}) {
    auto stem = index::without_affixes(beginning + ending);
    const bool taken = *ending == 0 || !stem.ends_with(ending);
    if (taken && !stem.starts_with(beginning)) append_new(word.terms, std::move(stem));
  }
  // No ending ends so, so that this takes off what stands before the stem only.
  auto rest = index::without_affixes(beginning + 'o');
  rest.pop_back();
  if (rest.size() >= shortest_rest && rest != beginning) append_new(word.prefixes, std::move(rest));
}

// Where the last word or compound begins.
std::size_t last_word(std::string_view normal) {
  std::size_t start = 0;
  for (std::size_t at = 0; at < normal.size();) {
    const auto begin = at;
    const auto c = next_code_point(normal, at);
    const bool joins = begin > start && (index::joiner(c) != 0 || is_apostrophe(c));
    if (!joins && !index::is_word_character(c)) start = at;
  }
  return start;
}

index::WordBits append_beginning(index::SearchQuery& query, index::SearchWord word) {
  for (const auto& term : word.terms) append_new(query.terms, term);
  for (const auto& prefix : word.prefixes) append_new(query.prefixes, prefix);
  return append_word(query, std::move(word));
}

index::WordBits read_beginning(std::string_view written, index::SearchQuery& query) {
  const auto normal = index::normal_form(written);
  const auto start = last_word(normal);
  const auto before = append_words(query, std::string_view(normal).substr(0, start));
  auto beginning = normal.substr(start);
  bool joined = false;
  std::size_t characters = 0;
  std::size_t unspaced = 0;
  for (std::size_t at = 0; at < beginning.size(); ++characters) {
    const auto c = next_code_point(beginning, at);
    joined = joined || index::joiner(c) != 0;
    unspaced += index::is_unspaced(c) ? 1 : 0;
  }
  index::SearchWord word;
  if (joined) {
    word.prefixes.push_back('=' + beginning);
    return before | append_beginning(query, std::move(word));
  }
  if (unspaced > 0 && characters > 2) return before | append_words(query, beginning);
  std::erase(beginning, '\'');
  beginning.resize(at_character(beginning, index::max_term_bytes));
  if (beginning.size() < index::shortest_prefix) return before;
  word.prefixes.push_back(beginning);
  add_stems(beginning, word);
  return before | append_beginning(query, std::move(word));
}

void read_word(std::string_view word, std::size_t at, SearchWords& found) {
  if (word.size() > 1 && word.front() == '-') return leave_out(word.substr(1), found);
  const auto end = word.find_last_not_of('*') + 1;
  const bool plain = end == word.size();
  const auto words = plain ? append_words(found.query, word) : read_beginning(word.substr(0, end), found.query);
  found.typed.push_back({at, at + word.size(), words, plain});
}

// Nothing but fillers: then they are what is looked for.
void need_fillers(std::string_view text, SearchWords& found) {
  for (auto& typed : found.typed)
    typed.words = append_words(found.query, text.substr(typed.begin, typed.end - typed.begin), true);
}

}  // namespace

SearchWords read_search_words(std::string_view words) {
  SearchWords found;
  for (std::size_t at = 0; at < words.size();) {
    const auto quote = words.substr(at).starts_with("-\"") ? at + 1 : at;
    if (is_blank(words[at])) {
      ++at;
    } else if (words[quote] == '"') {
      const auto end = std::min(words.find('"', quote + 1), words.size());
      const auto phrase = words.substr(quote + 1, end - quote - 1);
      if (quote == at) found.typed.push_back({quote + 1, end, append_words(found.query, phrase)});
      if (quote != at) found.names_left_out.emplace_back(phrase);
      add_phrase(quote == at ? found.phrases : found.left_out, phrase, found.whole);
      at = end + 1;
    } else {
      const auto end = static_cast<std::size_t>(
          std::find_if(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), is_blank) - words.begin());
      read_word(words.substr(at, end - at), at, found);
      at = end;
    }
  }
  if (found.query.words.empty()) need_fillers(words, found);
  return found;
}

FoundPhrases find_phrases(std::string_view text, std::span<const Phrase> phrases, PhraseSet sought) {
  std::size_t longest = 0;
  for (const auto& phrase : phrases) longest = std::max(longest, phrase.words.size());
  FoundPhrases result;
  std::string words = " ";
  for (std::size_t looked_at = 0; result.read < text.size() && (sought & ~result.found).any();) {
    result.read = append_words(words, text, result.read);
    if (result.read == text.size()) append_blank(words);
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      if (sought[i] && !result.found[i])
        result.found[i] = stands_in(std::string_view(words).substr(looked_at), phrases[i].words);
    }
    looked_at = words.size() - std::min(words.size(), longest);
  }
  return result;
}

bool has_phrase(std::string_view text, const Phrase& phrase) {
  return find_phrases(text, {&phrase, 1}, PhraseSet(1)).found.any();
}

}  // namespace gilir
