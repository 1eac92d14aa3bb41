#include "core/hooks/hook_cursor.h"

#include <filesystem>

#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

class HookCursor : public DeskTest {
 protected:
  // As the program opens a desk; what it starts ends at once.
  void open_with_hooks() {
    std::filesystem::create_directories(path() + "/hooks/all.d");
    desk_ = std::make_unique<LocalDesk>(LocalDeskOptions{path(), nullptr, "/bin/true"}, clock_);
  }
  std::optional<EventNumber> cursor() {
    store::Connection connection({path() + "/desk.db"});
    return read_hook_cursor(connection);
  }
};

TEST_F(HookCursor, IsNotThereOnADeskWithoutHooks) {
  perform(reporter("Siti"));
  EXPECT_EQ(cursor(), std::nullopt);
}

TEST_F(HookCursor, BeginsAtTheFirstChangeOfADeskWithHooks) {
  open_with_hooks();
  const auto before = log().back().number;
  file_ticket("printer smokes");
  EXPECT_EQ(cursor(), before);
  perform(reporter("Wati"));
  EXPECT_EQ(cursor(), before);
}

TEST_F(HookCursor, DoesNotBeginWithATryOut) {
  open_with_hooks();
  try_out(reporter("Siti"));
  EXPECT_EQ(cursor(), std::nullopt);
}

}  // namespace
}  // namespace gilir
