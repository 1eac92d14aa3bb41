#include "core/operations/ticket/search_meant.h"

#include <algorithm>
#include <bit>

#include "core/base/name_key.h"
#include "core/base/text.h"
#include "core/index/near_term.h"
#include "core/index/normal_form.h"
#include "core/index/search.h"
#include "core/index/term_finder.h"
#include "core/index/terms.h"
#include "core/operations/ticket/search_names.h"
#include "core/operations/ticket/ticket_texts.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::size_t most_meant = 2;
constexpr std::size_t most_servers = 5'000;
// Texts that are read for how a word is written.
constexpr std::size_t most_written = 10;
constexpr std::size_t most_terms_read = 4'096;

// Words beside each other, from `begin` up to `end` of what was typed.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class KnownNames {
 public:
  explicit KnownNames(store::Connection& connection) {
    for (const auto& server : list_servers(connection, {}, most_servers)) add(server.name.value);
    for (const auto& name : office_names(connection)) add(name);
    for (const auto& name : reporter_names(connection)) add(name);
  }

  // Of the names that differ from `written` by diacritics alone, the first.
  const std::string* same_but_for_marks(std::string_view written) const {
    const auto key = bare_name_key(written);
    const auto same = std::ranges::find(keys_, key);
    return same == keys_.end() ? nullptr : &names_[static_cast<std::size_t>(same - keys_.begin())];
  }

  // The nearest that a search can be given, or the first that begins so.
  const std::string* near(std::string_view written) const {
    if (written.ends_with('*')) return first_with_beginning(bare_name_key(written.substr(0, written.find('*'))));
    // A name that is known and has no tickets.
    if (same_but_for_marks(written) != nullptr) return nullptr;
    for (const auto& key : near_names(bare_name_key(written), keys_))
      return &names_[static_cast<std::size_t>(std::ranges::find(keys_, key) - keys_.begin())];
    return nullptr;
  }

 private:
  // What a search would read as something else is no hint.
  static bool can_be_searched(std::string_view name) {
    const auto blanks = static_cast<std::size_t>(std::ranges::count(name, ' '));
    return blanks < longest_searched_name && !name.starts_with('-') && name.find(" -") == std::string_view::npos &&
           name.find_first_of("\"*") == std::string_view::npos;
  }

  void add(const std::string& name) {
    if (!can_be_searched(name)) return;
    names_.push_back(name);
    keys_.push_back(bare_name_key(name));
  }

  const std::string* first_with_beginning(const std::string& beginning) const {
    if (beginning.size() < index::shortest_prefix) return nullptr;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].starts_with(beginning)) return &names_[i];
    }
    return nullptr;
  }

  std::vector<std::string> names_;
  std::vector<std::string> keys_;
};

std::string_view written_in(std::string_view text, const SearchWords& words, const Run& run) {
  const auto begin = words.typed[run.begin].begin;
  return text.substr(begin, words.typed[run.end - 1].end - begin);
}

bool has_any(const SearchWords& words, const Run& run, index::WordBits some) {
  for (auto at = run.begin; at < run.end; ++at) {
    if ((words.typed[at].words & some) == 0) return false;
  }
  return true;
}

// Of plain words beside each other that find nothing, the most that may be one name.
template <class Visit>
void each_run(const SearchWords& words, std::size_t begin, index::WordBits some, Visit&& visit) {
  const auto typed = std::min(words.typed.size(), most_searched_names);
  for (auto end = std::min(typed, begin + longest_searched_name); end > begin; --end) {
    const bool plain = std::all_of(words.typed.begin() + static_cast<std::ptrdiff_t>(begin),
                                   words.typed.begin() + static_cast<std::ptrdiff_t>(end),
                                   [](const TypedWord& word) { return word.plain; });
    if (plain && has_any(words, {begin, end}, some) && visit(Run{begin, end})) return;
  }
}

// As the best of the texts that have `term` write it, or another one that is nearer to what was typed.
std::optional<std::string> written_form(store::Connection& connection, const std::string& term, std::string_view typed,
                                        bool notes) {
  index::SearchQuery query{.terms = {term}, .words = {{.terms = {term}}}, .notes = notes};
  std::vector<std::string> forms;
  index::TermFinder finder(
      [&](std::string_view one) { return one == term ? std::optional<std::size_t>(0) : std::nullopt; }, query.terms);
  for (const auto& hit : index::search(connection, query, 0, most_written).hits) {
    const auto text = found_text(connection, {hit.text, hit.ticket, hit.kind, hit.source});
    for (const std::string_view part : {std::string_view(text.title), std::string_view(text.body)}) {
      finder.each(part, most_terms_read, [&](const index::TermFinder::Found& found) {
        forms.push_back(index::normal_form(part.substr(found.begin, found.end - found.begin)));
        return std::size_t{0};
      });
    }
  }
  if (forms.empty()) return std::nullopt;
  const auto near = near_names(typed, forms);
  return near.empty() ? forms.front() : near.front();
}

// The word with the part that no ticket has as a ticket has it.
std::optional<std::string> spelt(store::Connection& connection, std::string_view written, const std::string& unknown,
                                 bool notes) {
  const auto near = index::near_term(connection, unknown, notes);
  if (!near) return std::nullopt;
  for (const auto& part : index::placed_terms(written, index::max_terms)) {
    if (part.text != unknown) continue;
    const auto form = written_form(connection, *near, written.substr(part.begin, part.end - part.begin), notes);
    if (!form) return std::nullopt;
    return std::string(written.substr(0, part.begin)) + *form + std::string(written.substr(part.end));
  }
  return std::nullopt;
}

class Meaning {
 public:
  Meaning(store::Connection& connection, std::string_view text, const SearchWords& words, index::WordBits unknown,
          bool none_has_all)
      : connection_(connection), text_(text), words_(words), unknown_(unknown), doubted_(unknown) {
    for (const auto& typed : words.typed) {
      if (none_has_all && std::popcount(typed.words) > 1) doubted_ |= typed.words;
    }
  }

  std::optional<std::string> put() {
    std::string meant;
    std::size_t told = 0;  // how far the text is told
    std::size_t changed = 0;
    for (std::size_t at = 0; at < words_.typed.size() && changed < most_meant;) {
      Run run{at, at + 1};
      const auto word = meant_from(run);
      at = run.end;
      if (!word) continue;
      const auto begin = words_.typed[run.begin].begin;
      meant += std::string(text_.substr(told, begin - told)) + *word;
      told = words_.typed[run.end - 1].end;
      ++changed;
    }
    if (changed == 0) return std::nullopt;
    return meant + std::string(text_.substr(told));
  }

 private:
  // `run` becomes what that stands for.
  std::optional<std::string> meant_from(Run& run) {
    const auto& typed = words_.typed[run.begin];
    if (!typed.plain) {
      const bool begins_name = has_any(words_, run, doubted_) && written_in(text_, words_, run).ends_with('*');
      return begins_name ? name_near(run) : std::nullopt;
    }
    std::optional<std::string> found;
    each_run(words_, run.begin, doubted_, [&](const Run& longer) {
      if (longer.end - longer.begin == 1) found = spelt_word(typed);
      if (!found) found = name_near(longer);
      if (found) run = longer;
      return found.has_value();
    });
    return found;
  }

  // The first of its parts that can be spelt another way.
  std::optional<std::string> spelt_word(const TypedWord& typed) const {
    const auto written = text_.substr(typed.begin, typed.end - typed.begin);
    for (auto unknown = typed.words & unknown_; unknown != 0; unknown &= unknown - 1) {
      const auto& terms = words_.query.words[static_cast<std::size_t>(std::countr_zero(unknown))].terms;
      if (terms.empty()) continue;
      if (auto word = spelt(connection_, written, terms.front(), words_.query.notes)) return word;
    }
    return std::nullopt;
  }

  std::optional<std::string> name_near(const Run& run) {
    if (!names_) names_.emplace(connection_);
    const auto* name = names_->near(written_in(text_, words_, run));
    return name == nullptr ? std::nullopt : std::optional(*name);
  }

  store::Connection& connection_;
  std::string_view text_;
  const SearchWords& words_;
  index::WordBits unknown_;
  index::WordBits doubted_;
  std::optional<KnownNames> names_;
};

}  // namespace

bool add_names_without_marks(store::Connection& connection, std::string_view text, SearchWords& words,
                             index::WordBits unknown) {
  const KnownNames names(connection);
  bool added = false;
  for (std::size_t at = 0; at < words.typed.size(); ++at) {
    each_run(words, at, unknown, [&](const Run& run) {
      const auto* name = names.same_but_for_marks(written_in(text, words, run));
      if (name == nullptr) return false;
      index::WordBits meant = 0;
      for (auto word = run.begin; word < run.end; ++word) meant |= words.typed[word].words;
      added = add_tickets_of_name(connection, *name, meant, words) || added;
      return true;
    });
  }
  return added;
}

std::optional<std::string> meant_words(store::Connection& connection, std::string_view text, const SearchWords& words,
                                       index::WordBits unknown, bool none_has_all) {
  return Meaning(connection, text, words, unknown, none_has_all).put();
}

}  // namespace gilir
