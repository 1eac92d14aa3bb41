#include "core/ssh/key_file.h"

#include <fstream>
#include <random>
#include <sstream>

#include "tests/ssh/library_leaks.h"
#include "tests/ssh/ssh_probe.h"

namespace gilir {
namespace {

using namespace test;

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Some bytes of it others, some gone, some twice.
std::string damaged(std::string text, std::mt19937& chance) {
  const auto at = [&] { return std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(chance); };
  for (int i = std::uniform_int_distribution<int>(1, 4)(chance); i > 0 && text.size() > 2; --i) {
    switch (chance() % 4) {
      case 0:
        text[at()] = static_cast<char>(chance());
        break;
      case 1:
        text[at()] = "ABCDwxyz0123+/=\n"[chance() % 16];
        break;
      case 2:
        text.erase(at(), chance() % 8);
        break;
      default:
        text.insert(at(), text.substr(at(), chance() % 80));
    }
  }
  return text;
}

struct KeyFileTest : SshTest {
  std::vector<std::string> formats() {
    // Its server is that of all these tests.
    static const std::vector<std::string> made{
        server.make_key("k1", "ed25519"), server.make_key("k2", "ecdsa", "", {"-m", "PEM"}),
        server.make_key("k3", "ecdsa", "", {"-m", "PKCS8"}), server.make_key("k4", "rsa", "", {"-m", "RFC4716"}),
        server.make_key("k5", "ed25519", "rahasia", {"-a", "1"})};
    return made;
  }
};

TEST_F(KeyFileTest, KnowsThePublicHalfOfEveryFormat) {
  for (const auto& path : formats()) {
    const auto file = read_key_file(path);
    EXPECT_EQ(file.problem, "") << path;
    const auto key = import_private_key(file, Secret("rahasia"));
    ASSERT_TRUE(key) << path;
    EXPECT_EQ(file.blob, public_blob(key.get())) << path;
    EXPECT_EQ(file.blob, read_key_file(path + ".pub").blob) << path;
  }
}

// Whatever a file contains: an answer, and no crash. What is encrypted is looked at only, because a derivation may be
// as long as the file says.
TEST_F(KeyFileTest, SurvivesWhateverAFileContains) {
  const test::LibraryLeaks leaks;
  std::mt19937 chance(8);
  for (const auto& path : formats()) {
    const auto whole = text_of(path);
    int usable = 0;
    for (int i = 0; i < 1500; ++i) {
      const auto file = look_at_key(damaged(whole, chance), path);
      EXPECT_TRUE(file.problem.empty() || file.problem.ends_with(path)) << file.problem;
      if (file.private_text.text().empty()) continue;
      ++usable;
      if (!file.is_encrypted) import_private_key(file, Secret());
    }
    EXPECT_GT(usable, 0) << path;
  }
}

}  // namespace
}  // namespace gilir
