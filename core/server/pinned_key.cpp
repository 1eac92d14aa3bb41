#include "core/server/pinned_key.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/base/error.h"

namespace gilir {
namespace {

constexpr std::size_t longest_key = 8192;

constexpr std::array<std::string_view, 7> key_types{
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
};

[[noreturn]] void refuse_key(std::string_view problem) {
  throw invalid_field("host_key", problem);
}

std::string_view next_word(std::string_view& text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return text = {};
  text.remove_prefix(start);
  const auto word = text.substr(0, text.find_first_of(" \t\r\n"));
  text.remove_prefix(word.size());
  return word;
}

bool is_key_type(std::string_view word) {
  return std::ranges::find(key_types, word) != key_types.end();
}

std::string decode(std::string_view base64) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::vector<std::uint8_t> bytes(BASE64_DECODE_LENGTH(base64.size()));
  std::size_t length = bytes.size();
  const bool decoded = base64_decode_update(&context, &length, bytes.data(), base64.size(), base64.data()) == 1;
  if (!decoded || base64_decode_final(&context) != 1) refuse_key("the key after its type is not base64");
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)};
}

// The next string of a blob: four bytes of length, big endian, and that many bytes. None when it is cut off.
std::optional<std::string_view> next_string(std::string_view& blob) {
  if (blob.size() < 4) return std::nullopt;
  std::size_t length = 0;
  for (const char byte : blob.substr(0, 4)) length = length << 8 | static_cast<unsigned char>(byte);
  blob.remove_prefix(4);
  if (length > blob.size()) return std::nullopt;
  const auto text = blob.substr(0, length);
  blob.remove_prefix(length);
  return text;
}

// A number as SSH writes it (RFC 4251, section 5), positive and without a byte too many: one number has one form.
bool is_number(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (text.empty() || byte(0) >= 0x80) return false;
  return byte(0) != 0 || (text.size() > 1 && byte(1) >= 0x80);
}

// A point of that curve, not compressed.
bool is_point(std::string_view curve, std::string_view text) {
  const std::size_t bytes = curve == "nistp256" ? 32 : curve == "nistp384" ? 48 : 66;
  return text.size() == 1 + 2 * bytes && text.front() == 4;
}

// A blob is a row of strings: its type, and what makes up a key of that type. Libraries are generous about what else
// stands there; a pinned key is compared as text, so that it must have the one form in which the server shows it.
bool is_key_of(std::string_view blob, std::string_view type) {
  std::vector<std::string_view> parts;
  while (!blob.empty()) {
    const auto part = next_string(blob);
    if (!part) return false;
    parts.push_back(*part);
  }
  if (parts.empty() || parts.front() != type) return false;
  const bool is_sk = type.starts_with("sk-");
  if (is_sk && parts.back().empty()) return false;
  if (type == "ssh-rsa") return parts.size() == 3 && is_number(parts[1]) && is_number(parts[2]);
  if (type.find("ed25519") != std::string_view::npos) return parts.size() == (is_sk ? 3U : 2U) && parts[1].size() == 32;
  const auto curve = type.substr(type.find("nistp"), std::string_view("nistp256").size());
  return parts.size() == (is_sk ? 4U : 3U) && parts[1] == curve && is_point(curve, parts[2]);
}

std::string fingerprint_of(std::string_view blob) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, blob.size(), reinterpret_cast<const std::uint8_t*>(blob.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::array<char, BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)> text{};
  base64_encode_raw(text.data(), digest.size(), digest.data());
  std::string fingerprint(text.begin(), text.end());
  while (fingerprint.ends_with('=')) fingerprint.pop_back();
  return "SHA256:" + fingerprint;
}

}  // namespace

PinnedKey read_pinned_key(std::string_view text) {
  if (text.size() > longest_key) refuse_key("is longer than a key can be");
  auto type = next_word(text);
  if (!is_key_type(type)) type = next_word(text);
  if (!is_key_type(type)) refuse_key("expected a key type such as ssh-ed25519, then the key");
  const auto base64 = next_word(text);
  const auto blob = decode(base64);
  if (!is_key_of(blob, type)) refuse_key("the key after its type is not such a key");
  return {std::string(type) + " " + std::string(base64), fingerprint_of(blob)};
}

}  // namespace gilir
