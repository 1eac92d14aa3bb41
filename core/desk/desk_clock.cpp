#include "core/desk/desk_clock.h"

#include <algorithm>

#include "core/base/error.h"

namespace gilir {
namespace {

struct ClockRow {
  std::int64_t id = 1;
  WallTime wall{};
  BootTime boot{};
  std::string boot_identity;
};
BOOST_DESCRIBE_STRUCT(ClockRow, (), (id, wall, boot, boot_identity))

}  // namespace

DeskTime read_desk_time(store::Connection& connection, const Clock& clock) {
  const auto now = clock.now();
  const auto last = connection.first<ClockRow>("SELECT id, wall, boot, boot_identity FROM desk_clock");
  if (!last) return {now, false};
  const auto identity = clock.boot_identity();
  if (last->boot_identity == identity) return {{std::max(now.wall, last->wall), std::max(now.boot, last->boot)}, false};
  if (connection.first<std::int64_t>("SELECT 1 FROM past_boot WHERE identity = $1", identity)) {
    throw Error(ErrorCode::past_boot);
  }
  return {{std::max(now.wall, last->wall), now.boot}, true};
}

void store_desk_time(store::Connection& connection, const Clock& clock, const DeskTime& time) {
  if (time.rebooted) {
    connection.run(
        "INSERT INTO past_boot (identity) SELECT boot_identity FROM desk_clock WHERE true ON CONFLICT DO NOTHING");
  }
  const ClockRow row{1, time.now.wall, time.now.boot, clock.boot_identity()};
  if (connection.update("desk_clock", R"("id")", row) == 0) connection.insert("desk_clock", row);
}

}  // namespace gilir
