// Signatures as Standard Webhooks defines them (github.com/standard-webhooks), version 1: the receiver's
// library checks them, and refuses old and repeated deliveries.
#pragma once

#include <string>
#include <string_view>

namespace gilir::webhook {

// "v1," and the base64 of HMAC-SHA256 (RFC 2104) over "ID.TIMESTAMP.BODY".
std::string signature(std::string_view key, std::string_view id, std::string_view timestamp, std::string_view body);

}  // namespace gilir::webhook
