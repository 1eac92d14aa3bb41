// The guardian process itself; its holder's side is core/guardian/guardian.h.
#pragma once

namespace gilir {

// Runs the guardian until its holder says that it is done, dies, or the deadline has passed and everything
// was cut. `descriptor` is its end of the socket pair. Returns the exit status: 0, or 2 when the descriptor
// is no such socket. Ignores HUP, INT, QUIT, TERM and TSTP while it guards something. Uses no memory
// allocation and throws nothing once it runs; writes nothing anywhere but to its holder.
int guardian_main(int descriptor) noexcept;

}  // namespace gilir
