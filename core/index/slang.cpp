#include "core/index/slang.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/index/packed_word.h"

namespace gilir::index {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// In order.
constexpr auto entries = std::to_array<Entry>({
    {"aj", "saja"},
    {"aja", "saja"},
    {"aku", "saya"},
    {"ampe", "sampai"},
    {"aq", "saya"},
    {"banget", "sangat"},
    {"bapa", "bapak"},
    {"belom", "belum"},
    {"bener", "benar"},
    {"bgmn", "bagaimana"},
    {"bgt", "sangat"},
    {"blm", "belum"},
    {"bln", "bulan"},
    {"blum", "belum"},
    {"bnyk", "banyak"},
    {"brapa", "berapa"},
    {"brp", "berapa"},
    {"bs", "bisa"},
    {"bsa", "bisa"},
    {"bsk", "besok"},
    {"byk", "banyak"},
    {"cek", "periksa"},
    {"cepet", "cepat"},
    {"dah", "sudah"},
    {"dapet", "dapat"},
    {"dg", "dengan"},
    {"dgn", "dengan"},
    {"dikasi", "diberi"},
    {"dikasih", "diberi"},
    {"dimana", "di mana"},
    {"dll", "lain"},
    {"dmn", "di mana"},
    {"doang", "saja"},
    {"dpt", "dapat"},
    {"dr", "dari"},
    {"dri", "dari"},
    {"duit", "uang"},
    {"emang", "memang"},
    {"emg", "memang"},
    {"engga", "tidak"},
    {"enggak", "tidak"},
    {"eror", "error"},
    {"erorr", "error"},
    {"fb", "facebook"},
    {"ga", "tidak"},
    {"gaada", "tidak ada"},
    {"gabisa", "tidak bisa"},
    {"gada", "tidak ada"},
    {"gak", "tidak"},
    {"gapapa", "tidak apa"},
    {"gbs", "tidak bisa"},
    {"gimana", "bagaimana"},
    {"gk", "tidak"},
    {"gmn", "bagaimana"},
    {"gmna", "bagaimana"},
    {"gua", "saya"},
    {"gue", "saya"},
    {"gw", "saya"},
    {"hbs", "habis"},
    {"hp", "ponsel"},
    {"hrs", "harus"},
    {"idup", "hidup"},
    {"ig", "instagram"},
    {"ilang", "hilang"},
    {"inet", "internet"},
    {"jd", "jadi"},
    {"jg", "juga"},
    {"jga", "juga"},
    {"jln", "jalan"},
    {"jt", "juta"},
    {"kagak", "tidak"},
    {"kaka", "kak"},
    {"kalo", "kalau"},
    {"karna", "karena"},
    {"kasi", "beri"},
    {"kayak", "seperti"},
    {"kenapa", "mengapa"},
    {"kk", "kak"},
    {"kl", "kalau"},
    {"klau", "kalau"},
    {"klo", "kalau"},
    {"kmarin", "kemarin"},
    {"kmrn", "kemarin"},
    {"knp", "mengapa"},
    {"knpa", "mengapa"},
    {"komp", "komputer"},
    {"kpn", "kapan"},
    {"krn", "karena"},
    {"kyk", "seperti"},
    {"lelet", "lambat"},
    {"lemot", "lambat"},
    {"lg", "lagi"},
    {"liat", "lihat"},
    {"lwt", "lewat"},
    {"makasih", "terima kasih"},
    {"malem", "malam"},
    {"masi", "masih"},
    {"mba", "mbak"},
    {"mhn", "mohon"},
    {"mimin", "admin"},
    {"mksh", "terima kasih"},
    {"mnt", "menit"},
    {"msh", "masih"},
    {"napa", "mengapa"},
    {"ndak", "tidak"},
    {"nelpon", "telepon"},
    {"ngecek", "periksa"},
    {"ngga", "tidak"},
    {"nggak", "tidak"},
    {"ngirim", "kirim"},
    {"nmr", "nomor"},
    {"nomer", "nomor"},
    {"nunggu", "tunggu"},
    {"nyala", "hidup"},
    {"nyampe", "sampai"},
    {"nyoba", "coba"},
    {"org", "orang"},
    {"pake", "pakai"},
    {"pdahal", "padahal"},
    {"pdhl", "padahal"},
    {"pk", "pak"},
    {"pke", "pakai"},
    {"plis", "tolong"},
    {"pls", "tolong"},
    {"pswd", "password"},
    {"pw", "password"},
    {"rb", "ribu"},
    {"sampe", "sampai"},
    {"sandi", "password"},
    {"sbg", "sebagai"},
    {"sblm", "sebelum"},
    {"sdh", "sudah"},
    {"skrang", "sekarang"},
    {"skrg", "sekarang"},
    {"sm", "sama"},
    {"smpai", "sampai"},
    {"smpe", "sampai"},
    {"sprti", "seperti"},
    {"spt", "seperti"},
    {"stlh", "setelah"},
    {"sy", "saya"},
    {"tak", "tidak"},
    {"tapi", "tetapi"},
    {"tdk", "tidak"},
    {"telp", "telepon"},
    {"telpon", "telepon"},
    {"terimakasih", "terima kasih"},
    {"tgl", "tanggal"},
    {"thanks", "terima kasih"},
    {"thd", "terhadap"},
    {"thn", "tahun"},
    {"thx", "terima kasih"},
    {"tlg", "tolong"},
    {"tlong", "tolong"},
    {"tlp", "telepon"},
    {"tp", "tetapi"},
    {"tpi", "tetapi"},
    {"trims", "terima kasih"},
    {"trouble", "gangguan"},
    {"trs", "terus"},
    {"trsbt", "tersebut"},
    {"trus", "terus"},
    {"tsb", "tersebut"},
    {"ttg", "tentang"},
    {"tuk", "untuk"},
    {"uda", "sudah"},
    {"udah", "sudah"},
    {"udh", "sudah"},
    {"utk", "untuk"},
    {"wa", "whatsapp"},
    {"yg", "yang"},
});

static_assert(std::ranges::is_sorted(entries, {}, &Entry::first));

constexpr std::size_t longest =
    std::ranges::max(entries, {}, [](const Entry& entry) { return entry.first.size(); }).first.size();

constexpr auto keys = [] {
  std::array<std::uint64_t, entries.size()> packed{};
  std::ranges::transform(entries, packed.begin(), [](const Entry& entry) { return packed_word(entry.first); });
  return packed;
}();
static_assert(std::ranges::adjacent_find(keys) == keys.end(), "no two begin with the same eight letters");

// Where the entries of each first letter begin.
constexpr auto begins = [] {
  std::array<std::uint16_t, 27> places{};
  for (std::size_t letter = 0; letter < places.size(); ++letter) {
    const auto at_least = [&](const Entry& entry) { return entry.first.front() < static_cast<char>('a' + letter); };
    places[letter] = static_cast<std::uint16_t>(std::ranges::partition_point(entries, at_least) - entries.begin());
  }
  return places;
}();

}  // namespace

std::string_view in_full(std::string_view word) {
  if (word.empty() || word.size() > longest || word.front() < 'a' || word.front() > 'z') return word;
  const auto letter = static_cast<std::size_t>(word.front() - 'a');
  const auto key = packed_word(word);
  for (std::size_t at = begins[letter]; at < begins[letter + 1] && keys[at] <= key; ++at) {
    if (keys[at] == key && entries[at].first == word) return entries[at].second;
  }
  return word;
}

LetterPairs slang_beginnings() {
  LetterPairs pairs;
  for (const auto& entry : entries) {
    if (const auto pair = letter_pair(entry.first)) pairs.set(*pair);
  }
  return pairs;
}

}  // namespace gilir::index
