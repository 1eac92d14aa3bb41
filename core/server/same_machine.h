// What makes two servers of a desk one machine, for a lock is the machine's: the same host key, the same certificate
// over RDP, the same address and port, the usual ports of SSH and RDP at one address, or names that differ in upper and
// lower case only. Pure; nothing is guessed and nothing is looked up, so a
// host name is its text and the addresses that it stood for when it was named.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/server/server.h"

namespace gilir {

enum class Sameness { name, host_key, certificate, address };
BOOST_DESCRIBE_ENUM(Sameness, name, host_key, certificate, address)

// The strongest reason, or none. A server is not compared with itself.
std::optional<Sameness> same_machine(const Server& server, const Server& other);

struct SameMachine {
  ServerName server;
  ServerName other;
  Sameness because{};
};
BOOST_DESCRIBE_STRUCT(SameMachine, (), (server, other, because))

// The pairs of `servers` that are one machine and not `is_settled`, in their order, the first `most` that were found;
// in less time than comparing each with each.
std::vector<SameMachine> same_machines(const std::vector<Server>& servers, std::size_t most,
                                       const std::function<bool(const Server&, const Server&)>& is_settled);

// "10.0.0.5 fd00::1": sorted, each once, IPv4 in IPv6 as IPv4; what is no address in digits is left out.
std::string address_list(const std::vector<std::string>& addresses);

}  // namespace gilir
