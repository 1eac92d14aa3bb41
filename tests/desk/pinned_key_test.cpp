#include "core/server/pinned_key.h"

#include "tests/fakes/expect_error.h"

namespace gilir {
namespace {

constexpr std::string_view ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjT4aIfW1o/J1vL8/g42kztLL05kwHK9p8iYhLZuRxc";
constexpr std::string_view ed25519_fingerprint = "SHA256:Akw5vDzlpgkoe88XNYlsJ5qzF8Y7Sv0vbbpWN0+Tij4";
constexpr std::string_view ecdsa =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHlvNhlwdFerHdHcqN/"
    "0AdB1MDUpXGzqXgo1mAsGeJTIomTCHvwjzw4Mo12CyANIiAoQp8s1kRGOoOqj5IT1AQ4=";

std::string problem(std::string_view text) {
  const auto error = thrown_by([&] { read_pinned_key(text); });
  EXPECT_EQ(error.code(), ErrorCode::invalid);
  EXPECT_EQ(error.text("field"), "host_key");
  return error.text("problem");
}

// Fingerprints as ssh-keygen -l printed them.
TEST(PinnedKey, HasTheFingerprintThatSshKeygenPrints) {
  EXPECT_EQ(read_pinned_key(ed25519).fingerprint, ed25519_fingerprint);
  EXPECT_EQ(read_pinned_key(ecdsa).fingerprint, "SHA256:sngHMOeDr+QD92o5wlev8/Bp2tIXgKDmZWgLKxKPjBM");
}

TEST(PinnedKey, IsStoredWithoutHostAndComment) {
  const auto line = std::string("[127.0.0.1]:2222 ") + std::string(ed25519) + " root@kantor\n";
  EXPECT_EQ(read_pinned_key(line).line, ed25519);
  EXPECT_EQ(read_pinned_key(line).fingerprint, ed25519_fingerprint);
}

TEST(PinnedKey, MustBeAKey) {
  for (const std::string_view text : {"", "   ", "hello", "ssh-ed25519", "ssh-ed25519 !!!!", "ssh-dss AAAAB3NzaC1kc3M=",
                                      "ssh-ed25519 AAAA", "-----BEGIN OPENSSH PRIVATE KEY-----"}) {
    EXPECT_NE(problem(text), "") << text;
  }
  EXPECT_NE(problem(std::string(10'000, 'A')), "");
}

TEST(PinnedKey, MustBeOfTheTypeThatItSays) {
  const std::string mixed = "ssh-rsa " + std::string(ed25519.substr(ed25519.find(' ') + 1));
  EXPECT_EQ(problem(mixed), "the key after its type is not such a key");
}

TEST(PinnedKey, MustBeWhole) {
  for (const auto key : {ed25519, ecdsa}) {
    for (auto length = key.size() - 4; length > key.find(' ') + 4; length -= 4) {
      EXPECT_NE(problem(key.substr(0, length)), "") << length;
    }
    EXPECT_NE(problem(std::string(key.substr(0, key.find('='))) + "AAAA"), "");
  }
}

// One key, one text: else one machine could pass for two.
TEST(PinnedKey, HasNoOtherForm) {
  const std::string other_forms[] = {
      // Four zero bytes behind it: an empty string more.
      std::string(ed25519) + "AAAAAA==",
      // The compressed point; ssh-keygen never writes it.
      "ecdsa-sha2-nistp256 "
      "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAAhAnlvNhlwdFerHdHcqN/0AdB1MDUpXGzqXgo1mAsGeJTI",
      // A zero byte too many before the exponent 3 of a modulus of one byte.
      "ssh-rsa AAAAB3NzaC1yc2EAAAACAAMAAAABAw==",
      "ssh-rsa AAAAB3NzaC1yc2EAAAAA",
  };
  for (const auto& text : other_forms) EXPECT_EQ(problem(text), "the key after its type is not such a key") << text;
  // Bits that base64 has left over.
  auto leftover = std::string(ecdsa);
  leftover.replace(leftover.size() - 2, 1, "5");
  EXPECT_EQ(problem(leftover), "the key after its type is not base64");
}

}  // namespace
}  // namespace gilir
