// Which machine a server is. A lock is the machine's, so two servers of a desk that look like one machine are refused
// until somebody says which of the two they are: one, under the same lock, or different ones. Shared by server.add,
// server.edit, server.trust and server.remove.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/context.h"
#include "core/operations/operation.h"
#include "core/server/same_machine.h"
#include "core/server/server.h"

namespace gilir {

inline constexpr std::int64_t most_addresses = 64;
inline constexpr FieldSpec alias_of_field{"alias_of", "the server that this is a second name of, under the same lock",
                                          max_name_bytes};
inline constexpr FieldSpec different_from_field{"different_from",
                                                "servers that are other machines, though they look the same", 100};
inline constexpr FieldSpec addresses_field{"addresses", "what the host stands for, in digits", most_addresses};

// What the caller says about it.
struct MachineClaim {
  std::optional<ServerName> alias_of;
  std::vector<ServerName> different_from;
};

// Makes `server`, which is about to be stored, what the claim says, and returns that as "alias_of=a different_from=b";
// empty when nothing changes. Tickets, other second names and tokens of a server that becomes a second name go to the
// lock's server. Error{same_machine} when it looks like a server about which nothing was said, Error{in_use} when a
// lock that would become another one is used, Error{invalid, not_found} for a wrong claim.
std::string settle_machine(Context& context, Server& server, const MachineClaim& claim);

// Whoever is at a machine is known by where it is and what it shows: neither changes while a seat of its lock is held,
// ending, or about to be taken up. A place in line is no seat: whoever gets one looks afterwards where to go.
// Error{in_use}.
void require_nobody_there(Context& context, const ServerName& lock);

// `server`, a second name, stands for that machine no longer: nobody may be at it or wait for it meanwhile, for they
// may have come by this name, and what the name becomes hands out higher tokens. Error{in_use}.
void leave_lock(Context& context, Server& server);

// Pairs of servers that look like one machine and about which nothing was said, at most `most`.
std::vector<SameMachine> unsettled_machines(Context& context, std::size_t most);

}  // namespace gilir
