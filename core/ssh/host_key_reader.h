// Reads libssh's keys for core/ssh/host_key.h; apart so that the public header needs no libssh.
#pragma once

#include "core/ssh/host_key.h"

struct ssh_key_struct;

namespace gilir {

// Throws Error{invalid} when the key cannot be exported.
HostKey describe_key(ssh_key_struct* key);

}  // namespace gilir
