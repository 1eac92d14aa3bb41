// Sessions of an older gilir that a change of the schema would cost their lock.
//
// Up to schema 19 a permit's first renewal is made by a process beside the session that opens the desk only then, long
// after the lock was taken, and no gilir opens a desk of a newer schema. From its first renewal on it keeps the desk
// open, and lives through a change. Later sessions renew by themselves where that process cannot open the desk.
//
// A process in line has the desk open and stays in line. Its turn after the change ends with its first permit, unless
// its program is no longer where it was started from, as after an upgrade: then it renews by itself too.
#pragma once

#include <functional>
#include <optional>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/store/connection.h"
#include "core/store/write_gate.h"

namespace gilir {

struct FreshPermit {
  ServerName server;
  AgentName agent;
  std::int64_t pid = 0;
  // How long it can last at most: until it is renewed, given back or over.
  Milliseconds left{};
};

// Of the holds that a process keeps and has not renewed since they were taken, the one that lasts longest; none of a
// process that is known to be gone. Reads the desk of an older gilir as it is.
std::optional<FreshPermit> fresh_permit(store::Connection& connection, const Clock& clock);

// store::migrate() of a desk once there are none; `on_waiting` hears of one again and again, with the gate left.
// However often others come, it takes no longer than what was found first can last. Error{interrupted} when a signal
// that this process blocks asks for its end. Without `on_waiting` nothing is waited for.
void bring_up_to_date(store::Connection& connection, store::WriteGate& gate, const Clock& clock,
                      const std::function<void(const FreshPermit&)>& on_waiting);

}  // namespace gilir
