#include "core/index/place_words.h"

#include <algorithm>
#include <array>

namespace gilir::index {
namespace {

constexpr auto place_words = std::to_array<std::string_view>({
    "bagian", "bilik", "blok",   "counter", "desk",    "floor", "gedung", "gudang", "hall",
    "kamar",  "kelas", "konter", "lantai",  "lobby",   "lobi",  "loket",  "meja",   "pintu",
    "poli",   "room",  "ruang",  "ruangan", "section", "seksi", "stand",  "teller",
});
static_assert(std::ranges::is_sorted(place_words));

}  // namespace

bool is_place_word(std::string_view word) {
  return std::ranges::binary_search(place_words, word);
}

}  // namespace gilir::index
