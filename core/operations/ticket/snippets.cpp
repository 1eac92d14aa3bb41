#include "core/operations/ticket/snippets.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/index/text_index.h"

namespace gilir {
namespace {

// Of a long text so many words are looked at.
constexpr std::size_t most_placed = 4'096;

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

std::size_t at_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

void insert(WordSet& words, std::size_t word) {
  const auto at = std::ranges::lower_bound(words, word);
  if (at == words.end() || *at != word) words.insert(at, word);
}

// Which of the words a term is: their terms first, then their beginnings.
std::optional<std::size_t> found_word(const index::SearchQuery& query, std::string_view term) {
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    if (query.terms[i] == term) return i;
  }
  for (std::size_t i = 0; i < query.prefixes.size(); ++i) {
    if (term.starts_with(query.prefixes[i])) return query.terms.size() + i;
  }
  return std::nullopt;
}

std::vector<std::string> beginnings_of(const index::SearchQuery& query) {
  auto all = query.terms;
  all.insert(all.end(), query.prefixes.begin(), query.prefixes.end());
  return all;
}

// A searched word in a text.
struct FoundTerm {
  std::size_t word = 0;
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Up to where all words stand within `bytes`, and as far as a snippet goes on from there: most of a text need not be
// read.
std::vector<FoundTerm> found_terms(std::string_view text, const WordSet& words, index::TermFinder& finder,
                                   std::size_t bytes) {
  std::vector<FoundTerm> placed;
  if (words.empty()) return placed;
  struct Last {
    std::size_t word = 0;
    std::optional<std::size_t> place;
  };
  std::vector<Last> last;  // place of each word
  for (const auto word : words) last.push_back({word, {}});
  auto enough = std::string_view::npos;
  finder.each(text, most_placed, [&](const index::TermFinder::Found& found) {
    placed.push_back({found.which, std::string(found.term), found.begin, found.end});
    auto one = std::ranges::find(last, found.which, &Last::word);
    if (one == last.end()) one = last.insert(one, {found.which, {}});
    one->place = found.begin;
    const auto is_near = [&](const Last& word) { return word.place && *word.place + bytes / 2 > found.end; };
    if (enough == std::string_view::npos && std::ranges::all_of(last, is_near)) enough = found.end + bytes;
    return enough;
  });
  std::ranges::sort(placed, {}, [](const FoundTerm& term) { return std::pair(term.begin, term.end); });
  return placed;
}

// The first of the terms from which on the most different ones lie within `bytes`.
std::size_t best_place(const std::vector<FoundTerm>& placed, std::size_t bytes) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t first = 0; first < placed.size(); ++first) {
    std::set<std::string_view> different;
    for (std::size_t i = first; i < placed.size() && placed[i].end <= placed[first].begin + bytes; ++i)
      different.insert(placed[i].text);
    if (different.size() > most) {
      most = different.size();
      best = first;
    }
    // A page of snippets is made while somebody waits.
    if (first == 256) break;
  }
  return best;
}

// Without line breaks, which a snippet has no room for; as long as before.
std::string in_one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, is_blank, ' ');
  return line;
}

}  // namespace

Snippets::Snippets(const index::SearchQuery& query)
    : query_(query),
      all_words_(query.terms.size() + query.prefixes.size()),
      finder_([&query](std::string_view term) { return found_word(query, term); }, beginnings_of(query)) {
  std::iota(all_words_.begin(), all_words_.end(), std::size_t{0});
}

std::optional<WordSet> Snippets::words_of_body(store::Connection& connection, index::TextNumber text) const {
  WordSet words;
  const bool all = index::each_body_term(connection, text, [&](std::string_view term) {
    if (const auto word = found_word(query_, term)) insert(words, *word);
  });
  return all ? std::optional(std::move(words)) : std::nullopt;
}

Snippet Snippets::of(std::string_view text, std::size_t bytes, const std::optional<WordSet>& known) {
  const auto placed = found_terms(text, known ? *known : all_words_, finder_, bytes);
  std::size_t begin = 0;
  if (!placed.empty() && text.size() > bytes) {
    const auto first = placed[best_place(placed, bytes * 3 / 4)].begin;
    begin = at_character(text, first > bytes / 4 ? first - bytes / 4 : 0);
  }
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  auto end = at_character(text, std::min(text.size(), begin + bytes));
  while (end > begin && is_blank(text[end - 1])) --end;
  Snippet snippet;
  if (begin > 0) snippet.text = "…";
  const auto shift = snippet.text.size();
  snippet.text += in_one_line(text.substr(begin, end - begin));
  for (const auto& term : placed) {
    if (term.begin < begin || term.end > end) continue;
    insert(snippet.words, term.word);
    const Snippet::Mark mark{term.begin - begin + shift, term.end - begin + shift};
    if (!snippet.marks.empty() && mark.begin < snippet.marks.back().end)
      snippet.marks.back().end = std::max(snippet.marks.back().end, mark.end);
    else
      snippet.marks.push_back(mark);
  }
  if (end < text.size()) snippet.text += "…";
  return snippet;
}

}  // namespace gilir
