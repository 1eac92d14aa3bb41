#include "core/duplicate/numbered.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/duplicate/matters.h"
#include "core/duplicate/stop_words.h"
#include "core/duplicate/typing_errors.h"
#include "core/duplicate/word_set.h"
#include "core/index/affixes.h"
#include "core/index/place_words.h"

namespace gilir::duplicate {
namespace {

// Longer ones are codes.
constexpr std::size_t longest_number = 4;
constexpr std::size_t longest_version = 16;
constexpr std::size_t shortest_kind = 2;
constexpr std::size_t most_numbered = 16;

// What is counted, measured or told by the clock, not named.
constexpr WordSet units(std::to_array<std::string_view>({
    "am",    "bh",      "bln",     "buah",   "bulan",  "bytes",  "date",    "day",    "days",    "detik",
    "dpi",   "gb",      "halaman", "hari",   "hour",   "hours",  "hr",      "hrs",    "jam",     "juta",
    "kali",  "kb",      "kbps",    "kg",     "kilo",   "kopi",   "lembar",  "lbr",    "mb",      "mbps",
    "menit", "meter",   "min",     "minggu", "mins",   "minute", "minutes", "mnt",    "month",   "months",
    "ms",    "orang",   "page",    "pages",  "pasien", "pcs",    "people",  "persen", "percent", "pm",
    "pukul", "rangkap", "ribu",    "rp",     "rupiah", "sec",    "second",  "secs",   "seconds", "tanggal",
    "tahun", "tb",      "tgl",     "thn",    "time",   "times",  "today",   "unit",   "units",   "user",
    "users", "watt",    "week",    "weeks",  "wib",    "wit",    "wita",    "x",      "year",    "years",
}));
// Have a number whatever else they stand for.
constexpr WordSet versions(std::to_array<std::string_view>({"phase", "rev", "tahap", "v", "ver", "versi", "version"}));
// Whoever writes again counts these: "komplain ke-2".
constexpr WordSet messages(std::to_array<std::string_view>({
    "aduan",
    "complaint",
    "email",
    "keluhan",
    "komplain",
    "laporan",
    "mail",
    "message",
    "pengaduan",
    "percobaan",
    "pesan",
    "report",
    "request",
    "surat",
    "ticket",
    "tiket",
    "upaya",
}));
constexpr auto number_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"satu", "1"},  {"dua", "2"},     {"tiga", "3"},     {"empat", "4"},    {"lima", "5"},  {"enam", "6"},
    {"tujuh", "7"}, {"delapan", "8"}, {"sembilan", "9"}, {"sepuluh", "10"}, {"one", "1"},   {"two", "2"},
    {"three", "3"}, {"four", "4"},    {"five", "5"},     {"six", "6"},      {"seven", "7"}, {"eight", "8"},
    {"nine", "9"},  {"ten", "10"},    {"i", "1"},        {"ii", "2"},       {"iii", "3"},   {"iv", "4"},
});
constexpr auto ordinal_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"pertama", "1"},
    {"kesatu", "1"},
    {"kedua", "2"},
    {"ketiga", "3"},
    {"keempat", "4"},
    {"kelima", "5"},
    {"first", "1"},
    {"second", "2"},
    {"third", "3"},
    {"fourth", "4"},
    {"fifth", "5"},
    {"ground", "0"},
});

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

std::string_view in_table(std::string_view word, auto&& table) {
  const auto found = std::ranges::find(table, word, [](const auto& row) { return row.first; });
  return found == table.end() ? std::string_view{} : found->second;
}

std::string without_zeros(std::string_view digits) {
  const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return std::string(digits.substr(first));
}

// "2", "02" and "3.1.0"; empty of anything else.
std::string number_of(std::string_view word) {
  if (word.empty() || !is_decimal_digit(word.front()) || !is_decimal_digit(word.back())) return {};
  if (std::ranges::all_of(word, is_decimal_digit))
    return word.size() <= longest_number ? without_zeros(word) : std::string{};
  const bool version = word.size() <= longest_version && std::ranges::count(word, '.') < 3 &&
                       std::ranges::all_of(word, [](char c) { return is_decimal_digit(c) || c == '.'; });
  return version ? std::string(word) : std::string{};
}

// Of "ke-2", "2nd" and "kedua".
std::string ordinal_of(std::string_view word) {
  if (const auto known = in_table(word, ordinal_words); !known.empty()) return std::string(known);
  if (word.starts_with("ke-")) return number_of(word.substr(3));
  for (const auto* ending : {"st", "nd", "rd", "th"}) {
    if (word.ends_with(ending)) return number_of(word.substr(0, word.size() - 2));
  }
  return {};
}

bool is_kind(std::string_view word) {
  if (index::is_place_word(word) || versions.contains(word)) return true;
  return word.size() >= shortest_kind && is_letter(word.back()) && number_of(word).empty() &&
         ordinal_of(word).empty() && in_table(word, number_words).empty() && !is_stop_word(word) &&
         !units.contains(word) && troubles_of(word).none();
}

bool takes_ordinals(std::string_view word) {
  return index::is_place_word(word) || (is_kind(word) && things_of(word).any() && !messages.contains(word));
}

// "loket-3", "lt.2", "pc07". "mati2" is "mati-mati", and so may be every word before a 2.
std::optional<Numbered> joined(std::string_view word) {
  auto at = word.size();
  while (at > 0 && (is_decimal_digit(word[at - 1]) || (word[at - 1] == '.' && at < word.size()))) --at;
  while (at < word.size() && !is_decimal_digit(word[at])) ++at;
  auto number = number_of(word.substr(at));
  auto kind = word.substr(0, at);
  const bool joiner = !kind.empty() && !is_letter(kind.back());
  if (joiner) kind.remove_suffix(1);
  if (number.empty() || kind == "ke" || !is_kind(kind)) return std::nullopt;
  if (number == "2" && !joiner && !index::is_place_word(kind)) return std::nullopt;
  return Numbered{kind, std::move(number)};
}

class Reader {
 public:
  explicit Reader(std::span<const std::string> words) : words_(words) {}

  std::vector<Numbered> read() {
    for (at_ = 0; at_ < words_.size() && found_.size() < most_numbered; ++at_) {
      if (auto one = joined(words_[at_]))
        found_.push_back(std::move(*one));
      else if (is_kind(words_[at_]))
        read_behind(words_[at_]);
      else if (const auto number = ordinal_of(words_[at_]); !number.empty() && index::is_place_word(word(at_ + 1)))
        found_.push_back({word(at_ + 1), number});
    }
    return std::move(found_);
  }

 private:
  std::string_view word(std::size_t at) const { return at < words_.size() ? std::string_view(words_[at]) : ""; }

  // "loket 2", "loket 2 dan 3", "lantai dua", "lantai ke 2", "ruang b".
  void read_behind(std::string_view kind) {
    const bool place = index::is_place_word(kind);
    auto next = at_ + 1;
    if (place && word(next) == "ke") ++next;
    while (found_.size() < most_numbered) {
      const auto number = name_at(next, kind, place);
      if (number.empty() || units.contains(word(next + 1))) return;
      found_.push_back({kind, number});
      ++next;
      if (word(next) == "dan" || word(next) == "and") ++next;
    }
  }

  std::string name_at(std::size_t at, std::string_view kind, bool place) const {
    const auto name = word(at);
    if (auto number = number_of(name); !number.empty()) return number;
    if (takes_ordinals(kind)) {
      if (auto number = ordinal_of(name); !number.empty()) return number;
    }
    if (!place) return {};
    if (const auto number = in_table(name, number_words); !number.empty()) return std::string(number);
    return name.size() == 1 && is_letter(name.front()) ? std::string(name) : std::string{};
  }

  std::span<const std::string> words_;
  std::size_t at_ = 0;
  std::vector<Numbered> found_;
};

// "printernya" and "printer", "loket" and "counter".
bool is_same_kind(std::string_view kind, std::string_view other) {
  if (kind == other || one_typing_error_apart(kind, other) || (things_of(kind) & things_of(other)).any()) return true;
  const auto is_plain = [](std::string_view word) { return std::ranges::all_of(word, is_letter); };
  return is_plain(kind) && is_plain(other) && index::without_affixes(kind) == index::without_affixes(other);
}

// "3" may be any "3.1".
bool is_same_number(std::string_view number, std::string_view other) {
  if (number.size() > other.size()) std::swap(number, other);
  return other.starts_with(number) && (number.size() == other.size() || other[number.size()] == '.');
}

}  // namespace

std::string number_named(std::string_view word) {
  if (auto number = number_of(word); !number.empty()) return number;
  if (const auto known = in_table(word, number_words); !known.empty()) return std::string(known);
  return ordinal_of(word);
}

std::vector<Numbered> things_numbered(std::span<const std::string> words) {
  return Reader(words).read();
}

bool are_others_of_a_kind(std::span<const std::string> words, std::span<const std::string> others) {
  const auto ours = things_numbered(words);
  const auto theirs = ours.empty() ? std::vector<Numbered>{} : things_numbered(others);
  const auto is_other = [&](const Numbered& one) {
    bool both = false;
    for (const auto& thing : ours) {
      if (!is_same_kind(thing.kind, one.kind)) continue;
      for (const auto& other : theirs) {
        if (!is_same_kind(other.kind, one.kind)) continue;
        if (is_same_number(thing.number, other.number)) return false;
        both = true;
      }
    }
    return both;
  };
  return std::ranges::any_of(ours, is_other);
}

}  // namespace gilir::duplicate
