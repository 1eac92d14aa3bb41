// Words for whatever doctor can find.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "cli/doctor/finding_words.h"

namespace gilir::cli {
namespace {

TEST(FindingWords, KnowEveryCheckAndItsGoodOutcome) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Check>>([](auto check) {
    EXPECT_FALSE(check_words(check.value).empty()) << check.name;
    EXPECT_FALSE(finding_words({check.value, Health::ok, Because::fine, "subject", "fact"}).message.empty())
        << check.name;
  });
}

TEST(FindingWords, SayEveryReasonSomewhere) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Because>>([](auto because) {
    bool said = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Check>>([&](auto check) {
      said = said || !finding_words({check.value, Health::problem, because.value, "s", "f"}).message.empty();
    });
    EXPECT_TRUE(said) << because.name;
  });
}

TEST(FindingWords, SayWhatToDoWhenSomethingIsWrong) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Because>>([](auto because) {
    constexpr std::array harmless{Because::fine, Because::guarded, Because::new_boot, Because::set_next};
    if (std::ranges::find(harmless, because.value) != harmless.end()) return;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Check>>([&](auto check) {
      const auto words = finding_words({check.value, Health::problem, because.value, "s", "f"});
      const bool is_harmless = check.value == Check::gate && because.value == Because::missing;
      EXPECT_TRUE(words.message.empty() || is_harmless || !words.next.empty()) << check.name << " " << because.name;
    });
  });
}

TEST(FindingWords, FillInWhatWasFound) {
  const auto words = finding_words({Check::libssh, Health::problem, Because::known_hole, "0.10.5", "0.10.6"});
  EXPECT_EQ(words.message, "0.10.5 has known holes");
  EXPECT_EQ(words.next, "Upgrade it to 0.10.6 or newer");
  EXPECT_EQ(finding_words({Check::gate, Health::problem, Because::held, "/d/gate", ""}).message,
            "somebody does not let go of it");
}

}  // namespace
}  // namespace gilir::cli
