// Which language gilir speaks, its catalogues, and English texts from below cli/ in that language.
#include "cli/output/translate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "cli/output/catalogue.h"
#include "cli/output/duplicate_words.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/output/times.h"
#include "tests/cli/command_fixture.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir::cli {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

// English again at the end, for whatever test comes next in this process.
class Translation : public testing::Test {
 protected:
  ~Translation() override { start_translation({}, {}); }

  static std::string new_in(const Variables& values) {
    start_translation(variables(values), GILIR_TEST_BIN);
    return _("new");
  }
  static void speak_indonesian() { new_in({{"LANG", "id_ID.UTF-8"}}); }
};

TEST_F(Translation, SpeaksTheLanguageOfTheLocaleThoughTheMachineHasNoSuchLocale) {
  EXPECT_EQ(new_in({{"LANG", "id_ID.UTF-8"}}), "baru");
  EXPECT_EQ(new_in({{"LANG", "id"}}), "baru");
  EXPECT_EQ(new_in({{"LANG", "id_ID@dialect"}}), "baru");
}

TEST_F(Translation, LooksAtLcAllThenLcMessagesThenLang) {
  EXPECT_EQ(new_in({{"LC_ALL", "id_ID.UTF-8"}, {"LC_MESSAGES", "en_US.UTF-8"}, {"LANG", "en_US.UTF-8"}}), "baru");
  EXPECT_EQ(new_in({{"LC_MESSAGES", "id_ID.UTF-8"}, {"LANG", "en_US.UTF-8"}}), "baru");
  EXPECT_EQ(new_in({{"LC_MESSAGES", "en_US.UTF-8"}, {"LANG", "id_ID.UTF-8"}}), "new");
}

TEST_F(Translation, LetsLanguageGoFirstExceptInTheCLocale) {
  EXPECT_EQ(new_in({{"LC_ALL", "C.UTF-8"}, {"LANGUAGE", "id"}}), "baru");
  EXPECT_EQ(new_in({{"LANG", "id_ID.UTF-8"}, {"LANGUAGE", "en:id"}}), "new");
  EXPECT_EQ(new_in({{"LC_ALL", "C"}, {"LANG", "id_ID.UTF-8"}, {"LANGUAGE", "id"}}), "new");
  EXPECT_EQ(new_in({{"LANG", "POSIX"}, {"LANGUAGE", "id"}}), "new");
  EXPECT_EQ(new_in({{"LANGUAGE", "id"}}), "new");
}

TEST_F(Translation, TakesTheFirstLanguageThatHasACatalogue) {
  EXPECT_EQ(new_in({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "de:xx_YY::id_ID:en"}}), "baru");
  EXPECT_EQ(new_in({{"LANG", "de_DE.UTF-8"}}), "new");
}

TEST_F(Translation, OpensNothingOutsideTheFoldersOfLanguages) {
  EXPECT_EQ(new_in({{"LANG", "../locale/id"}}), "new");
  EXPECT_EQ(new_in({{"LANG", "/"}, {"LANGUAGE", "./id"}}), "new");
}

TEST_F(Translation, FindsTheCatalogueFromTheFullProgramToo) {
  start_translation(variables({{"LANG", "id_ID.UTF-8"}}), GILIR_TEST_BIN "/../libexec/gilir");
  EXPECT_STREQ(_("new"), "baru");
}

TEST_F(Translation, LeavesATextWithoutTranslationAsItIs) {
  speak_indonesian();
  EXPECT_STREQ(_("no such sentence"), "no such sentence");
  EXPECT_STREQ(_(""), "");
}

TEST_F(Translation, SaysTimesAndDurations) {
  speak_indonesian();
  const WallTime now{Seconds{1'795'000'000}};
  EXPECT_EQ(relative_time(now - Seconds{3}, now), "baru saja");
  EXPECT_EQ(relative_time(now - std::chrono::minutes{4}, now), "4 mnt lalu");
  EXPECT_EQ(relative_time(now + std::chrono::hours{2}, now), "2 jam lagi");
  EXPECT_EQ(duration_words(Seconds{1}), "1 dtk");
  EXPECT_EQ(duration_words(std::chrono::minutes{65}), "1 jam 05 mnt");
  EXPECT_EQ(duration_words(std::chrono::hours{50}), "2 hari 2 jam");
}

TEST_F(Translation, AsksAndTakesTheAnswerWithTheKeysOfTheLanguage) {
  speak_indonesian();
  const auto answer = [](const std::string& keys) {
    FakeInput input(keys, true);
    StringSink out;
    StringSink errors;
    Output output(out, errors);
    const bool yes = Prompt(input, output, {.may_ask = true}).yes(_("Is it the same?"), "--yes");
    EXPECT_EQ(errors.take(), "Apakah sama? [y/T]\n");
    return yes;
  };
  EXPECT_TRUE(answer("y"));
  EXPECT_TRUE(answer("Y"));
  EXPECT_FALSE(answer("t"));
  EXPECT_FALSE(answer("n"));
  EXPECT_FALSE(answer("\n"));
}

TEST_F(Translation, PutsWhatCoreSaysIntoTheLanguage) {
  EXPECT_EQ(known_words("is 70 bytes long, at most 64 are allowed"), "is 70 bytes long, at most 64 are allowed");
  speak_indonesian();
  EXPECT_EQ(known_words("is empty"), "kosong");
  EXPECT_EQ(known_words("is 70 bytes long, at most 64 are allowed"), "panjangnya 70 byte, paling banyak 64");
  EXPECT_EQ(known_words("cannot write the output: No space left on device"),
            "keluaran tidak dapat ditulis: Tidak ada ruang tersisa di perangkat");
  EXPECT_EQ(known_words("epoll: Permission denied"), "epoll: Izin ditolak");
  EXPECT_EQ(known_words("something new: 5"), "something new: 5");
  EXPECT_EQ(known_words(""), "");
}

TEST_F(Translation, PutsReasonsOfTheLogIntoTheLanguage) {
  const std::vector<std::string> because{"same office", "shares ORA-00942", "55% of title words", "filed 4 min apart"};
  EXPECT_EQ(duplicate_words(because), "same office, shares ORA-00942, 55% of title words, filed 4 min apart");
  speak_indonesian();
  EXPECT_EQ(duplicate_words(because),
            "kantor sama, sama-sama menyebut ORA-00942, 55% kata judul sama, selisih waktu lapor 4 mnt");
}

// A catalogue as msgfmt writes it, for texts that need not be in one.
std::string catalogue_of(const std::map<std::string, std::string>& texts) {
  std::string tables;
  std::string bytes;
  const auto add_word = [](std::string& to, std::size_t value) {
    for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>((value >> shift) & 0xff);
  };
  const auto bytes_at = 28 + texts.size() * 16;
  const auto add = [&](const std::string& text) {
    add_word(tables, text.size());
    add_word(tables, bytes_at + bytes.size());
    bytes += text + '\0';
  };
  for (const auto& [original, translation] : texts) add(original);
  for (const auto& [original, translation] : texts) add(translation);
  std::string header;
  for (const std::size_t value : {std::size_t{0x950412de}, std::size_t{0}, texts.size(), std::size_t{28},
                                  28 + texts.size() * 8, std::size_t{0}, std::size_t{0}}) {
    add_word(header, value);
  }
  return header + tables + bytes;
}

std::optional<Catalogue> read_bytes(const std::string& bytes) {
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/gilir.mo";
  std::ofstream(path, std::ios::binary) << bytes;
  return Catalogue::read(path);
}

TEST(Catalogue, FindsEachOfItsTexts) {
  const auto catalogue = read_bytes(catalogue_of({{"", "nplurals=1;"}, {"a", "satu"}, {"b", "dua"}, {"bc", "tiga"}}));
  ASSERT_TRUE(catalogue);
  EXPECT_STREQ(catalogue->find("a"), "satu");
  EXPECT_STREQ(catalogue->find("b"), "dua");
  EXPECT_STREQ(catalogue->find("bc"), "tiga");
  EXPECT_EQ(catalogue->find("c"), nullptr);
  EXPECT_EQ(catalogue->find("B"), nullptr);
}

TEST(Catalogue, TakesTheFormForTheNumber) {
  const std::string both("day\0days", 8);
  const auto one_form = read_bytes(catalogue_of({{"", "nplurals=1; plural=0;"}, {both, "hari"}}));
  ASSERT_TRUE(one_form);
  EXPECT_STREQ(one_form->find("day", 1), "hari");
  EXPECT_STREQ(one_form->find("day", 7), "hari");
  const auto two_forms =
      read_bytes(catalogue_of({{"", "nplurals=2; plural=(n != 1);"}, {both, std::string("Tag\0Tage", 8)}}));
  ASSERT_TRUE(two_forms);
  EXPECT_STREQ(two_forms->find("day", 1), "Tag");
  EXPECT_STREQ(two_forms->find("day", 7), "Tage");
  EXPECT_EQ(two_forms->find("week", 7), nullptr);
}

TEST(Catalogue, IsNoneWhenAbsentCutOffOrOfAnotherKind) {
  EXPECT_FALSE(Catalogue::read("/nonexistent/gilir.mo"));
  EXPECT_FALSE(Catalogue::read("/"));
  const auto whole = catalogue_of({{"", "nplurals=1;"}, {"a", "satu"}, {"b", "dua"}});
  ASSERT_TRUE(read_bytes(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(read_bytes(whole.substr(0, length))) << length;
  EXPECT_FALSE(read_bytes("#!/bin/sh\necho this is no catalogue at all\n"));
}

TEST(Catalogue, SurvivesEveryDamagedByte) {
  const auto whole = catalogue_of({{"", "nplurals=2;"}, {"a", "satu"}, {"b", "dua"}});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char value : {'\x00', '\x01', '\x7f', '\xff'}) {
      auto damaged = whole;
      damaged[at] = value;
      if (const auto catalogue = read_bytes(damaged)) {
        catalogue->find("a");
        catalogue->find("b", 2);
        catalogue->find("zzz");
      }
    }
  }
}

}  // namespace
}  // namespace gilir::cli
