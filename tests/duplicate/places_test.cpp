#include "core/duplicate/places.h"

#include <gtest/gtest.h>

namespace gilir::duplicate {
namespace {

using Words = std::vector<std::string>;

TEST(Places, HaveTheirNameBehindThem) {
  EXPECT_EQ(places_named(Words{"printer", "loket", "2", "macet"}), std::vector<std::string_view>{"2"});
  EXPECT_EQ(places_named(Words{"meja", "tu", "10"}), (std::vector<std::string_view>{"tu", "10"}));
  EXPECT_EQ(places_named(Words{"printer", "di", "ruang"}), std::vector<std::string_view>{});
}

TEST(Places, HaveTheirNameBeforeThemInEnglish) {
  EXPECT_EQ(places_named(Words{"the", "archive", "room", "is", "dark"}), std::vector<std::string_view>{"archive"});
  EXPECT_EQ(places_named(Words{"slow", "at", "the", "front", "lobby"}), std::vector<std::string_view>{"front"});
  EXPECT_EQ(places_named(Words{"in", "the", "room"}), std::vector<std::string_view>{});
}

TEST(Places, AreOthersWhenNoNameIsTheSame) {
  EXPECT_TRUE(are_other_places(Words{"loket", "2"}, Words{"ruang", "rapat"}));
  EXPECT_TRUE(are_other_places(Words{"loket", "2"}, Words{"loket", "12"}));
  EXPECT_FALSE(are_other_places(Words{"loket", "2"}, Words{"teller", "2"}));
  EXPECT_FALSE(are_other_places(Words{"ruang", "arsip"}, Words{"archive", "room", "arsip"}));
}

TEST(Places, AreNoOthersWhereOneNamesNone) {
  EXPECT_FALSE(are_other_places(Words{"loket", "2"}, Words{"printer", "macet"}));
  EXPECT_FALSE(are_other_places(Words{}, Words{}));
}

TEST(Places, AreNotNamedByWhatIsWrongThere) {
  EXPECT_FALSE(are_other_places(Words{"loket", "macet"}, Words{"loket", "terputus"}));
  EXPECT_FALSE(are_other_places(Words{"kasir", "error"}, Words{"login", "kasir", "gagal"}));
}

TEST(Places, AreNoOthersForATypingError) {
  EXPECT_FALSE(are_other_places(Words{"ruang", "kepala"}, Words{"ruang", "kdpala"}));
  EXPECT_TRUE(are_other_places(Words{"lantai", "1032"}, Words{"lantai", "1033"}));
}

}  // namespace
}  // namespace gilir::duplicate
