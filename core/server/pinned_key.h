// A host key as an administrator pins it: what is stored, and the fingerprint to compare. Pure, and without
// libssh, which not every gilir carries; the key that a server shows at a connection is core/ssh's.
#pragma once

#include <string>
#include <string_view>

namespace gilir {

struct PinnedKey {
  std::string line;         // "ssh-ed25519 AAAA…", what a desk stores
  std::string fingerprint;  // "SHA256:…", as ssh-keygen -l prints it
};

// Reads "type base64 [comment]", also with a known_hosts host field in front, as ssh-keyscan prints it. The
// blob must name the type itself and be whole (RFC 4253, §6.6). Error{invalid} {field: "host_key", problem}.
PinnedKey read_pinned_key(std::string_view text);

}  // namespace gilir
