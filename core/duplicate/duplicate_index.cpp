#include "core/duplicate/duplicate_index.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace gilir::duplicate {
namespace {

// In duplicate_term, the row that counts all tickets; no text has an empty term.
const std::string all_tickets;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::string tokens(const std::vector<std::string>& terms) {
  std::vector<std::string> all;
  for (const auto& term : terms) all.push_back(token_of(term));
  return joined(all);
}

// Whether the tokenizer of index_schema takes `byte` as a part of a word, and as it is.
bool is_plain(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
         std::string_view("-_./:").find(byte) != std::string_view::npos;
}

// What the tokenizer makes of a term that is fed as it is, as a query for tickets that have all of it.
std::string pieces_of(std::string_view term) {
  std::string query;
  for (std::size_t at = 0; at < term.size();) {
    const auto is_split = [](char byte) { return !is_plain(byte); };
    const auto end = static_cast<std::size_t>(std::ranges::find_if(term.substr(at), is_split) - term.begin());
    if (end > at) query += (query.empty() ? "" : " AND ") + matching(std::string(term.substr(at, end - at)));
    at = end + 1;
  }
  return query;
}

void remove_tokens(store::Connection& connection, TicketNumber number, const std::string& fed) {
  connection.run("INSERT INTO duplicate_index (duplicate_index, rowid, terms) VALUES ('delete', $1, $2)", number, fed);
}

void add_tokens(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms) {
  connection.run("INSERT INTO duplicate_index (rowid, terms) VALUES ($1, $2)", number, tokens(terms));
}

void count_up(store::Connection& connection, const std::string& term) {
  connection.run(
      "INSERT INTO duplicate_term (term, tickets) VALUES ($1, 1)"
      " ON CONFLICT (term) DO UPDATE SET tickets = duplicate_term.tickets + 1",
      term);
}

void count_down(store::Connection& connection, const std::string& term) {
  connection.run("UPDATE duplicate_term SET tickets = tickets - 1 WHERE term = $1", term);
  connection.run("DELETE FROM duplicate_term WHERE term = $1 AND tickets <= 0", term);
}

using Weighted = std::pair<std::int64_t, double>;

// The terms that some ticket has, rarest first.
std::vector<std::pair<std::int64_t, std::string>> known_terms(const std::vector<std::string>& terms,
                                                              const TermFrequencies& frequencies) {
  std::vector<std::pair<std::int64_t, std::string>> known;
  for (const auto& term : terms) {
    const auto found = frequencies.tickets_with.find(term);
    if (found != frequencies.tickets_with.end() && found->second > 0) known.emplace_back(found->second, term);
  }
  std::ranges::sort(known);
  return known;
}

// Adds up the weights of each ticket; newest first.
void add_up(std::vector<Weighted>& weights) {
  std::ranges::sort(weights, std::greater{}, &Weighted::first);
  std::size_t kept = 0;
  for (std::size_t at = 1; at < weights.size(); ++at) {
    if (weights[at].first == weights[kept].first)
      weights[kept].second += weights[at].second;
    else
      weights[++kept] = weights[at];
  }
  if (!weights.empty()) weights.resize(kept + 1);
}

// The weight of terms that each ticket shares; newest first.
std::vector<Weighted> shared_weights(store::Connection& connection, const std::vector<std::string>& terms,
                                     const TermFrequencies& frequencies, const CandidateLimits& limits) {
  std::vector<Weighted> weights;
  auto known = known_terms(terms, frequencies);
  if (known.size() > limits.terms) known.resize(limits.terms);
  std::int64_t left = limits.gate;
  for (const auto& [tickets, term] : known) {
    const auto walked = tickets <= left ? tickets : limits.newest_of_frequent;
    left = std::max<std::int64_t>(0, left - tickets);
    const double weight = frequencies.weight(term);
    connection.each<std::int64_t>(
        "SELECT rowid FROM duplicate_index WHERE duplicate_index MATCH $1 AND rowid >= $2"
        " ORDER BY rowid DESC LIMIT $3",
        [&](std::int64_t number) { weights.emplace_back(number, weight); }, matching(term), limits.oldest, walked);
  }
  add_up(weights);
  return weights;
}

}  // namespace

std::string token_of(std::string_view term) {
  if (!term.empty() && term.front() != '_' && std::ranges::all_of(term, is_plain)) return std::string(term);
  std::string token = "_";
  for (const char byte : term) {
    for (const int half : {static_cast<unsigned char>(byte) >> 4, byte & 0xf}) token += "0123456789abcdef"[half];
  }
  return token;
}

std::string matching(const std::string& term) {
  return '"' + token_of(term) + '"';
}

void add_to_index(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms) {
  add_tokens(connection, number, terms);
  for (const auto& term : terms) count_up(connection, term);
  count_up(connection, all_tickets);
}

void remove_from_index(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms) {
  remove_tokens(connection, number, tokens(terms));
  for (const auto& term : terms) count_down(connection, term);
  count_down(connection, all_tickets);
}

void clear_index(store::Connection& connection) {
  connection.run("INSERT INTO duplicate_index (duplicate_index) VALUES ('delete-all')");
  connection.run("DELETE FROM duplicate_term");
}

std::vector<TicketNumber> tickets_in_pieces(store::Connection& connection) {
  std::set<TicketNumber> found;
  for (const auto& term : connection.all<std::string>("SELECT term FROM duplicate_term WHERE term LIKE '%''%'")) {
    const auto query = pieces_of(term);
    connection.each<TicketNumber>(
        "SELECT rowid FROM duplicate_index WHERE duplicate_index MATCH $1",
        [&](TicketNumber number) { found.insert(number); }, query);
  }
  return {found.begin(), found.end()};
}

void put_together(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms) {
  remove_tokens(connection, number, joined(terms));
  add_tokens(connection, number, terms);
}

TermFrequencies frequencies(store::Connection& connection, const std::vector<std::string>& terms) {
  TermFrequencies found;
  const auto tickets_with = [&](const std::string& term) {
    return connection.first<std::int64_t>("SELECT tickets FROM duplicate_term WHERE term = $1", term).value_or(0);
  };
  found.tickets = tickets_with(all_tickets);
  for (const auto& term : terms) found.tickets_with.emplace(term, tickets_with(term));
  return found;
}

std::vector<TicketNumber> candidates(store::Connection& connection, const std::vector<std::string>& terms,
                                     const TermFrequencies& frequencies, const CandidateLimits& limits) {
  auto found = shared_weights(connection, terms, frequencies, limits);
  const auto most = std::min(limits.most, found.size());
  const auto heaviest = static_cast<std::ptrdiff_t>(found.size() <= limits.most ? most : most / 2);
  const auto newer = [](const Weighted& one, const Weighted& other) { return one.first > other.first; };
  const auto heavier = [&](const Weighted& one, const Weighted& other) {
    return one.second != other.second ? one.second > other.second : newer(one, other);
  };
  std::ranges::partial_sort(found, found.begin() + heaviest, heavier);
  std::partial_sort(found.begin() + heaviest, found.begin() + static_cast<std::ptrdiff_t>(most), found.end(), newer);
  std::vector<TicketNumber> numbers;
  for (std::size_t at = 0; at < most; ++at) numbers.push_back({found[at].first});
  return numbers;
}

}  // namespace gilir::duplicate
