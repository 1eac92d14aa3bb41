#include "core/duplicate/stop_words.h"

#include <array>

#include "core/duplicate/word_set.h"

namespace gilir::duplicate {
namespace {

constexpr WordSet stop_words(std::to_array<std::string_view>({
    "about",  "ada",       "adalah",     "after",      "again",       "agar",   "akan",      "aku",     "also",
    "am",     "an",        "anda",       "and",        "any",         "apa",    "apabila",   "apakah",  "are",
    "as",     "asap",      "asked",      "at",         "atas",        "atau",   "bagaimana", "bagi",    "bahwa",
    "banget", "bantu",     "bantuan",    "bantuannya", "bapak",       "be",     "because",   "been",    "being",
    "belum",  "bgt",       "bisa",       "blm",        "bs",          "bu",     "bukan",     "but",     "by",
    "can",    "cannot",    "cant",       "could",      "couldnt",     "cuma",   "dalam",     "dan",     "dapat",
    "dari",   "daripada",  "dear",       "dengan",     "depan",       "dgn",    "di",        "dia",     "did",
    "do",     "does",      "doesnt",     "dong",       "dont",        "dpt",    "dr",        "dulu",    "for",
    "from",   "ga",        "gak",        "gan",        "gk",          "good",   "had",       "halo",    "hanya",
    "harap",  "hari",      "has",        "have",       "hello",       "help",   "here",      "hi",      "how",
    "ibu",    "if",        "in",         "into",       "ini",         "is",     "isnt",      "it",      "its",
    "itu",    "jadi",      "jam",        "jg",         "jika",        "juga",   "just",      "ka",      "kah",
    "kak",    "kalau",     "kalo",       "kami",       "kan",         "kapan",  "karena",    "karna",   "kasih",
    "ke",     "kemarin",   "kenapa",     "kepada",     "ketika",      "kita",   "klo",       "km",      "kmrn",
    "kok",    "krn",       "lagi",       "lah",        "lalu",        "lg",     "maaf",      "maka",    "malam",
    "mana",   "many",      "masih",      "mau",        "me",          "mereka", "mohon",     "morning", "msh",
    "my",     "namun",     "need",       "nggak",      "ngga",        "nih",    "no",        "nor",     "not",
    "now",    "nya",       "of",         "oleh",       "on",          "once",   "or",        "our",     "out",
    "pada",   "pagi",      "pak",        "para",       "pd",          "please", "pls",       "punya",   "saat",
    "saja",   "same",      "sampai",     "sangat",     "saya",        "sdh",    "sebab",     "sebelum", "secara",
    "sedang", "segera",    "seharusnya", "sehingga",   "sejak",       "sekali", "sekarang",  "selalu",  "selamat",
    "semua",  "seperti",   "serta",      "sesudah",    "setelah",     "sgt",    "should",    "siang",   "since",
    "so",     "some",      "sore",       "still",      "sudah",       "supaya", "tadi",      "tak",     "tapi",
    "tdk",    "telah",     "terhadap",   "terima",     "terimakasih", "terus",  "tetapi",    "than",    "thank",
    "thanks", "that",      "the",        "their",      "then",        "there",  "they",      "this",    "tidak",
    "tlg",    "to",        "today",      "tolong",     "trs",         "trus",   "udah",      "unable",  "untuk",
    "utk",    "very",      "was",        "waktu",      "we",          "were",   "what",      "when",    "where",
    "which",  "while",     "why",        "will",       "with",        "wont",   "would",     "ya",      "yaitu",
    "yang",   "yesterday", "yg",         "you",        "your",
}));

}  // namespace

bool is_stop_word(std::string_view word) {
  return stop_words.contains(word);
}

}  // namespace gilir::duplicate
