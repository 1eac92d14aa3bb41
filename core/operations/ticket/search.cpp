#include "core/operations/ticket/search.h"

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/search_meant.h"
#include "core/operations/ticket/search_names.h"
#include "core/operations/ticket/search_phrases.h"
#include "core/operations/ticket/snippets.h"
#include "core/operations/ticket/ticket_texts.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::size_t snippet_bytes = 160;
// For a phrase the texts themselves are read, so many of the best.
constexpr std::size_t most_read = 200;
// A word that a * ends may stand for two beginnings.
constexpr index::SearchBounds bounds{.prefixes = 8};

constexpr std::array ticket_search_fields{
    FieldSpec{"words", "what to look for", max_line_bytes},
    FieldSpec{"after", "where the page before ended", 64},
    FieldSpec{"limit", "how many tickets", longest_page},
    FieldSpec{"best_only", "where some have all words, no others", 0},
};

// Where the page before ended: a place in the ranking.
std::size_t read_after(const SearchTickets& operation) {
  if (!operation.after) return 0;
  const auto cursor = read_cursor(*operation.after);
  if (!cursor || cursor->time || cursor->number.value < 0) throw invalid_field("after", "is not where a search ended");
  return static_cast<std::size_t>(cursor->number.value);
}

// What the ranking gives, or of its best those that have the phrases.
index::SearchPage find(store::Connection& connection, const SearchWords& words, std::size_t from, std::size_t most) {
  if (words.phrases.empty() && words.left_out.empty())
    return index::search(connection, words.query, from, most, bounds);
  auto ranked = index::search(connection, words.query, 0, most_read, bounds);
  PhraseFilter filter(connection, words);
  index::SearchPage page;
  std::size_t place = 0;
  for (auto& hit : ranked.hits) {
    if (!filter.passes(hit)) continue;
    page.more = place == from + most;
    if (page.more) break;
    if (place++ >= from) page.hits.push_back(hit);
  }
  page.complete = ranked.complete && !ranked.more && filter.is_complete();
  page.unknown = ranked.unknown;
  return page;
}

// Those with all words come first: where there are any, nothing is behind the last of them.
index::SearchPage find_best(store::Connection& connection, const SearchWords& words, std::size_t from,
                            std::size_t most) {
  const auto has_all = [](const index::SearchPage& some) { return !some.hits.empty() && some.hits.front().all_words; };
  auto page = find(connection, words, from, most + 1);
  if (has_all(page) || (from > 0 && has_all(find(connection, words, 0, 1))))
    std::erase_if(page.hits, [](const index::SearchHit& hit) { return !hit.all_words; });
  page.more = page.hits.size() > most;
  if (page.more) page.hits.resize(most);
  return page;
}

bool is_in(std::string_view text, const std::vector<Phrase>& phrases) {
  return std::ranges::any_of(phrases, [&](const Phrase& phrase) { return has_phrase(text, phrase); });
}

std::vector<SnippetMark> marks_of(const Snippet& snippet) {
  std::vector<SnippetMark> marks;
  for (const auto& mark : snippet.marks) marks.push_back({mark.begin, mark.end});
  return marks;
}

bool is_within(const WordSet& words, const WordSet& others) {
  return std::ranges::includes(others, words);
}

// From the body when a phrase, or words that the title lacks, stand there.
class SnippetMaker {
 public:
  SnippetMaker(store::Connection& connection, const SearchWords& words)
      : connection_(connection), words_(words), snippets_(words.query) {}

  struct Text {
    std::string_view title;
    std::string_view body;
    Snippet whole_title = {};
  };

  Snippet whole_title(std::string_view title) { return snippets_.of(title, title.size()); }

  void add(Text text, index::TextNumber number, FoundTicket& found) {
    auto snippet =
        text.title.size() <= snippet_bytes ? std::move(text.whole_title) : snippets_.of(text.title, snippet_bytes);
    bool in_body = text.title.empty() || (!is_in(text.title, words_.phrases) && is_in(text.body, words_.phrases));
    const auto words = words_.query.terms.size() + words_.query.prefixes.size();
    const bool whole = snippet.words.size() >= words;
    // A single word that the title lacks stands in the body.
    const auto known = whole || words == 1 ? std::nullopt : snippets_.words_of_body(connection_, number);
    if (in_body || (!whole && !(known && is_within(*known, snippet.words)))) {
      auto body = snippets_.of(text.body, snippet_bytes, known);
      in_body = in_body || !is_within(body.words, snippet.words);
      if (in_body) snippet = std::move(body);
    }
    found.found_in = in_body ? "body" : "title";
    found.marks = marks_of(snippet);
    found.snippet = std::move(snippet.text);
  }

 private:
  store::Connection& connection_;
  const SearchWords& words_;
  Snippets snippets_;
};

// No text of it has the words, since what a word names has them.
std::optional<NamedKind> named_as(TicketNumber ticket, const SearchWords& words) {
  for (std::size_t i = 0; i < words.named.size(); ++i) {
    if (std::ranges::binary_search(words.query.named[i].newest, ticket)) return words.named[i];
  }
  return std::nullopt;
}

FoundTicket found_ticket(Context& context, const index::SearchHit& hit, const SearchWords& words,
                         SnippetMaker& snippets, TicketRow row) {
  FoundTicket found;
  found.all_words = hit.all_words;
  auto title = snippets.whole_title(row.title);
  found.title_marks = marks_of(title);
  if (hit.kind == index::TextKind::ticket) {
    snippets.add({row.title, row.body, std::move(title)}, hit.text, found);
  } else {
    const auto text = found_text(context.connection(), {hit.text, hit.ticket, hit.kind, hit.source});
    snippets.add({text.title, text.body}, hit.text, found);
    found.found_in = hit.kind == index::TextKind::reply ? "reply" : "note";
  }
  if (found.marks.empty() && found.title_marks.empty()) {
    if (const auto kind = named_as(hit.ticket, words)) found.found_in = enum_name(*kind);
  }
  static_cast<TicketLine&>(found) = ticket_line(context, std::move(row));
  return found;
}

FoundTickets run(Context& context, const SearchTickets& operation) {
  if (operation.limit < 1) throw invalid_field("limit", "must be at least 1");
  auto words = read_search_words(operation.words);
  words.query.notes = context.caller().role >= Role::agent;
  if (words.query.terms.empty() && words.query.prefixes.empty())
    throw invalid_field("words", "hold nothing to look for");
  add_named_tickets(context.connection(), operation.words, words);
  const auto after = read_after(operation);
  const auto most = static_cast<std::size_t>(operation.limit);
  auto page = find(context.connection(), words, after, most);
  if (page.unknown != 0 && add_names_without_marks(context.connection(), operation.words, words, page.unknown))
    page = find(context.connection(), words, after, most);
  if (operation.best_only) page = find_best(context.connection(), words, after, most);
  FoundTickets found;
  found.indexing = index_progress(context.connection());
  found.truncated = page.more;
  found.complete = page.complete && words.whole;
  if (page.more) found.next = std::to_string(after + page.hits.size());
  SnippetMaker snippets(context.connection(), words);
  for (const auto& hit : page.hits) {
    // An index that is damaged may have texts of no ticket.
    auto row = find_ticket(context.connection(), hit.ticket);
    if (row) found.tickets.push_back(found_ticket(context, hit, words, snippets, *std::move(row)));
  }
  const bool none_has_all = std::ranges::none_of(page.hits, &index::SearchHit::all_words);
  if (after == 0 && (page.unknown != 0 || none_has_all))
    found.did_you_mean = meant_words(context.connection(), operation.words, words, page.unknown, none_has_all);
  return found;
}

}  // namespace

const OperationSpec SearchTickets::spec =
    describe_operation<SearchTickets, run>("ticket.search", Role::agent, Access::read, ticket_search_fields);

}  // namespace gilir
