// The line before the servers: who gets a seat that frees, and what a free seat is kept for.
//
// Places are walked in the order of their sequence. A place that finds a seat at each of its servers is
// offered them, all at once; one that does not keeps one available seat back at each of its servers, so that
// nobody behind it takes the seat it needs. Places not renewed lately are passed over. Where its agent
// already has a lease, a place needs no seat.
#pragma once

#include "core/lock/types.h"

namespace gilir {

struct Transition;

// A wait is lost when its process has not renewed it for wait_term (it does so every wait_renewal); a place
// whose newest wait is older than wait_fresh is passed over by offers.
inline constexpr Milliseconds wait_term{30'000};
inline constexpr Milliseconds wait_renewal{10'000};
inline constexpr Milliseconds wait_fresh{15'000};

// Seats at `server` that nobody holds, that are not ending and not offered; negative when the server was
// given fewer seats than are taken. An agent counts once, whatever he has there.
int seats_available(const Locks& locks, const ServerName& server);

// A free seat that is not for the asking: offered to, or kept back for, a place.
struct KeptSeat {
  ServerName server;
  PlaceId place;
  AgentName agent;
  bool offered = false;
  bool operator==(const KeptSeat&) const = default;
};
std::vector<KeptSeat> kept_seats(const Locks& locks);

// The places in the server's line, first to last; those with an offer stand in it until they take it up.
std::vector<PlaceId> line_at(const Locks& locks, const ServerName& server);

// Makes the offers that are possible. For the rules themselves: step and settle call it.
void offer_free_seats(Transition& t);

}  // namespace gilir
