// Names to addresses while the lock goes on being renewed: getaddrinfo(3) blocks for as long as name servers are
// silent, and has no form that does not.
#pragma once

#include <netdb.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/guardian/supervision.h"

namespace gilir {

struct Resolved {
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses{nullptr, &::freeaddrinfo};
  // Why there are none; in the words of the C library.
  std::string problem{};
};

// An address written in digits is read at once. A name is looked up until `until`, while `supervision` is served;
// throws what Supervision::throw_if_over throws.
Resolved resolve(const std::string& host, std::uint16_t port, BootTime until, Supervision& supervision);

}  // namespace gilir
