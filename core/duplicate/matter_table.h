// Which matters (matters.h) a term stands for: a table made by the compiler, in which most terms are found with one
// look.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/duplicate/matters.h"

namespace gilir::duplicate {

// `lists`: terms (core/index/terms.h) separated by blanks, a matter a line, each line with its end; a term may stand in
// several. The lines' matters are numbered from `first` on and end before `last`, so that tables share no number.
template <std::size_t slot_count>
class MatterTable {
 public:
  consteval MatterTable(std::string_view lists, std::size_t first, std::size_t last) : lists_(lists) {
    auto matter = first;
    for (std::size_t begin = 0; begin < lists.size();) {
      const auto end = end_of_term(begin);
      auto at = slot_of(lists.substr(begin, end - begin));
      while (slots_[at].term != 0) at = (at + 1) % slot_count;
      slots_[at] = {static_cast<std::uint16_t>(begin + 1), static_cast<std::uint16_t>(matter)};
      if (lists[end] == '\n') ++matter;
      begin = end + 1;
    }
    if (lists.size() >= 0xFFFF || matter > last) throw "too many terms or matters";
  }

  void add(std::string_view term, Matters& matters) const {
    for (auto at = slot_of(term); slots_[at].term != 0; at = (at + 1) % slot_count) {
      const std::size_t begin = slots_[at].term - 1u;
      if (lists_.substr(begin, end_of_term(begin) - begin) == term) matters.set(slots_[at].matter);
    }
  }

 private:
  struct Slot {
    std::uint16_t term = 0;  // where it begins, and one
    std::uint16_t matter = 0;
  };

  static constexpr std::size_t slot_of(std::string_view term) {
    std::uint32_t sum = 0x811C'9DC5u;  // FNV-1a (Fowler, Noll and Vo, 1991)
    for (const char c : term) sum = (sum ^ static_cast<unsigned char>(c)) * 0x0100'0193u;
    return (sum ^ sum >> 15) % slot_count;
  }

  constexpr std::size_t end_of_term(std::size_t at) const {
    while (lists_[at] != ' ' && lists_[at] != '\n') ++at;
    return at;
  }

  std::string_view lists_;
  std::array<Slot, slot_count> slots_{};
};

// What `term` stands for.
void add_things(std::string_view term, Matters& matters);
void add_troubles(std::string_view term, Matters& matters);

}  // namespace gilir::duplicate
