// A text's terms in one blob, the way the index stores them: sorted, each with what it does not share with the one
// before, and with how often it stands in the title and in the body.
//
// The blob also keeps how long the text is beside the desk's average at the time at which it was indexed, so that
// what a term weighs in it is the same whenever and by whomever it is computed.
//
// Blobs may be anything: what is no packed terms ends in Error{damaged}, never in a wrong read.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/index/packed_word.h"
#include "core/index/terms.h"
#include "core/index/varint.h"

namespace gilir::index {

// What is kept of the counts.
inline constexpr std::uint16_t most_in_title = 7;
inline constexpr std::uint16_t most_in_body = 31;

// BM25F's length normalisation (Robertson, Zaragoza and Taylor, 2004), in sixteenths: .5 + .5·length/average for the
// title, .25 + .75·length/average for the body.
struct LengthNorms {
  std::uint8_t title = 16;
  std::uint8_t body = 16;
  bool operator==(const LengthNorms&) const = default;
};
LengthNorms length_norms(const TextTerms& terms, double average_title, double average_body);

// No blob of packed terms is longer: the head, then for each term its sizes, its bytes and its counts.
inline constexpr std::size_t max_packed_bytes = 17 + max_terms * (max_term_bytes + 4);

// Weights come in so many levels, from 0 on.
inline constexpr int weight_bits = 3;
inline constexpr int weight_levels = 1 << weight_bits;

// x/(2+x), in levels; x = 5·title/norm + body/norm: saturating, and the title counts five times.
std::uint8_t weight_level(unsigned title, unsigned body, LengthNorms norms);
// From 0 to 1.
constexpr float weight_of(std::uint8_t level) {
  return (static_cast<float>(level) + .5F) / weight_levels;
}

// Inverse document frequency (Spärck Jones, 1972), smoothed: ln(1 + (texts + 1)/(texts_with + 1)).
inline double inverse_frequency(std::int64_t texts, std::int64_t texts_with) {
  return std::log(1 + (static_cast<double>(texts) + 1) / (static_cast<double>(texts_with) + 1));
}

// Whether all terms of a text are among those that are kept of it, so many and in so many words.
constexpr bool is_stored_whole(std::size_t terms, std::uint64_t length) {
  constexpr std::uint64_t surely_read = 1'000;
  return terms < max_terms && length < surely_read;
}

// `terms` as terms_of() makes them; beyond max_terms they are left out.
std::string pack_terms(const TextTerms& terms, LengthNorms norms);
TextTerms unpack_terms(std::string_view packed);

// Walks a blob from term to term without making strings. The blob must outlive it.
class PackedTerms {
 public:
  explicit PackedTerms(std::string_view packed);
  // False at the end, and then the whole blob was read.
  bool next();

  // Of the present term; valid until next().
  std::string_view text() const { return {text_, size_}; }
  // packed_word() of it.
  std::uint64_t beginning() const {
    if constexpr (std::endian::native != std::endian::little) return packed_word(text());
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text_, 8);
    bytes = __builtin_bswap64(bytes);
    return size_ >= 8 ? bytes : bytes & ~(~std::uint64_t{0} >> 8 * size_);
  }
  unsigned title() const { return title_; }
  unsigned body() const { return body_; }
  std::uint8_t weight() const { return weight_level(title_, body_, norms_); }
  // As a term of the title alone.
  std::uint8_t title_weight() const { return weight_level(title_, 0, norms_); }

  LengthNorms norms() const { return norms_; }
  std::uint32_t title_length() const { return title_length_; }
  std::uint32_t body_length() const { return body_length_; }
  std::size_t count() const { return count_; }

  // A size of a term that is no less than this stands in a byte of its own.
  static constexpr std::uint8_t follows = 15;

 private:
  std::string_view rest_;
  LengthNorms norms_;
  std::uint32_t title_length_ = 0;
  std::uint32_t body_length_ = 0;
  std::size_t count_ = 0;
  std::size_t read_ = 0;
  std::size_t size_ = 0;
  unsigned title_ = 0;
  unsigned body_ = 0;
  // With room for copies of a fixed length, which are faster.
  static constexpr std::size_t copied_at_once = 16;
  char text_[max_term_bytes + copied_at_once] = {};
};

inline bool PackedTerms::next() {
  if (read_ == count_) {
    if (!rest_.empty()) refuse_blob("there is something behind a text's terms");
    return false;
  }
  ++read_;
  const auto sizes = take_byte(rest_);
  std::size_t shared = sizes >> 4;
  std::size_t own = sizes & 0xF;
  if (shared == follows) shared = take_byte(rest_);
  if (own == follows) own = take_byte(rest_);
  if (own == 0 || shared > size_ || shared + own > max_term_bytes || own >= rest_.size()) {
    refuse_blob("a term's size is wrong");
  }
  const auto byte = [](char value) { return static_cast<unsigned char>(value); };
  if (shared < size_ && byte(rest_.front()) <= byte(text_[shared])) refuse_blob("a text's terms are out of order");
  if (own <= copied_at_once && rest_.size() >= copied_at_once)
    std::memcpy(text_ + shared, rest_.data(), copied_at_once);
  else
    std::memcpy(text_ + shared, rest_.data(), own);
  size_ = shared + own;
  title_ = byte(rest_[own]) >> 5;
  body_ = byte(rest_[own]) & 0x1F;
  rest_.remove_prefix(own + 1);
  return true;
}

}  // namespace gilir::index
