#include "plugins/webhook/signature.h"

#include <nettle/base64.h>
#include <nettle/hmac.h>

#include <array>

namespace gilir::webhook {

std::string signature(std::string_view key, std::string_view id, std::string_view timestamp, std::string_view body) {
  const auto bytes = [](std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); };
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), bytes(key));
  for (const std::string_view part : {id, std::string_view("."), timestamp, std::string_view("."), body}) {
    hmac_sha256_update(&context, part.size(), bytes(part));
  }
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  hmac_sha256_digest(&context, digest.size(), digest.data());
  std::array<char, BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)> text{};
  base64_encode_raw(text.data(), digest.size(), digest.data());
  return "v1," + std::string(text.data(), text.size());
}

}  // namespace gilir::webhook
