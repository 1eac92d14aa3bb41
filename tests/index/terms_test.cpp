#include "core/index/terms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "core/base/text.h"
#include "core/index/affixes.h"
#include "core/index/normal_form.h"
#include "core/index/slang.h"
#include "core/index/term_finder.h"

namespace gilir::index {
namespace {

using Texts = std::vector<std::string>;

// In the order of the text, those that stand there twice once.
Texts terms(const std::string& text) {
  return query_terms(text);
}

Term term(const TextTerms& found, const std::string& text) {
  const auto place = std::ranges::find(found.terms, text, &Term::text);
  return place == found.terms.end() ? Term{} : *place;
}

TEST(TextTerms, FoldCaseAndLeaveNothingOutButSingleLetters) {
  EXPECT_EQ(terms("Printer di Kantor A TIDAK bisa!"), (Texts{"printer", "di", "kantor", "tidak", "bisa"}));
}

TEST(TextTerms, KeepCompoundsWholeBesideTheirParts) {
  EXPECT_EQ(terms("srv-db01"), (Texts{"=srv-db01", "srv", "db01"}));
  EXPECT_EQ(terms("ORA-00942"), (Texts{"=ora-00942", "ora", "00942"}));
  EXPECT_EQ(terms("srv-db01.kantor,"), (Texts{"=srv-db01.kantor", "srv", "db01", "kantor"}));
  EXPECT_EQ(terms("10.0.3.7"), (Texts{"=10.0.3.7", "10", "0", "3", "7"}));
  EXPECT_EQ(terms("0x80070005"), (Texts{"0x80070005"}));
  EXPECT_TRUE(is_identifier("=srv-db01"));
  EXPECT_FALSE(is_identifier("srv"));
}

TEST(TextTerms, EndACompoundWhereASentenceEndsWithoutABlank) {
  EXPECT_EQ(terms("kantor-123.Mohon dibuka"), (Texts{"=kantor-123", "kantor", "123", "mohon", "buka"}));
  EXPECT_EQ(terms("java.lang.String Ti.View"),
            (Texts{"=java.lang.string", "java", "lang", "string", "=ti.view", "ti", "view"}));
}

TEST(TextTerms, SplitCamelCaseAndKeepItWhole) {
  EXPECT_EQ(terms("TableView"), (Texts{"tableview", "tabl", "view"}));
  EXPECT_EQ(terms("HTTPServer"), (Texts{"httpserver", "http", "server"}));
  EXPECT_EQ(terms("PRINTER"), Texts{"printer"});
}

TEST(TextTerms, MeetAcrossTheirForms) {
  for (const char* form : {"dicetak", "mencetak", "mencetakkan", "cetakan", "pencetakan", "cetaknya", "tercetak"})
    EXPECT_EQ(terms(form), Texts{"cetak"}) << form;
  for (const char* form : {"rusak", "kerusakan", "rusaknya"}) EXPECT_EQ(terms(form), Texts{"rusak"}) << form;
  for (const char* form : {"bayar", "dibayar", "membayar", "dibayarkan", "pembayaran"})
    EXPECT_EQ(terms(form), Texts{"bayar"}) << form;
  for (const char* text :
       {"print prints printing printed", "crash crashes crashed crashing", "stop stopped stopping stops",
        "update updates updated updating", "install installs installed installation", "query queries",
        "display displays displayed", "terminal terminals", "error errors"})
    EXPECT_EQ(terms(text).size(), 1u) << text;
}

TEST(TextTerms, LeaveShortAndLookAlikeWordsAlone) {
  for (const char* word : {"disk", "menu", "lan", "wireless", "status"}) EXPECT_EQ(without_affixes(word), word);
}

TEST(TextTerms, ReadSlangAsWhatItStandsFor) {
  EXPECT_EQ(terms("gak bs login"), terms("tidak bisa login"));
  EXPECT_EQ(terms("gabisa login"), terms("tidak bisa login"));
  EXPECT_EQ(terms("inet lemot"), terms("internet lambat"));
  EXPECT_EQ(in_full("printer"), "printer");
}

TEST(TextTerms, ReadDrawnOutAndDoubledWordsAsOne) {
  EXPECT_EQ(terms("lamaaaa bangeeet"), terms("lama banget"));
  EXPECT_EQ(terms("mati2"), Texts{"mati"});
  EXPECT_EQ(terms("lantai2"), (Texts{"lantai", "2"}));
  EXPECT_EQ(term(terms_of("teman-teman", ""), "teman").title, 2);
  EXPECT_EQ(terms("loket2"), terms("loket 2"));
}

TEST(TextTerms, AreOfOneNormalForm) {
  EXPECT_EQ(terms("ÉTÉ Принтер"), (Texts{"été", "принтер"}));
  EXPECT_EQ(terms("e\u0301te\u0301"), Texts{"été"});
  EXPECT_EQ(terms("ＰＲＩＮＴＥＲ ｓｒｖ－ｄｂ０１"), terms("printer srv-db01"));
  EXPECT_EQ(terms("prin\u00adter pass\u200bword"), (Texts{"printer", "password"}));
  EXPECT_EQ(terms("can\u2019t"), terms("can't"));
  EXPECT_EQ(terms("STRASSE"), terms("straße"));
}

TEST(TextTerms, OfWritingWithoutBlanksArePairsOfCharacters) {
  EXPECT_EQ(terms("打印机坏了"), (Texts{"打印", "印机", "机坏", "坏了"}));
  EXPECT_EQ(terms("机"), Texts{"机"});
  EXPECT_EQ(terms("プリンタｘ打印"), (Texts{"プリ", "リン", "ンタ", "打印"}));
  EXPECT_EQ(terms("打印机HP1020坏了"), (Texts{"打印", "印机", "hp1020", "坏了"}));
}

TEST(TextTerms, AreSeparatedByAnythingElse) {
  EXPECT_EQ(terms("printer\u202e macet🖨rusak—total"), (Texts{"printer", "macet", "rusak", "total"}));
  EXPECT_EQ(terms("printer\xff\xfemacet\xc3"), (Texts{"printer", "macet"}));
  EXPECT_EQ(terms("' '' a' 'b' - -- !"), Texts{});
}

TEST(TextTerms, OfATicketCountTitleAndBodyApart) {
  const auto found = terms_of("Printer macet", "Antrian printer srv-db01 macet, printer!");
  EXPECT_EQ(term(found, "printer"), (Term{"printer", 1, 2}));
  EXPECT_EQ(term(found, "=srv-db01"), (Term{"=srv-db01", 0, 1}));
  EXPECT_EQ(found.title_length, 2u);
  EXPECT_EQ(found.body_length, 7u);
  EXPECT_TRUE(std::ranges::is_sorted(found.terms, {}, &Term::text));
  EXPECT_EQ(terms_of("", ""), TextTerms{});
}

TEST(TextTerms, OfWhatPeopleWroteComeBeforeThoseOfAPastedLog) {
  std::string log;
  for (int line = 0; line < 500; ++line)
    log += "[2026-11-27 09:00:" + std::to_string(line) + "] at com.example.Kelas" + std::to_string(line) + "(x:9)\n";
  const auto found = terms_of("Simpan gagal", log + "Sejak pagi loket tutup karena aplikasi berhenti\n");
  EXPECT_EQ(found.terms.size(), max_terms);
  for (const char* told : {"simpan", "gagal", "loket", "tutup", "aplikasi", "henti"})
    EXPECT_NE(term(found, told), Term{}) << told;
  EXPECT_GT(found.body_length, 2'000u);
}

TEST(TextTerms, HaveThePlaceWhereTheyStand) {
  const std::string text = "Tolong, ORA-00942 di TableView";
  Texts places;
  for (const auto& placed : placed_terms(text))
    places.push_back(placed.text + "|" + text.substr(placed.begin, placed.end - placed.begin));
  EXPECT_EQ(places, (Texts{"tolong|Tolong", "=ora-00942|ORA-00942", "ora|ORA", "00942|00942", "di|di",
                           "tableview|TableView", "tabl|TableView", "view|TableView"}));
  EXPECT_EQ(placed_terms(text, 2).size(), 2u);
}

// What is found of `wanted` in each text, by one finder for all of them.
Texts found(const Texts& wanted, const Texts& texts, std::size_t most = 4'096) {
  TermFinder finder(
      [&](std::string_view term) -> std::optional<std::size_t> {
        const auto place = std::ranges::find(wanted, term);
        if (place == wanted.end()) return std::nullopt;
        return static_cast<std::size_t>(place - wanted.begin());
      },
      wanted);
  Texts all;
  for (const auto& text : texts) {
    std::string line;
    finder.each(text, most, [&](const TermFinder::Found& one) {
      line += std::to_string(one.which) + ":" + text.substr(one.begin, one.end - one.begin) + " ";
      return text.size();
    });
    all.push_back(line);
  }
  return all;
}

TEST(TermFinder, FindsTheSameInEachTextInWhateverOrderTheyCome) {
  const Texts texts{"the print prints", "the TableView of the print", "nothing here", "ORA-00942, printing",
                    "ora 00942"};
  const Texts expected{"0:print 0:prints ", "1:TableView 0:print ", "", "2:ORA-00942 0:printing ", ""};
  EXPECT_EQ(found({"print", "view", "=ora-00942"}, texts), expected);
  EXPECT_EQ(found({"print", "view", "=ora-00942"}, {texts.rbegin(), texts.rend()}),
            Texts(expected.rbegin(), expected.rend()));
}

TEST(TermFinder, TellsWordsApartThatShareABeginningOrAreLong) {
  const std::string word = "abcdefghijklmn";
  EXPECT_EQ(found({word + "xo", word + "x"}, {word + "y " + word, word + "xo", word + "x", word + "yo " + word + "xo"}),
            (Texts{"", "0:" + word + "xo ", "1:" + word + "x ", "0:" + word + "xo "}));
}

TEST(TermFinder, FindsWordsThatLookUnlikeTheTerm) {
  EXPECT_EQ(
      found({"cetak", "sapu", "tidak", "appl"},
            {"mencetak Dicetak ceeetak", "menyapu", "gak nggak GAK gaaak", "Apples iApple"}),
      (Texts{"0:mencetak 0:Dicetak 0:ceeetak ", "1:menyapu ", "2:gak 2:nggak 2:GAK 2:gaaak ", "3:Apples 3:iApple "}));
}

TEST(Affixes, LeaveTheFirstTwoLettersOfWordsThatBeginLikeNoPrefix) {
  std::mt19937 random(1);
  const auto pick = [&](const Texts& of) { return of[random() % of.size()]; };
  const Texts beginnings{"",     "",     "di", "ter",  "ber", "me",  "mem", "men",
                         "meng", "meny", "pe", "peng", "ke",  "per", "k",   "m"};
  const Texts syllables{"a",  "e",  "o",  "ba", "ce", "di", "gi", "ho", "ku", "la",
                        "mi", "no", "pa", "ry", "sa", "ti", "u",  "yy", "z"};
  const Texts endings{"",        "",      "s",    "ies", "ed",  "eed", "ing", "y", "ly", "ation",
                      "ization", "ement", "sses", "an",  "kan", "nya", "lah", "e", "ll"};
  const auto with_prefix = prefix_beginnings();
  int kept = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto word = pick(beginnings) + pick(syllables);
    for (auto more = random() % 3; more > 0; --more) word += pick(syllables);
    word += pick(endings);
    const auto pair = letter_pair(word);
    if (!pair || with_prefix[*pair]) continue;
    ++kept;
    EXPECT_TRUE(word.starts_with(without_affixes(word).substr(0, 2))) << word;
  }
  EXPECT_GT(kept, 4'000);
}

TEST(TermFinder, LooksAtSoManyTermsWhetherItKnowsTheWordsOrNot) {
  EXPECT_EQ(found({"print"}, {"lorem ipsum dolor print", "lorem ipsum dolor print"}, 3), (Texts{"", ""}));
  EXPECT_EQ(found({"print"}, {"lorem ipsum dolor print", "lorem ipsum dolor print"}, 4),
            (Texts{"0:print ", "0:print "}));
}

TEST(TermFinder, ReadsNoFurtherThanItIsTold) {
  const Texts wanted{"print"};
  TermFinder finder(
      [](std::string_view term) { return term == "print" ? std::optional<std::size_t>(0) : std::nullopt; }, wanted);
  std::size_t count = 0;
  finder.each("print print print print", 100, [&](const TermFinder::Found&) {
    ++count;
    return std::size_t{8};
  });
  EXPECT_EQ(count, 2u);
}

TEST(TextTerms, OfWritingWithoutBlanksHaveThePlaceOfTheirPair) {
  const std::string text = "VPN打印机が";
  Texts places;
  for (const auto& placed : placed_terms(text))
    places.push_back(placed.text + "|" + text.substr(placed.begin, placed.end - placed.begin));
  EXPECT_EQ(places, (Texts{"vpn|VPN打印机が", "打印|VPN打印机が", "印机|VPN打印机が", "机が|VPN打印机が"}))
      << "a capital is not as in normal form, so that places are those of the whole";
  places.clear();
  for (const auto& placed : placed_terms("の打印机"))
    places.push_back(placed.text + "|" + std::string("の打印机").substr(placed.begin, placed.end - placed.begin));
  EXPECT_EQ(places, (Texts{"の打|の打", "打印|打印", "印机|印机"}));
}

TEST(NormalForm, TakesAnyBytes) {
  EXPECT_EQ(normal_form("ABC"), "abc");
  EXPECT_EQ(normal_form("\xff"), "\uFFFD");
  EXPECT_EQ(normal_form("ﬁle №5"), "file no5");
}

// Of processor time, so that a busy machine passes. Generous, so that sanitizers do; work that grows with the square of
// its input does not.
template <class Work>
void expect_bounded(Work&& work) {
  const std::clock_t start = std::clock();
  work();
  EXPECT_LT(double(std::clock() - start) / CLOCKS_PER_SEC, 2);
}

void expect_well_formed(const TextTerms& found) {
  ASSERT_LE(found.terms.size(), max_terms);
  for (const auto& one : found.terms) {
    ASSERT_TRUE(is_utf8(one.text));
    ASSERT_GE(one.text.size(), 1u);
    ASSERT_LE(one.text.size(), max_term_bytes);
    ASSERT_TRUE(
        std::ranges::none_of(one.text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; }));
    ASSERT_GT(one.title + one.body, 0);
  }
  ASSERT_TRUE(std::ranges::is_sorted(found.terms, std::ranges::less_equal{}, &Term::text));
}

TEST(TextTerms, OfHostileTextAreBounded) {
  const std::size_t size = 1 << 20;
  const auto repeated = [](const std::string& text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
  };
  for (const std::string& hostile :
       {std::string(size, 'a'), repeated("日", size), repeated("a1-b2_", size), repeated("a ", size),
        repeated("e\u0301", size), repeated("\u0301", size), repeated("aB", size), repeated("ﷺ", size),
        repeated("kata kata2 KataKata ", size), repeated("\xf0\x9f", size), repeated("a'", size),
        repeated("\u00ad", size), repeated("a\u00ad-", size), repeated("\n", size), std::string(size, '\0')}) {
    expect_bounded([&] {
      expect_well_formed(terms_of(hostile, hostile));
      query_terms(hostile);
      placed_terms(hostile);
    });
  }
}

TEST(TextTerms, OfRandomBytesAreWellFormed) {
  std::mt19937 random(20261127);
  const Texts pieces{"-", "'", "\u0301", "ａ", "打", "\u00ad", "A",      "b",
                     "2", " ", "\n",     "ﷺ",  "ก",  "½",      "\u2019", "\xf0"};
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    std::string mixed;
    for (std::size_t count = random() % 100; count > 0; --count) mixed += pieces[random() % pieces.size()];
    expect_well_formed(terms_of(bytes, mixed));
    expect_well_formed(terms_of(mixed, bytes + mixed));
    for (const auto& placed : placed_terms(mixed)) {
      ASSERT_LT(placed.begin, placed.end);
      ASSERT_LE(placed.end, mixed.size());
    }
  }
}

}  // namespace
}  // namespace gilir::index
