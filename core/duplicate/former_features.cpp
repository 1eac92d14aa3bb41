#include "core/duplicate/former_features.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/base/name_key.h"
#include "core/base/text.h"

namespace gilir::duplicate {
namespace {

// A candidate's text is compared, not searched: its beginning says what it is about, and two hundred
// candidates have to be read while a person waits.
constexpr TextBounds title_bounds{.bytes = max_line_bytes, .words = 60};
constexpr TextBounds body_bounds{.bytes = 4 * 1024, .words = 150};

std::vector<std::string> sorted_terms(const std::vector<Word>& words) {
  std::vector<std::string> terms;
  for (const auto& word : words) {
    terms.push_back(word.term);
    terms.insert(terms.end(), word.parts.begin(), word.parts.end());
  }
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::string plain(std::string_view text, std::size_t bytes) {
  std::string result;
  for (const char c : fold_case(text.substr(0, bytes))) {
    const bool blank =
        static_cast<unsigned char>(c) <= ' ' || std::string_view("!?.,;\"'").find(c) != std::string_view::npos;
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

std::string key_of(std::string_view name) {
  return name_key(name.substr(0, max_line_bytes));
}

// Of an office's name every part counts, as people write it in pieces; the parts of other names only when
// they are numbers, so that at the server "printer-02" a printer is still worth a word.
std::vector<std::string> circumstances_of(const Subject& subject) {
  auto names = words(subject.office, title_bounds);
  for (const auto* name : {&subject.reporter, &subject.server}) {
    for (auto& word : words(*name, title_bounds)) {
      std::erase_if(word.parts, [](const std::string& part) {
        return std::ranges::none_of(part, [](char c) { return c >= '0' && c <= '9'; });
      });
      names.push_back(std::move(word));
    }
  }
  return sorted_terms(names);
}

Grams grams_of(const std::vector<Word>& words, const std::vector<std::string>& left_out) {
  std::string text = " ";
  for (const auto& word : words) {
    if (!contains(left_out, word.term)) text += fold_case(word.written) + " ";
  }
  std::vector<std::uint32_t> runs;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    std::uint32_t run = 0;
    for (std::size_t offset = 0; offset < 4; ++offset) run = (run << 8) | static_cast<unsigned char>(text[at + offset]);
    runs.push_back(run);
  }
  std::ranges::sort(runs);
  Grams grams;
  for (const auto run : runs) {
    if (grams.empty() || grams.back().first != run) grams.emplace_back(run, 0);
    ++grams.back().second;
  }
  return grams;
}

}  // namespace

bool contains(const std::vector<std::string>& sorted_terms, const std::string& term) {
  return std::ranges::binary_search(sorted_terms, term);
}

Features features_of(const Subject& subject) {
  Features features;
  features.title = words(subject.title, title_bounds);
  features.body = words(subject.body, body_bounds);
  std::ranges::sort(features.body, {}, &Word::term);
  features.title_terms = sorted_terms(features.title);
  const auto body_terms = sorted_terms(features.body);
  std::ranges::set_union(features.title_terms, body_terms, std::back_inserter(features.all_terms));
  features.circumstances = circumstances_of(subject);
  features.title_grams = grams_of(features.title, features.circumstances);

  features.plain_title = plain(subject.title, title_bounds.bytes);
  features.plain_body = plain(subject.body, body_bounds.bytes);
  features.reporter = key_of(subject.reporter);
  features.office = key_of(subject.office);
  features.server = key_of(subject.server);
  features.category = key_of(subject.category);
  features.filed = subject.filed;
  features.open = subject.open;
  return features;
}

}  // namespace gilir::duplicate
