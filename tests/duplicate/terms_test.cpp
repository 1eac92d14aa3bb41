#include "core/duplicate/terms.h"

#include <gtest/gtest.h>

#include "core/duplicate/affixes.h"

namespace gilir::duplicate {
namespace {

using List = std::vector<std::string>;

TEST(Terms, FoldCaseAndLeaveOutFiller) {
  EXPECT_EQ(terms("Tolong, printer di Kantor kami TIDAK bisa!"), (List{"printer", "kantor"}));
  EXPECT_EQ(terms("Please help: we can't open the file"), (List{"open", "file"}));
}

TEST(Terms, KeepCompoundsWholeBesideTheirParts) {
  EXPECT_EQ(terms("srv-db01"), (List{"srv-db01", "srv", "db01"}));
  EXPECT_EQ(terms("ORA-00942"), (List{"ora-00942", "ora", "00942"}));
  EXPECT_EQ(terms("kantor-123."), (List{"kantor-123", "kantor", "123"}));
  EXPECT_EQ(terms("0x80070005"), (List{"0x80070005"}));
}

TEST(Terms, KeepAddressesAndDatesWholeWithoutTheirDigits) {
  EXPECT_EQ(terms("10.1.2.3"), List{"10.1.2.3"});
  EXPECT_EQ(terms("22-11-2026"), List{"22-11-2026"});
}

TEST(Terms, SplitJoinedWordsThatHoldNoDigit) {
  EXPECT_EQ(terms("printer-scanner"), (List{"printer", "scanner"}));
}

TEST(Terms, EndACompoundWhereASentenceEndsWithoutABlank) {
  EXPECT_EQ(terms("kantor-123.Mohon dibuka"), (List{"kantor-123", "kantor", "123", "buka"}));
}

TEST(Terms, MeetAcrossTheirForms) {
  for (const char* form : {"dicetak", "mencetak", "mencetakkan", "cetakan", "pencetakan", "cetaknya", "tercetak"})
    EXPECT_EQ(terms(form), List{"cetak"}) << form;
  for (const char* form : {"print", "prints", "printing", "printed"}) EXPECT_EQ(terms(form), List{"print"}) << form;
  for (const char* form : {"rusak", "kerusakan", "rusaknya"}) EXPECT_EQ(terms(form), List{"rusak"}) << form;
  for (const char* form : {"simpan", "menyimpan", "disimpan", "penyimpanan"})
    EXPECT_EQ(terms(form), List{"simpan"}) << form;
  for (const char* form : {"bayar", "dibayar", "membayar", "dibayarkan", "pembayaran"})
    EXPECT_EQ(terms(form), List{"bayar"}) << form;
  for (const char* form : {"crash", "crashes", "crashed", "crashing"}) EXPECT_EQ(terms(form), List{"crash"}) << form;
  for (const char* form : {"stop", "stopped", "stopping", "stops"}) EXPECT_EQ(terms(form), List{"stop"}) << form;
  EXPECT_EQ(terms("update updates updated updating").size(), 1u);
}

TEST(Terms, LeaveShortAndLookAlikeWordsAlone) {
  for (const char* word : {"disk", "menu", "berkas", "terminal", "wireless", "status", "mental"}) {
    EXPECT_GE(without_affixes(word).size(), 4u) << word;
  }
  EXPECT_EQ(without_affixes("disk"), "disk");
  EXPECT_EQ(without_affixes("wireless"), "wireless");
  EXPECT_EQ(without_affixes("status"), "status");
}

TEST(Terms, KeepLettersBeyondAsciiAndFoldThem) {
  EXPECT_EQ(terms("ÉTÉ Принтер"), (List{"été", "принтер"}));
  EXPECT_EQ(terms("打印机 坏了"), (List{"打印机", "坏了"}));
}

TEST(Terms, AreSeparatedByAnythingElse) {
  EXPECT_EQ(terms("printer\u200bmacet\u202e🖨rusak—total"), (List{"printer", "macet", "rusak", "total"}));
  EXPECT_EQ(terms("printer\xff\xfemacet\xc3"), (List{"printer", "macet"}));
}

TEST(Terms, OfATicketListEachTermOnceTitleFirst) {
  EXPECT_EQ(ticket_terms("Printer macet", "Antrian printer srv-db01 macet"),
            (List{"printer", "macet", "antri", "srv-db01", "srv", "db01"}));
}

TEST(Words, KnowWhatNamesOneThing) {
  const auto is_identifier = [](const char* text) { return words(text).at(0).identifier; };
  for (const char* name :
       {"srv-db01", "ORA-00942", "0x80070005", "10.1.2.3", "10.1.2.3:8080", "20261107001", "kantor-123"})
    EXPECT_TRUE(is_identifier(name)) << name;
  for (const char* other : {"printer", "2", "2026", "09:30", "lt2", "22-11-2026"})
    EXPECT_FALSE(is_identifier(other)) << other;
}

TEST(Words, KeepTheWrittenFormAndCount) {
  const auto found = words("Printer PRINTER printernya");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].written, "Printer");
  EXPECT_EQ(found[0].count, 3u);
}

}  // namespace
}  // namespace gilir::duplicate
