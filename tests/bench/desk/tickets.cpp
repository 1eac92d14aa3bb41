#include "tests/bench/desk/tickets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace gilir::bench {
namespace {

constexpr std::size_t vocabulary_size = 60'000;

// The commonest words of tickets, roughly in order.
constexpr auto common_words = std::to_array<std::string_view>({
    "tidak",     "bisa",     "di",       "dan",        "yang",     "the",      "saya",       "mohon",       "printer",
    "sudah",     "untuk",    "dari",     "is",         "not",      "login",    "pak",        "aplikasi",    "ini",
    "error",     "to",       "server",   "data",       "kantor",   "on",       "dengan",     "jaringan",    "lambat",
    "email",     "password", "komputer", "bantuannya", "working",  "mati",     "user",       "cetak",       "muncul",
    "akses",     "laporan",  "file",     "since",      "internet", "tolong",   "dicek",      "koneksi",     "loket",
    "pagi",      "system",   "rusak",    "akun",       "slow",     "kami",     "pegawai",    "tadi",        "masuk",
    "sejak",     "cannot",   "print",    "monitor",    "database", "network",  "terputus",   "kosong",      "layar",
    "pelayanan", "absensi",  "gagal",    "keyboard",   "scanner",  "dokumen",  "reset",      "vpn",         "wifi",
    "antrian",   "nasabah",  "simpan",   "down",       "kertas",   "tinta",    "access",     "backup",      "lantai",
    "ruang",     "access",   "folder",   "share",      "update",   "install",  "windows",    "excel",       "lisensi",
    "telepon",   "meja",     "depan",    "hilang",     "terkunci", "salah",    "transaksi",  "pembayaran",  "kode",
    "timeout",   "restart",  "listrik",  "kabel",      "switch",   "router",   "disk",       "penuh",       "full",
    "memory",    "virus",    "lampiran", "terkirim",   "inbox",    "nota",     "surat",      "arsip",       "gaji",
    "stok",      "gudang",   "kasir",    "invoice",    "pajak",    "anggaran", "realisasi",  "rapat",       "proyektor",
    "kamera",    "mouse",    "baterai",  "charger",    "laptop",   "domain",   "sertifikat", "kedaluwarsa", "browser",
});

constexpr auto things =
    std::to_array<std::string_view>({"Printer", "Aplikasi absensi", "Email", "Jaringan", "Komputer", "Server",
                                     "Scanner", "VPN", "Wifi", "Database", "Login", "Monitor", "Laporan bulanan",
                                     "Telepon", "Front desk printer", "Shared folder", "Web form", "Aplikasi kasir"});
constexpr auto complaints = std::to_array<std::string_view>(
    {"tidak bisa dibuka", "mati", "lambat sekali", "error terus", "does not print", "cannot log in", "rusak",
     "terputus", "is very slow", "minta reset password", "tidak merespon", "kosong", "gagal menyimpan", "times out"});
constexpr auto syllables = std::to_array<std::string_view>(
    {"ba",  "ka",  "ri",  "su", "ta", "me",  "ni",  "do",  "pa", "lu", "ga", "ran", "tor", "sin", "mal",
     "der", "kon", "bis", "wa", "ya", "pul", "gar", "tem", "sa", "hi", "jo", "ner", "fa",  "li",  "mu"});
constexpr auto first_names = std::to_array<std::string_view>(
    {"Siti", "Budi", "Dewi",  "Agus",   "Sri",   "Wahyu", "Rina", "Joko",  "Putu",    "Made",
     "Ayu",  "Andi", "Fitri", "Hendra", "Yanti", "Eko",   "Nur",  "Rizal", "Lestari", "Bambang"});
constexpr auto places = std::to_array<std::string_view>({"kantor", "cabang", "loket", "gudang", "pusat"});

std::string invented_word(std::mt19937_64& random) {
  std::string word;
  for (auto left = 2 + random() % 3; left > 0; --left) word += syllables[random() % syllables.size()];
  return word;
}

}  // namespace

TicketText::TicketText(std::uint64_t seed) : random_(seed) {
  for (const auto word : common_words) vocabulary_.emplace_back(word);
  std::mt19937_64 same_words(1);
  while (vocabulary_.size() < vocabulary_size) vocabulary_.push_back(invented_word(same_words));
  double total = 0;
  for (std::size_t rank = 1; rank <= vocabulary_.size(); ++rank)
    shares_.push_back(total += 1.0 / static_cast<double>(rank + 2));
  for (auto& share : shares_) share /= total;
}

std::size_t TicketText::below(std::size_t end) {
  return random_() % end;
}

const std::string& TicketText::word() {
  const double at = static_cast<double>(random_() >> 11) / static_cast<double>(std::uint64_t{1} << 53);
  const auto found = std::ranges::lower_bound(shares_, at);
  return vocabulary_[std::min(static_cast<std::size_t>(found - shares_.begin()), vocabulary_.size() - 1)];
}

std::string TicketText::code() {
  switch (below(5)) {
    case 0:
      return fmt::format("ORA-{:05}", below(400) * 13);
    case 1:
      return fmt::format("PC-{:05}", below(20'000));
    case 2:
      return fmt::format("0x{:08x}", below(3'000) * 7919);
    case 3:
      return fmt::format("10.{}.{}.{}", below(4), below(250), below(250));
    default:
      return fmt::format("{:06}", below(1'000'000));
  }
}

std::string TicketText::words(std::size_t count) {
  std::string text;
  for (; count > 0; --count) text += (text.empty() ? "" : " ") + word();
  return text;
}

std::string TicketText::title() {
  std::string text(things[below(things.size())]);
  text += ' ';
  text += complaints[below(complaints.size())];
  text += ' ' + words(1 + below(4));
  if (in_one_of(4)) text += ' ' + code();
  return text;
}

std::string TicketText::body() {
  std::string text = "Mohon bantuannya, " + words(10 + below(12)) + ". " + words(8 + below(10)) + ".";
  if (in_one_of(3)) text += " Kode " + code() + ", " + words(6) + ".";
  return text + " Terima kasih.";
}

std::string TicketText::answer() {
  return "Sudah diperbaiki: " + words(6 + below(8)) + ".";
}

std::string TicketText::search() {
  std::string text(things[below(things.size())]);
  return text + ' ' + words(1 + below(2)) + (in_one_of(3) ? ' ' + code() : "");
}

std::string person(std::size_t number) {
  return fmt::format("{} {}", first_names[number % first_names.size()], number / first_names.size() + 1);
}

std::string office(std::size_t number) {
  return fmt::format("{}-{}", places[number % places.size()], number / places.size() + 1);
}

}  // namespace gilir::bench
