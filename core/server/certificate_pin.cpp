#include "core/server/certificate_pin.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include <array>
#include <vector>

#include "core/base/error.h"

namespace gilir {
namespace {

constexpr std::size_t longest_pin = 64 * 1024;
constexpr std::size_t digits_of_sha256 = 2 * SHA256_DIGEST_SIZE;
constexpr std::string_view pem_begin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view pem_end = "-----END CERTIFICATE-----";

[[noreturn]] void refuse_certificate(std::string_view problem) {
  throw invalid_field("certificate", problem);
}

std::string hexadecimal(const std::array<std::uint8_t, SHA256_DIGEST_SIZE>& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

// The SHA-256 of what stands between the lines of PEM.
std::string fingerprint_of_pem(std::string_view base64) {
  base64_decode_ctx decoder;
  base64_decode_init(&decoder);
  std::vector<std::uint8_t> bytes(BASE64_DECODE_LENGTH(base64.size()));
  std::size_t length = bytes.size();
  const bool decoded = base64_decode_update(&decoder, &length, bytes.data(), base64.size(), base64.data()) == 1;
  if (!decoded || base64_decode_final(&decoder) != 1 || length == 0)
    refuse_certificate("the certificate is not base64");
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, length, bytes.data());
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  return hexadecimal(digest);
}

std::string fingerprint_of_digits(std::string_view text) {
  if (text.starts_with("sha256:") || text.starts_with("SHA256:")) text.remove_prefix(7);
  std::string digits;
  for (const char letter : text) {
    if (letter == ':' || letter == ' ' || letter == '\r' || letter == '\n') continue;
    const char lower = letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const bool is_digit = (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f');
    if (!is_digit || digits.size() == digits_of_sha256)
      refuse_certificate("takes 64 hexadecimal digits, the certificate's SHA-256");
    digits += lower;
  }
  if (digits.size() != digits_of_sha256) refuse_certificate("takes 64 hexadecimal digits, the certificate's SHA-256");
  return digits;
}

}  // namespace

std::string read_certificate_pin(std::string_view text) {
  if (text.size() > longest_pin) refuse_certificate("is longer than a certificate can be");
  if (text == pinned_authority) return std::string(text);
  const auto begin = text.find(pem_begin);
  if (begin == std::string_view::npos) return fingerprint_of_digits(text);
  const auto end = text.find(pem_end, begin);
  if (end == std::string_view::npos) refuse_certificate("the certificate is cut off");
  const auto first = begin + pem_begin.size();
  return fingerprint_of_pem(text.substr(first, end - first));
}

}  // namespace gilir
