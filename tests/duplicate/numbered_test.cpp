#include "core/duplicate/numbered.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/duplicate/pair.h"

namespace gilir::duplicate {
namespace {

using std::chrono::minutes;

std::vector<std::string> words(const std::string& title) {
  std::istringstream stream(title);
  return {std::istream_iterator<std::string>(stream), {}};
}

// As "kind number, kind number".
std::string numbered(const std::string& title) {
  std::string said;
  const auto all = words(title);
  for (const auto& one : things_numbered(all))
    said += (said.empty() ? "" : ", ") + std::string(one.kind) + " " + one.number;
  return said;
}

bool are_others(const std::string& title, const std::string& other) {
  return are_others_of_a_kind(words(title), words(other));
}

TEST(Numbered, ThingsHaveTheirNumberBehindThem) {
  EXPECT_EQ(numbered("printer loket 3 macet"), "loket 3");
  EXPECT_EQ(numbered("window 4 of room 12"), "window 4, room 12");
  EXPECT_EQ(numbered("antrian loket 2 dan 3 mati"), "loket 2, loket 3");
  EXPECT_EQ(numbered("printer-2 pc07 lt.3"), "printer 2, pc 7, lt 3");
  EXPECT_EQ(numbered("loket2 mati"), "loket 2");
  EXPECT_EQ(numbered("error after version 3.1.0 or v2.1"), "version 3.1.0, v 2.1");
}

TEST(Numbered, ThingsAreCountedThroughByOrdinalsAndWordsToo) {
  EXPECT_EQ(numbered("wifi lantai ke-2 putus"), "lantai 2");
  EXPECT_EQ(numbered("wifi lantai ke 2 putus"), "lantai 2");
  EXPECT_EQ(numbered("wifi lantai dua putus"), "lantai 2");
  EXPECT_EQ(numbered("wifi lantai kedua putus"), "lantai 2");
  EXPECT_EQ(numbered("wifi on the 2nd floor"), "floor 2");
  EXPECT_EQ(numbered("printer ke-2 macet"), "printer 2");
  EXPECT_EQ(numbered("ac ruang b bocor"), "ruang b");
}

TEST(Numbered, CountsAndTimesAndCodesNameNothing) {
  EXPECT_EQ(numbered("3 printers dead"), "");
  EXPECT_EQ(numbered("internet mati 2 hari sejak jam 9"), "");
  EXPECT_EQ(numbered("printer 3 hari tidak jalan"), "");
  EXPECT_EQ(numbered("mati2 terus lampu2 itu"), "");
  EXPECT_EQ(numbered("komplain ke-2 printer macet"), "");
  EXPECT_EQ(numbered("faktur 20261107 ganda"), "");
  EXPECT_EQ(numbered("laporan muncul ora-00942"), "");
}

TEST(Numbered, AreOthersOfAKindWhenNoNumberIsTheSame) {
  EXPECT_TRUE(are_others("loket 3 mati", "loket 2 mati"));
  EXPECT_TRUE(are_others("printernya 3 macet", "printer 1 macet"));
  EXPECT_TRUE(are_others("loket 3 mati", "counter 2 mati"));
  EXPECT_TRUE(are_others("lantai ke-2 gelap", "lantai tiga gelap"));
  EXPECT_TRUE(are_others("ruang a bocor", "ruang b bocor"));
  EXPECT_TRUE(are_others("loket 3 lantai 1", "loket 3 lantai 2"));
  EXPECT_TRUE(are_others("app versi 3.1 crash", "app versi 3.2 crash"));
}

TEST(Numbered, AreNotOthersWhereANumberIsTheSameOrOneNamesNone) {
  EXPECT_FALSE(are_others("loket 3 mati", "loket-03 mati"));
  EXPECT_FALSE(are_others("loket 3 mati", "loket 2 dan 3 mati"));
  EXPECT_FALSE(are_others("lantai 2 gelap", "lantai dua gelap"));
  EXPECT_FALSE(are_others("loket 3 mati", "loket mati"));
  EXPECT_FALSE(are_others("loket 3 mati", "printer 2 mati"));
  EXPECT_FALSE(are_others("app versi 3 crash", "app versi 3.1 crash"));
  EXPECT_FALSE(are_others("", ""));
}

TEST(Numbered, OthersOfAKindAreWeakAtMostAndTheSameOneStaysStrong) {
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"Printer loket 3 macet", "Printer loket 2 macet"},
           {"Cetak dari loket 3 gagal terus", "Cetak dari loket 2 gagal terus"},
           {"AC ruang 4 bocor lagi", "AC ruang 5 bocor lagi"},
           {"Lampu lantai ke-2 tidak menyala", "Lampu lantai ke-3 tidak menyala"},
           {"Printer 1 keluar kertas kosong", "Printer 3 keluar kertas kosong"},
           {"Window 4 shows no queue numbers", "Window 5 shows no queue numbers"},
           {"No network on the 2nd floor", "No network on the 3rd floor"},
           {"SIMPEG versi 2.1 menutup sendiri", "SIMPEG versi 2.2 menutup sendiri"},
       }) {
    SCOPED_TRACE(one);
    const auto others = compare({.title = one}, {.title = other}, minutes{4}).verdict;
    EXPECT_GE(others.strength, Strength::weak);
    EXPECT_FALSE(others.told_again);
    EXPECT_EQ(compare({.title = one}, {.title = one}, minutes{4}).verdict.strength, Strength::strong);
    EXPECT_EQ(compare({.title = one, .reporter = "ani"}, {.title = one}, minutes{4}).verdict.strength,
              Strength::strong);
  }
}

TEST(Numbered, AnotherOneThatOnlyTheBodyTellsOfIsAnotherOneStill) {
  const Filed older{.title = "Printer loket 2 macet", .body = "Loket 3 masih bisa dipakai bergantian"};
  EXPECT_GE(compare({.title = "Printer loket 3 macet"}, older, minutes{4}).verdict.strength, Strength::weak);
}

}  // namespace
}  // namespace gilir::duplicate
