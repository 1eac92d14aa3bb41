#include "tests/bench/desk/tickets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "core/base/text.h"

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

constexpr std::size_t longest_title = 200;
constexpr std::size_t log_bytes = 64 * 1024;

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    words.push_back(text.substr(0, text.find_first_of(" \t\r\n")));
    text.remove_prefix(words.back().size());
  }
}

std::string invented_word(std::mt19937_64& random) {
  std::string word;
  for (auto left = 2 + random() % 3; left > 0; --left) word += syllables[random() % syllables.size()];
  return word;
}

}  // namespace

std::vector<GivenText> read_texts(const std::string& path) {
  std::vector<GivenText> texts;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto ticket = boost::json::parse(line).as_object();
    const auto text = [&](const char* name) {
      const auto* value = ticket.if_contains(name);
      return value != nullptr && value->is_string() ? storable(std::string(value->as_string())) : std::string();
    };
    texts.push_back({text("title"), text("body")});
    if (words_in(texts.back().title).empty()) texts.pop_back();
  }
  if (texts.empty()) throw std::runtime_error(path + " has no tickets");
  return texts;
}

TicketText::TicketText(std::uint64_t seed, std::span<const GivenText> given) : random_(seed), given_(given) {
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

std::string TicketText::mixed_title() {
  auto words = words_in(some_given().title);
  const auto others = words_in(some_given().title);
  words[below(words.size())] = others[below(others.size())];
  std::string title;
  for (const auto word : words) {
    if (title.size() + word.size() < longest_title) title += (title.empty() ? "" : " ") + std::string(word);
  }
  // No option of the command that files it.
  while (title.starts_with('-')) title.erase(0, 1);
  return title.empty() ? "-" : title;
}

std::string TicketText::mixed_body() {
  const std::string_view beginning = some_given().body;
  const std::string_view end = some_given().body;
  const auto middle_of = [](std::string_view text) { return std::min(text.find('\n', text.size() / 2), text.size()); };
  return std::string(beginning.substr(0, middle_of(beginning))) + std::string(end.substr(middle_of(end)));
}

std::string TicketText::title() {
  if (!given_.empty()) return mixed_title();
  std::string text(things[below(things.size())]);
  text += ' ';
  text += complaints[below(complaints.size())];
  text += ' ' + words(1 + below(4));
  if (in_one_of(4)) text += ' ' + code();
  return text;
}

std::string TicketText::body() {
  if (!given_.empty()) return mixed_body();
  std::string text = "Mohon bantuannya, " + words(10 + below(12)) + ". " + words(8 + below(10)) + ".";
  if (in_one_of(3)) text += " Kode " + code() + ", " + words(6) + ".";
  return text + " Terima kasih.";
}

std::string TicketText::answer() {
  return "Sudah diperbaiki: " + words(6 + below(8)) + ".";
}

std::string TicketText::body_with_log() {
  std::string log = body();
  for (int second = 0; log.size() < log_bytes; ++second) {
    log += fmt::format("\n2026-03-11 09:{:02}:{:02}.{:03} {} [{}] ", second / 60 % 60, second % 60, below(1000),
                       in_one_of(9) ? "ERROR" : "INFO", code());
    log += given_.empty() ? words(8) : some_given().body.substr(0, 200);
  }
  return log;
}

std::string TicketText::search() {
  if (!given_.empty()) {
    const auto words = words_in(some_given().title);
    const std::string word(words[below(words.size())]);
    const std::string searched = word + ' ' + std::string(words.back());
    return searched.starts_with('-') ? searched.substr(1) : searched;
  }
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
