#include "core/index/term_finder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "core/index/affixes.h"
#include "core/index/slang.h"
#include "core/index/term_reader.h"

namespace gilir::index {
// Short words that have nothing to do with what is looked for, and how many terms each has. One that comes later takes
// the room of another.
class TermFinder::OtherWords {
 public:
  std::optional<std::size_t> terms_of(std::string_view word) {
    const Key key(word);
    const auto& slot = slot_of(key);
    if (word.size() > longest || !(slot.key == key)) return std::nullopt;
    return slot.terms;
  }
  void add(std::string_view word, std::size_t terms) {
    const Key key(word);
    if (word.size() <= longest) slot_of(key) = {key, static_cast<std::uint32_t>(terms)};
  }

 private:
  static constexpr std::size_t longest = 15;
  static constexpr int slot_bits = 10;

  // A word and behind it how long it is; no word is empty.
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    Key() = default;
    explicit Key(std::string_view word) {
      std::array<char, longest + 1> bytes{};
      std::copy_n(word.data(), std::min(word.size(), longest), bytes.data());
      bytes.back() = static_cast<char>(word.size());
      std::memcpy(&first, bytes.data(), sizeof first);
      std::memcpy(&second, bytes.data() + sizeof first, sizeof second);
    }
    bool operator==(const Key&) const = default;
  };
  struct Slot {
    Key key;
    std::uint32_t terms = 0;
  };

  Slot& slot_of(const Key& key) {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, §6.4).
    const auto mixed = (key.first ^ key.second * 31) * 0x9E37'79B9'7F4A'7C15;
    return slots_[mixed >> (64 - slot_bits)];
  }

  std::array<Slot, 1U << slot_bits> slots_{};
};

class TermFinder::Reader final : public TermReader {
 public:
  Reader(TermFinder& finder, std::string_view text, std::size_t most, const Visit& visit)
      : TermReader(text), finder_(finder), most_(most), visit_(visit), end_(text.size()) {}

  void read_all() {
    while (at() < end_ && taken_ < most_) {
      if (pass(finder_.vain_))
        ++taken_;
      else if (!read())
        break;
    }
  }

 private:
  void take(std::string_view term, Place place) override {
    if (taken_ >= most_ || place.begin >= end_) return;
    ++taken_;
    const auto which = finder_.which_(term);
    if (!which) return;
    ++found_;
    end_ = std::min(end_, visit_({*which, term, place.begin, place.end}));
  }

  void take_plain(std::string_view written, Place place) override {
    if (const auto terms = finder_.others_->terms_of(written)) {
      taken_ += *terms;
      return;
    }
    const auto found_before = found_;
    const auto taken_before = taken_;
    TermReader::take_plain(written, place);
    // What is cut off may be looked for.
    const bool whole = taken_ < most_ && place.begin < end_;
    if (whole && found_ == found_before) finder_.others_->add(written, taken_ - taken_before);
  }

  TermFinder& finder_;
  std::size_t most_;
  const Visit& visit_;
  std::size_t end_;
  std::size_t taken_ = 0;
  std::size_t found_ = 0;
};

TermFinder::TermFinder(Which which, std::span<const std::string> beginnings)
    : which_(std::move(which)), others_(std::make_unique<OtherWords>()) {
  auto promising = prefix_beginnings() | slang_beginnings();
  for (const auto& beginning : beginnings) {
    if (const auto pair = letter_pair(beginning))
      promising.set(*pair);
    else if (beginning.size() < 2)
      promising.set();
  }
  vain_ = ~promising;
}
TermFinder::~TermFinder() = default;

void TermFinder::each(std::string_view text, std::size_t most, const Visit& visit) {
  Reader(*this, text, most, visit).read_all();
}

}  // namespace gilir::index
