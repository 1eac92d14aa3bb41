// Standard input of kinds that somebody else chose.
#include "cli/input.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "core/process/descriptor.h"

namespace gilir::cli {
namespace {

TEST(Input, WaitsForWhatComesLateThroughAPipeLeftNonBlocking) {
  auto pipe = make_pipe();
  set_non_blocking(pipe.read_end.get(), true);
  DescriptorInput input(pipe.read_end.get());
  std::thread late([&] {
    for (const std::string_view part : {"from ", "a pipe\nto its", " end"}) {
      // Long enough for the reader to find nothing yet.
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
      write_all(pipe.write_end.get(), part);
    }
    pipe.write_end.reset();
  });
  EXPECT_EQ(input.line(100), "from a pipe");
  EXPECT_EQ(input.all(100), "to its end");
  late.join();
}

TEST(Input, BeginsBehindTheByteOrderMarkOfAFile) {
  auto pipe = make_pipe();
  DescriptorInput input(pipe.read_end.get());
  std::thread pieces([&] {
    for (const std::string_view part : {"\xEF", "\xBB\xBF", "41\n", "\uFEFF42\n"}) {
      // Long enough for the reader to have only the piece before.
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
      write_all(pipe.write_end.get(), part);
    }
    pipe.write_end.reset();
  });
  EXPECT_EQ(input.line(100), "41");
  EXPECT_EQ(input.all(100), "\uFEFF42\n");
  pieces.join();
}

}  // namespace
}  // namespace gilir::cli
