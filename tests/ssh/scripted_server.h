// What the servers of tests share that speak SSH and do as they are told: an address, a host key, one connection after
// another.
#pragma once

#include <libssh/libssh.h>

#include <functional>

namespace gilir::test {

// Prints the port on loopback and the host key's line, then serves until standard input ends. `serve` begins with the
// key exchange. Returns the program's exit status.
int serve_one_after_another(const std::function<void(ssh_session)>& serve);

}  // namespace gilir::test
