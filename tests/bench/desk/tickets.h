// Text as a help desk gets it, from a seed: words of Indonesian and English by Zipf's law (Zipf, "Human
// Behavior and the Principle of Least Effort", 1949), a long tail of names, machines and codes, titles of a
// line, bodies of some lines. The same seed gives the same text on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace gilir::bench {

class TicketText {
 public:
  explicit TicketText(std::uint64_t seed);

  std::string title();
  std::string body();
  std::string answer();
  // Two or three words that somebody may search for.
  std::string search();

  // From 0 up to and without `end`.
  std::size_t below(std::size_t end);
  bool in_one_of(std::size_t many) { return below(many) == 0; }

 private:
  const std::string& word();
  std::string code();
  std::string words(std::size_t count);

  std::mt19937_64 random_;
  std::vector<std::string> vocabulary_;
  // For each word the share of all text that it and those before it make up.
  std::vector<double> shares_;
};

// Names of people, offices and servers by number, each number another name.
std::string person(std::size_t number);
std::string office(std::size_t number);

}  // namespace gilir::bench
