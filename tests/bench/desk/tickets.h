// Text as a help desk gets it, from a seed: words of Indonesian and English by Zipf's law (Zipf, "Human
// Behavior and the Principle of Least Effort", 1949), a long tail of names, machines and codes, titles of a
// line, bodies of some lines. Or as one tracker got it: made from given texts, each title with a word of another one,
// each body the beginning of one and the end of another. The same seed gives the same text on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace gilir::bench {

struct GivenText {
  std::string title;
  std::string body;
};
// JSON lines with "title" and "body"; std::runtime_error when there are none.
std::vector<GivenText> read_texts(const std::string& path);

class TicketText {
 public:
  // `given` has to outlive it; without any, the text is invented.
  explicit TicketText(std::uint64_t seed, std::span<const GivenText> given = {});

  std::string title();
  std::string body();
  std::string answer();
  // A log of about 64 KiB below a sentence, as some paste it.
  std::string body_with_log();
  // Two or three words that somebody may search for.
  std::string search();

  // From 0 up to and without `end`.
  std::size_t below(std::size_t end);
  bool in_one_of(std::size_t many) { return below(many) == 0; }

 private:
  const GivenText& some_given() { return given_[below(given_.size())]; }
  std::string mixed_title();
  std::string mixed_body();
  const std::string& word();
  std::string code();
  std::string words(std::size_t count);

  std::mt19937_64 random_;
  std::span<const GivenText> given_;
  std::vector<std::string> vocabulary_;
  // For each word the share of all text that it and those before it make up.
  std::vector<double> shares_;
};

// Names of people, offices and servers by number, each number another name.
std::string person(std::size_t number);
std::string office(std::size_t number);

}  // namespace gilir::bench
