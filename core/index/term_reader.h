// Breaks a text down into its terms, one run of words after the other: see terms.h for what a term is.
//
// A subclass takes the terms. The text must outlive the reader. Pure, takes any bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/index/letter_pairs.h"

namespace gilir::index {

class TermReader {
 public:
  explicit TermReader(std::string_view text) : text_(text) {}
  TermReader(const TermReader&) = delete;
  TermReader& operator=(const TermReader&) = delete;

  // Reads the next run of words, joined to a compound perhaps. False at the end of the text.
  bool read();
  // How far the text was read.
  std::size_t at() const { return at_; }

 protected:
  // In bytes of the text.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  ~TermReader() = default;

  // Goes to the next run of words. When it is one word of small letters, perhaps after a capital, that begins with one
  // of `vain` and is written in no special way, goes past it and is true: such a word has one term, which begins as it
  // does.
  bool pass(const LetterPairs& vain);

  // Gets each term; it is valid for the call.
  virtual void take(std::string_view term, Place place) = 0;
  // Takes the terms of a word of ASCII letters and digits, which has the same wherever it stands.
  virtual void take_plain(std::string_view written, Place place);

 private:
  void find_run();
  void read_run();
  std::size_t end_of_word(std::size_t at, std::size_t most) const;
  std::size_t behind_joiner(std::size_t start, std::size_t at) const;
  bool ends_sentence(std::size_t start, std::size_t at, std::size_t next) const;
  void take_compound(Place place);
  void take_word(Place place);
  void take_segments(std::string_view text, Place place, bool as_written);
  void take_pairs(std::string_view text, Place place, bool as_written);
  void take_normal(std::string& word, Place place);
  void take_letters(std::string& word, Place place);
  void take_camel_parts(std::string_view written, Place place);

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Place> pieces_;
  std::string whole_;
  std::string word_;
  std::string stem_;
};

}  // namespace gilir::index
