#include "core/store/bell.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/fakes/no_descriptors_left.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/child_process.h"

namespace gilir::store {
namespace {

class BellTest : public testing::Test {
 protected:
  std::string bell(const std::string& name = "server-kantor-123") const { return directory_.file(name); }

  TemporaryDirectory directory_;
};

TEST_F(BellTest, WakesWhoWatchesIt) {
  BellWatch watch({bell()});
  ring_bell(bell());
  EXPECT_TRUE(watch.wait(Seconds{5}));
}

TEST_F(BellTest, WakesAnotherProcess) {
  BellWatch watch({bell()});
  ChildProcess child([&] {
    ring_bell(bell());
    return 0;
  });
  EXPECT_TRUE(watch.wait(Seconds{10}));
}

TEST_F(BellTest, IsSilentWhenNobodyRang) {
  BellWatch watch({bell()});
  EXPECT_FALSE(watch.wait(Milliseconds{10}));
}

TEST_F(BellTest, RingsBeforeTheWatchAreNotHeard) {
  ring_bell(bell());
  BellWatch watch({bell()});
  EXPECT_FALSE(watch.wait(Milliseconds{10}));
}

TEST_F(BellTest, SeveralRingsAreOneWakeUp) {
  BellWatch watch({bell()});
  for (int i = 0; i < 5; ++i) ring_bell(bell());
  EXPECT_TRUE(watch.wait(Seconds{5}));
  EXPECT_FALSE(watch.wait(Milliseconds{10}));
}

TEST_F(BellTest, AnyOfSeveralBellsWakes) {
  BellWatch watch({bell("server-a"), bell("server-b")});
  ring_bell(bell("server-b"));
  EXPECT_TRUE(watch.wait(Seconds{5}));
}

TEST_F(BellTest, StaysOneByteLong) {
  for (int i = 0; i < 100; ++i) ring_bell(bell());
  EXPECT_EQ(std::filesystem::file_size(bell()), 1U);
}

TEST_F(BellTest, HearsNothingWhereTheSystemHasNoWatchLeft) {
  const NoDescriptorsLeft limit;
  BellWatch watch({bell()});
  EXPECT_EQ(watch.descriptor(), -1);
  EXPECT_FALSE(watch.wait(Milliseconds{10}));
  EXPECT_FALSE(watch.drain());
}

TEST_F(BellTest, HearsNothingWithoutItsDirectory) {
  BellWatch watch({bell(), directory_.file("missing/bell")});
  EXPECT_EQ(watch.descriptor(), -1);
}

TEST_F(BellTest, RingingWithoutItsDirectoryIsNoError) {
  ring_bell(directory_.file("missing/bell"));
}

TEST_F(BellTest, DoesNotFollowALinkThatSomebodyPlanted) {
  std::filesystem::create_symlink(directory_.file("target"), bell());
  ring_bell(bell());
  EXPECT_FALSE(std::filesystem::exists(directory_.file("target")));
}

TEST_F(BellTest, IsNoPipeThatNobodyReads) {
  ASSERT_EQ(mkfifo(bell().c_str(), 0600), 0);
  ring_bell(bell());
  BellWatch watch({bell()});
  EXPECT_EQ(watch.descriptor(), -1);
}

TEST_F(BellTest, LiesInADirectoryOfTheDeskAndNotBehindALink) {
  std::filesystem::create_directory(directory_.file("elsewhere"));
  std::filesystem::create_directory_symlink(directory_.file("elsewhere"), directory_.file("bells"));
  ring_bell(bell("bells/server-kantor-123"));
  EXPECT_EQ(BellWatch({bell("bells/server-kantor-123")}).descriptor(), -1);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.file("elsewhere")));
}

}  // namespace
}  // namespace gilir::store
