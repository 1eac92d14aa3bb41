// The certificate that a server must show over RDP, as an administrator pins it: the SHA-256 of the certificate as 64
// lower-case hexadecimal digits, or "authority" for any that an authority vouches for which the agent's machine trusts.
#pragma once

#include <string>
#include <string_view>

namespace gilir {

inline constexpr std::string_view pinned_authority = "authority";

// Reads hexadecimal digits, with colons or blanks between them and "sha256:" in front or not, as openssl and Windows
// print them; a certificate in PEM; or the word itself. Error{invalid} {field: "certificate", problem}.
std::string read_certificate_pin(std::string_view text);

}  // namespace gilir
