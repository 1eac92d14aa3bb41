#include "core/operations/ticket/search_words.h"

#include <gtest/gtest.h>

#include "core/operations/ticket/snippets.h"

namespace gilir {
namespace {

using Texts = std::vector<std::string>;

Texts written(const std::vector<Phrase>& phrases) {
  Texts texts;
  for (const auto& phrase : phrases) texts.push_back(phrase.words);
  return texts;
}

Texts marked(const std::string& words, const std::string& text) {
  const auto query = read_search_words(words).query;
  const auto snippet = Snippets(query).of(text, 200);
  Texts texts;
  for (const auto& mark : snippet.marks) texts.push_back(snippet.text.substr(mark.begin, mark.end - mark.begin));
  return texts;
}

bool stands_in(const std::string& phrase, const std::string& text) {
  const auto words = read_search_words('"' + phrase + '"');
  return words.phrases.size() == 1 && has_phrase(text, words.phrases.front());
}

TEST(SearchWords, OfABeginningAreItAndWhatTheIndexHasOfItsWords) {
  const auto printing = read_search_words("printing*").query;
  EXPECT_EQ(printing.prefixes, Texts{"printing"});
  EXPECT_EQ(printing.terms, Texts{"print"});
  EXPECT_EQ(read_search_words("printin*").query.terms, Texts{"print"});
  EXPECT_EQ(read_search_words("pencetak*").query.terms, Texts{"cetak"});
  EXPECT_EQ(read_search_words("direkt*").query.prefixes, (Texts{"direkt", "rekt"}));
  const auto cert = read_search_words("Cert**").query;
  EXPECT_EQ(cert.prefixes, Texts{"cert"});
  EXPECT_TRUE(cert.terms.empty());
}

TEST(SearchWords, OfABeginningAreNoLongerThanTheIndexKeepsThem) {
  const auto query = read_search_words("di" + std::string(300, 'x') + "*").query;
  for (const auto& beginning : query.prefixes) EXPECT_LE(beginning.size(), index::max_term_bytes);
  for (const auto& term : query.terms) EXPECT_LE(term.size(), index::max_term_bytes);
  EXPECT_EQ(query.prefixes.front(), "di" + std::string(58, 'x'));
  for (const auto* nothing : {"c*", "'*", "a'*", "*", "***", "é\xff*"})
    EXPECT_TRUE(read_search_words(nothing).query.prefixes.empty()) << nothing;
}

TEST(SearchWords, OfTheBeginningOfANameAreWholeNames) {
  EXPECT_EQ(read_search_words("ORA-009*").query.prefixes, Texts{"=ora-009"});
  EXPECT_TRUE(read_search_words("ORA-009*").query.terms.empty());
  EXPECT_EQ(read_search_words("srv-*").query.prefixes, Texts{"=srv-"});
}

TEST(SearchWords, BeforeTheLastOneWithAStarAreWords) {
  const auto query = read_search_words("(galat,cert*").query;
  EXPECT_EQ(query.terms, Texts{"galat"});
  EXPECT_EQ(query.prefixes, Texts{"cert"});
}

TEST(SearchWords, InWritingWithoutBlanksBeginWithTheirPairs) {
  EXPECT_EQ(read_search_words("打印*").query.prefixes, Texts{"打印"});
  EXPECT_EQ(read_search_words("打印机*").query.terms, (Texts{"打印", "印机"}));
}

TEST(SearchWords, LeaveOutOfACompoundItsWholeNameOnly) {
  EXPECT_EQ(read_search_words("-loket-2").query.without, Texts{"=loket-2"});
  EXPECT_EQ(read_search_words("-mail.kantor").query.without, Texts{"=mail.kantor"});
  EXPECT_EQ(read_search_words("-Printers").query.without, Texts{"printer"});
}

TEST(SearchWords, LeaveOutWhatBecomesSeveralTermsAsAPhrase) {
  for (const auto& [word, phrase] : {std::pair{"-\"paper jam\"", " paper jam "},
                                     {"-foo,bar", " foo bar "},
                                     {"-打印机", " 打 印 机 "},
                                     {"-机", " 机 "},
                                     {"-\"paper jam", " paper jam "}}) {
    const auto words = read_search_words(word);
    EXPECT_EQ(written(words.left_out), Texts{phrase}) << word;
    EXPECT_TRUE(words.query.without.empty() && words.query.terms.empty() && words.phrases.empty()) << word;
  }
}

TEST(SearchWords, AreNotWholeWithMorePhrasesThanAreLookedFor) {
  std::string eight;
  for (int i = 0; i < 8; ++i) eight += "\"paper jam" + std::to_string(i) + "\" ";
  EXPECT_TRUE(read_search_words(eight).whole);
  EXPECT_TRUE(read_search_words(eight + "-\"monitor gelap\"").whole);
  const auto nine = read_search_words(eight + "\"monitor gelap\"");
  EXPECT_FALSE(nine.whole);
  EXPECT_EQ(nine.phrases.size(), most_phrases);
}

TEST(SearchPhrase, StandsWhereItsWordsAreBesideEachOther) {
  EXPECT_TRUE(stands_in("paper jam", "A PAPER\n - jam!"));
  EXPECT_FALSE(stands_in("paper jam", "paper jams"));
  EXPECT_FALSE(stands_in("paper jam", "jam paper"));
  EXPECT_TRUE(stands_in("ORA 00942", "ORA-00942"));
  EXPECT_TRUE(stands_in("café dont", "cafe\u0301 don’t"));
  EXPECT_TRUE(stands_in("打印机", "新打印机坏了"));
  EXPECT_FALSE(stands_in("打印机", "打印纸机"));
}

TEST(SearchPhrase, IsFoundWhereverInALongTextItStands) {
  for (std::size_t before = 4'060; before < 4'110; ++before) {
    EXPECT_TRUE(stands_in("paper jam", std::string(before, 'x') + " paper jam " + std::string(9'000, 'y'))) << before;
    EXPECT_TRUE(stands_in("kertas é macet", std::string(before, '.') + "kertas é macet")) << before;
  }
}

TEST(SearchPhrase, IsLookedForNoFurtherThanToThePlaceWhereItStands) {
  const auto words = read_search_words("\"paper jam\" \"late paper\"");
  std::string text = "paper jam late paper ";
  for (int i = 0; i < 20'000; ++i) text += "lagi ";
  const auto both = find_phrases(text, words.phrases, PhraseSet(0b11));
  EXPECT_EQ(both.found, PhraseSet(0b11));
  EXPECT_LT(both.read, 5'000u);
  EXPECT_EQ(find_phrases(text, words.phrases, PhraseSet(0b10)).found, PhraseSet(0b10));
  EXPECT_EQ(find_phrases(std::string(text.size(), 'x'), words.phrases, PhraseSet(0b11)).read, text.size());
}

TEST(SearchPhrase, HasTermsThatEachOfItsTextsHas) {
  for (const auto& [phrase, text] : {std::pair{"tableview crash", "TableView crash"},
                                     {"TableView crash", "tableview crash"},
                                     {"ORA-00942 error", "ora 00942: error"},
                                     {"don't print", "dont printing? don’t print"},
                                     {"第2号", "在第2号楼"},
                                     {"vpn打印", "我的VPN打印机"},
                                     {"x y", "x y"}}) {
    const auto words = read_search_words('"' + std::string(phrase) + '"');
    ASSERT_EQ(words.phrases.size(), 1u);
    EXPECT_TRUE(has_phrase(text, words.phrases.front())) << phrase;
    const auto stored = index::terms_of("", text).terms;
    for (const auto& term : words.phrases.front().terms)
      EXPECT_TRUE(std::ranges::binary_search(stored, term, {}, &index::Term::text)) << phrase << ": " << term;
  }
}

TEST(SearchSnippet, MarksWordsThatBeginSoWhateverTheIndexHasOfThem) {
  EXPECT_EQ(marked("certificate*", "The certificates expired"), Texts{"certificates"});
  EXPECT_EQ(marked("printing*", "Printing fails"), Texts{"Printing"});
  EXPECT_EQ(marked("pencetak*", "Pencetakan bermasalah"), Texts{"Pencetakan"});
  EXPECT_EQ(marked("srv-db*", "on srv-db01.kantor today"), Texts{"srv-db01.kantor"});
  EXPECT_EQ(marked("ORA-009*", "an ORA-00942 error"), Texts{"ORA-00942"});
}

}  // namespace
}  // namespace gilir
