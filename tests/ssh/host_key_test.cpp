#include "core/ssh/host_key.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace gilir {
namespace {

constexpr auto line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

TEST(HostKey, IsReadFromAPublicKeyLine) {
  const auto key = parse_host_key(std::string(line) + " github.com\n");
  EXPECT_EQ(key.line(), line);
  EXPECT_EQ(key.fingerprint, "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
}

TEST(HostKey, IsReadFromWhatSshKeyscanPrints) {
  EXPECT_EQ(parse_host_key("github.com " + std::string(line)).line(), line);
}

TEST(HostKey, RefusesWhatIsNoKey) {
  for (const std::string text : {"", "hello", "ssh-ed25519", "ssh-ed25519 ####", "ssh-ed25519 AAAA"}) {
    try {
      parse_host_key(text);
      ADD_FAILURE() << "accepted: " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid);
      EXPECT_EQ(error.text("field"), "host_key");
    }
  }
}

}  // namespace
}  // namespace gilir
