#include "core/duplicate/former_score.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gilir::duplicate {
namespace {

constexpr double smoothing_tickets = 50;
constexpr double smoothing_frequency = 6;
constexpr std::int64_t always_rare = 5;
constexpr std::int64_t rare_one_in = 1000;
constexpr std::int64_t unlisted_one_in = 100;
constexpr std::size_t telling_body_words = 5;
constexpr std::size_t shortest_forgiven = 5;

bool equal_and_known(const std::string& one, const std::string& other) {
  return !one.empty() && one == other;
}
bool other_and_known(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}

// True when one insertion, deletion, substitution or swap of neighbours makes `one` into `other`
// (Damerau, 1964), both beginning with the same letter: people rarely mistype the first.
bool one_typing_error_apart(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (one.size() < shortest_forgiven || other.size() - one.size() > 1 || one.front() != other.front()) return false;
  const auto differs = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const auto one_rest = one.substr(differs);
  const auto other_rest = other.substr(differs);
  if (one.size() != other.size()) return one_rest == other_rest.substr(1);
  if (one_rest.empty() || one_rest.substr(1) == other_rest.substr(1)) return true;
  return one_rest.size() >= 2 && one_rest[0] == other_rest[1] && one_rest[1] == other_rest[0] &&
         one_rest.substr(2) == other_rest.substr(2);
}

bool is_lower_letters(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

// One side of a comparison: what to leave out is what either ticket's circumstances name.
struct Pair {
  const Features& newer;
  const Features& older;
  const TermFrequencies& frequencies;

  bool is_circumstance(const Word& word) const {
    return contains(newer.circumstances, word.term) || contains(older.circumstances, word.term);
  }
};

bool has_word(const std::vector<std::string>& terms, const Word& word) {
  if (contains(terms, word.term)) return true;
  return !word.parts.empty() &&
         std::ranges::all_of(word.parts, [&](const std::string& part) { return contains(terms, part); });
}

bool has_word_or_misspelt(const Features& features, const Word& word) {
  if (has_word(features.title_terms, word)) return true;
  if (!is_lower_letters(word.term)) return false;
  return std::ranges::any_of(features.title, [&](const Word& other) {
    return is_lower_letters(other.term) && one_typing_error_apart(word.term, other.term);
  });
}

struct Coverage {
  double weight = 0;
  double covered_weight = 0;
  std::size_t words = 0;
  std::size_t covered = 0;

  double share() const { return weight > 0 ? covered_weight / weight : 0; }
};

// How much of `title` the other ticket's title has.
Coverage coverage(const Pair& pair, const std::vector<Word>& title, const Features& other) {
  Coverage found;
  for (const auto& word : title) {
    if (pair.is_circumstance(word)) continue;
    const double weight = pair.frequencies.weight(word.term);
    found.weight += weight;
    ++found.words;
    if (!has_word_or_misspelt(other, word)) continue;
    found.covered_weight += weight;
    ++found.covered;
  }
  return found;
}

bool names_another_thing(const Pair& pair, const Features& one, const Features& other) {
  return std::ranges::any_of(one.title, [&](const Word& word) {
    return (word.identifier || word.number) && !pair.is_circumstance(word) && !has_word(other.all_terms, word);
  });
}

double gram_similarity(const Grams& one, const Grams& other) {
  double product = 0;
  double one_square = 0;
  double other_square = 0;
  for (const auto& [run, count] : one) one_square += double(count) * count;
  for (const auto& [run, count] : other) other_square += double(count) * count;
  for (auto left = one.begin(), right = other.begin(); left != one.end() && right != other.end();) {
    if (left->first == right->first)
      product += double((left++)->second) * (right++)->second;
    else if (left->first < right->first)
      ++left;
    else
      ++right;
  }
  return product > 0 ? product / std::sqrt(one_square * other_square) : 0;
}

std::optional<double> body_similarity(const Pair& pair) {
  const auto& newer = pair.newer.body;
  const auto& older = pair.older.body;
  if (newer.size() < telling_body_words || older.size() < telling_body_words) return {};
  double product = 0;
  double newer_square = 0;
  double older_square = 0;
  const auto frequency = [](const Word& word) { return word.count == 1 ? 1 : 1 + std::log(double(word.count)); };
  for (auto left = newer.begin(), right = older.begin(); left != newer.end() || right != older.end();) {
    const bool in_newer = right == older.end() || (left != newer.end() && left->term <= right->term);
    const bool in_older = left == newer.end() || (right != older.end() && right->term <= left->term);
    const double weight = pair.frequencies.weight(in_newer ? left->term : right->term);
    const double newer_weight = in_newer ? weight * frequency(*left++) : 0;
    const double older_weight = in_older ? weight * frequency(*right++) : 0;
    product += newer_weight * older_weight;
    newer_square += newer_weight * newer_weight;
    older_square += older_weight * older_weight;
  }
  return product > 0 ? product / std::sqrt(newer_square * older_square) : 0.0;
}

std::optional<SharedTerm> rarest_shared(const Pair& pair) {
  const Word* best = nullptr;
  const auto is_better = [&](const Word& word) {
    if (best == nullptr || word.identifier != best->identifier) return best == nullptr || word.identifier;
    return pair.frequencies.weight(word.term) > pair.frequencies.weight(best->term);
  };
  for (const auto& word : pair.newer.title) {
    const auto& terms = word.identifier ? pair.older.all_terms : pair.older.title_terms;
    if (!pair.is_circumstance(word) && has_word(terms, word) && is_better(word)) best = &word;
  }
  for (const auto& word : pair.newer.body) {
    if (!word.identifier || pair.is_circumstance(word)) continue;
    if (has_word(pair.older.all_terms, word) && is_better(word)) best = &word;
  }
  if (best == nullptr) return {};
  return SharedTerm{best->written, best->identifier, pair.frequencies.is_rare(best->term)};
}

bool is_same_text(const Features& newer, const Features& older) {
  if (newer.plain_title.empty() || newer.plain_title != older.plain_title) return false;
  return newer.plain_body == older.plain_body || newer.plain_body.empty() || older.plain_body.empty();
}

}  // namespace

double TermFrequencies::weight(const std::string& term) const {
  const auto found = tickets_with.find(term);
  const auto frequency = found == tickets_with.end() ? tickets / unlisted_one_in : found->second;
  return std::max(0.1, std::log((double(tickets) + smoothing_tickets) / (double(frequency) + smoothing_frequency)));
}

bool TermFrequencies::is_rare(const std::string& term) const {
  const auto found = tickets_with.find(term);
  return found != tickets_with.end() && found->second <= std::max(always_rare, tickets / rare_one_in);
}

Comparison compare(const Features& newer, const Features& older, const TermFrequencies& frequencies) {
  const Pair pair{newer, older, frequencies};
  Comparison result;
  result.other_office = other_and_known(newer.office, older.office);
  result.other_server = other_and_known(newer.server, older.server);
  result.same_reporter = equal_and_known(newer.reporter, older.reporter) && !result.other_office;
  result.same_office = equal_and_known(newer.office, older.office);
  result.same_server = equal_and_known(newer.server, older.server);
  result.same_category = equal_and_known(newer.category, older.category);
  result.same_text = is_same_text(newer, older);
  result.other_things_named = names_another_thing(pair, newer, older) && names_another_thing(pair, older, newer);

  const auto newer_coverage = coverage(pair, newer.title, older);
  const auto older_coverage = coverage(pair, older.title, newer);
  result.newer_covered = newer_coverage.share();
  result.older_covered = older_coverage.share();
  result.shared_words = std::min(newer_coverage.covered, older_coverage.covered);
  const auto all_words = newer_coverage.words + older_coverage.words;
  if (all_words > 0) result.title_words = double(newer_coverage.covered + older_coverage.covered) / double(all_words);
  result.title_similarity = gram_similarity(newer.title_grams, older.title_grams);
  result.body_similarity = body_similarity(pair);
  result.rarest_shared = rarest_shared(pair);

  const auto apart = newer.filed > older.filed ? newer.filed - older.filed : older.filed - newer.filed;
  result.apart = std::chrono::floor<Seconds>(apart);
  result.older_open = older.open;
  return result;
}

}  // namespace gilir::duplicate
