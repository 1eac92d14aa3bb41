#include "core/index/packed_terms.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/index/varint.h"

namespace gilir::index {
namespace {

std::uint8_t norm(double constant, double length, double average) {
  const double sixteenths = std::round(16 * (constant + (1 - constant) * length / std::max(average, 1.0)));
  return static_cast<std::uint8_t>(std::clamp(sixteenths, 1.0, 255.0));
}

std::size_t shared_beginning(std::string_view one, std::string_view other) {
  const auto most = std::min(one.size(), other.size());
  return static_cast<std::size_t>(
      std::mismatch(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(most), other.begin()).first - one.begin());
}

// Two sizes in one byte, where they are small.
void put_sizes(std::string& bytes, std::size_t shared, std::size_t own) {
  const auto nibble = [](std::size_t size) { return std::min<std::size_t>(size, PackedTerms::follows); };
  bytes += static_cast<char>(nibble(shared) << 4 | nibble(own));
  for (const auto size : {shared, own}) {
    if (size >= PackedTerms::follows) bytes += static_cast<char>(size);
  }
}

std::uint8_t counts_byte(const Term& term) {
  return static_cast<std::uint8_t>(std::min(term.title, most_in_title) << 5 | std::min(term.body, most_in_body));
}

}  // namespace

LengthNorms length_norms(const TextTerms& terms, double average_title, double average_body) {
  return {norm(.5, terms.title_length, average_title), norm(.25, terms.body_length, average_body)};
}

std::uint8_t weight_level(unsigned title, unsigned body, LengthNorms norms) {
  // Whole numbers, so that every machine has the same.
  const unsigned below = unsigned{norms.title} * norms.body;
  const unsigned above = 80 * title * norms.body + 16 * body * norms.title;
  return static_cast<std::uint8_t>(weight_levels * above / (2 * below + above));
}

std::string pack_terms(const TextTerms& terms, LengthNorms norms) {
  std::string bytes;
  bytes.reserve(16 + 8 * terms.terms.size());
  bytes += static_cast<char>(norms.title);
  bytes += static_cast<char>(norms.body);
  put_varint(bytes, terms.title_length);
  put_varint(bytes, terms.body_length);
  const auto count = std::min(terms.terms.size(), max_terms);
  put_varint(bytes, static_cast<std::uint32_t>(count));
  std::string_view before;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = terms.terms[i].text;
    const auto shared = shared_beginning(before, text);
    put_sizes(bytes, shared, text.size() - shared);
    bytes += text.substr(shared);
    bytes += static_cast<char>(counts_byte(terms.terms[i]));
    before = text;
  }
  return bytes;
}

PackedTerms::PackedTerms(std::string_view packed) : rest_(packed) {
  norms_.title = take_byte(rest_);
  norms_.body = take_byte(rest_);
  title_length_ = take_varint(rest_);
  body_length_ = take_varint(rest_);
  count_ = take_varint(rest_);
  if (norms_.title == 0 || norms_.body == 0 || count_ > max_terms) refuse_blob("a text's terms are none");
}

TextTerms unpack_terms(std::string_view packed) {
  PackedTerms reader(packed);
  TextTerms terms;
  terms.title_length = reader.title_length();
  terms.body_length = reader.body_length();
  terms.terms.reserve(reader.count());
  while (reader.next()) {
    terms.terms.push_back({std::string(reader.text()), static_cast<std::uint16_t>(reader.title()),
                           static_cast<std::uint16_t>(reader.body())});
  }
  return terms;
}

}  // namespace gilir::index
