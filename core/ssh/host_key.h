// A server's public host key, as it is pinned on the desk and compared at every connection. There is no
// known_hosts file here and no question: a key is the pinned one, or it is an error.
#pragma once

#include <string>
#include <string_view>

namespace gilir {

struct HostKey {
  std::string type;         // "ssh-ed25519"
  std::string base64;       // the public key blob, RFC 4253 §6.6
  std::string fingerprint;  // "SHA256:…", as ssh-keygen -l prints it

  // "ssh-ed25519 AAAA…", what a desk stores.
  std::string line() const { return type + " " + base64; }
};

// Reads "type base64 [comment]", also with a known_hosts host field in front, as ssh-keyscan prints it.
// Throws Error{invalid} {field: "host_key", problem} when it is no key that SSH understands.
HostKey parse_host_key(std::string_view line);

}  // namespace gilir
