#include "cli/output/known_words.h"

#include <algorithm>
#include <vector>

#include "cli/output/style.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// "is 70 bytes long" as "is {} bytes long", with the numbers taken out. A number stands by itself: "UTF-8"
// has none.
std::string without_numbers(std::string_view text, std::vector<Span>& numbers) {
  constexpr std::string_view before = " (";
  constexpr std::string_view after = " ,)%";
  std::string pattern;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text.substr(at), is_digit) - text.begin());
    const bool begins = at == 0 || before.find(text[at - 1]) != std::string_view::npos;
    const bool ends = end == text.size() || after.find(text[end]) != std::string_view::npos;
    if (end > at && begins && ends) {
      numbers.emplace_back(text.substr(at, end - at));
      pattern += "{}";
      at = end;
    } else {
      const auto next = std::max(end, at + 1);
      pattern += text.substr(at, next - at);
      at = next;
    }
  }
  return pattern;
}

// Whole, or by its numbers; "" when the catalogue does not know it.
std::string known(std::string_view text) {
  const std::string whole(text);
  if (const std::string words = _(whole.c_str()); words != whole) return words;
  std::vector<Span> numbers;
  const auto pattern = without_numbers(text, numbers);
  if (numbers.empty()) return {};
  const std::string words = _(pattern.c_str());
  return words == pattern ? std::string{} : plain_text(fill_phrase(words, numbers));
}

}  // namespace

std::string spaced(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string known_words(std::string_view english) {
  if (auto words = known(english); !words.empty()) return words;
  const auto colon = english.find(": ");
  if (colon == std::string_view::npos) return std::string(english);
  const auto what = english.substr(0, colon);
  const auto words = known(what);
  return (words.empty() ? std::string(what) : words) + ": " + known_words(english.substr(colon + 2));
}

std::string limit_hint(std::string_view problem) {
  if (problem.find("Too many open files") != std::string_view::npos)
    return _("This process may open too few files: raise its limit, as with ulimit -n 1024");
  if (problem.find("Resource temporarily unavailable") != std::string_view::npos)
    return _("This user may have no more of it: see the limits with ulimit -a");
  return {};
}

}  // namespace gilir::cli
