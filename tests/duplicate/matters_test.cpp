#include "core/duplicate/matters.h"

#include <gtest/gtest.h>

#include <string>

namespace gilir::duplicate {
namespace {

double shared(const std::string& one, const std::string& other) {
  return shared_matters(matters_of(index::terms_of(one, "")), matters_of(index::terms_of(other, "")));
}

TEST(Matters, AreTheSameInWordsThatMeanTheSame) {
  EXPECT_EQ(shared("Hasil cetak", "ngeprint"), 1);
  EXPECT_EQ(shared("Surel tertolak", "email rejected"), 1);
  EXPECT_EQ(shared("The password was forgotten", "Lupa passwordnya"), 1);
  EXPECT_GE(shared("wifi lemot", "hotspot is slow"), 0.5);
}

TEST(Matters, AreOthersInWordsThatMeanSomethingElse) {
  EXPECT_EQ(shared("Toner habis", "Kertas nyangkut"), 0);
  EXPECT_EQ(shared("VPN expired", "database penuh"), 0);
}

TEST(Matters, AreSharedInPart) {
  const double printers = shared("Printer macet", "Printer panas");
  EXPECT_GT(printers, 0);
  EXPECT_LT(printers, 0.5);
}

TEST(Matters, AreNoneOfFillerNamesAndNumbers) {
  EXPECT_TRUE(matters_of(index::terms_of("Mohon bantuannya, terima kasih 12 Budi", "tolong segera")).none());
  EXPECT_EQ(shared("tolong", "please"), 0);
  EXPECT_EQ(shared("", ""), 0);
}

TEST(Matters, StandInBodiesAsWell) {
  const auto ours = matters_of(index::terms_of("Tolong", "printernya macet"));
  EXPECT_EQ(shared_matters(ours, matters_of(index::terms_of("Printer macet", ""))), 1);
}

}  // namespace
}  // namespace gilir::duplicate
