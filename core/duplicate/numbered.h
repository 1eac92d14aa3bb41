// Things that titles tell apart by number: "loket 3", "printer-2", "lantai ke-2", "2nd floor", "ruang B", "versi 3.1".
// Counts, times and codes are none of that ("3 printers", "mati 2 hari", "ORA-00942"). Pure; never throws but
// bad_alloc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::duplicate {

struct Numbered {
  std::string_view kind;
  std::string number;  // "2" of "02", "dua" and "2nd"
  bool operator==(const Numbered&) const = default;
};

// The number that a word stands for: "2" of "02", "dua", "kedua" and "2nd"; empty for others.
std::string number_named(std::string_view word);

// `words`: those of a title in normal form, in order.
std::vector<Numbered> things_numbered(std::span<const std::string> words);

// Whether both name things of one kind by number, and none is the same.
bool are_others_of_a_kind(std::span<const std::string> words, std::span<const std::string> others);

}  // namespace gilir::duplicate
