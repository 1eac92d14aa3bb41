#include "core/desk/desk_clock.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <vector>

#include "core/base/error.h"

namespace gilir {
namespace {

// Clocks are set by such steps every day, and drift apart by less than a thousandth.
constexpr Milliseconds usual_step{5000};
constexpr int usual_drift = 1000;

struct ClockRow {
  std::int64_t id = 1;
  WallTime wall{};
  BootTime boot{};
  std::string boot_identity;
  WallTime since{};
};
BOOST_DESCRIBE_STRUCT(ClockRow, (), (id, wall, boot, boot_identity, since))

// The boot itself, and how far the boot clock of this time namespace is ahead of the machine's own
// (time_namespaces(7)).
struct Boot {
  std::string identity;
  Milliseconds offset{};
};

Boot boot_of(std::string identity) {
  const auto plus = identity.rfind('+');
  if (plus == std::string::npos) return {std::move(identity), {}};
  const auto* end = identity.data() + identity.size();
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  const auto whole = std::from_chars(identity.data() + plus + 1, end, seconds);
  if (whole.ptr != end) std::from_chars(whole.ptr + 1, end, nanoseconds);
  return {identity.substr(0, plus) + "+0", Seconds{seconds} + Milliseconds{nanoseconds / 1'000'000}};
}

// What an older gilir stored when it could not read its boot.
bool is_no_boot(const std::string& identity) {
  return identity.empty() || identity.front() == '+';
}

// As they are stored.
std::vector<std::string> past_boots(store::Connection& connection, const std::string& identity) {
  auto known = connection.all<std::string>("SELECT identity FROM past_boot");
  std::erase_if(known, [&](const std::string& past) { return boot_of(past).identity != identity; });
  return known;
}

BootSeen see_boot(store::Connection& connection, const Boot& boot, const ClockRow& last) {
  if (boot.identity.empty()) return BootSeen::unknown;
  const auto known = boot_of(last.boot_identity);
  if (known.identity == boot.identity) {
    // An older gilir counted by the boot clock of its time namespace.
    return known.offset == Milliseconds{0} ? BootSeen::same : BootSeen::newer;
  }
  // After a boot that never was nothing can be over.
  if (is_no_boot(last.boot_identity) || past_boots(connection, boot.identity).empty()) return BootSeen::newer;
  return BootSeen::past;
}

// ": Too many open files" where that is why nothing can be read.
std::string may_open_no_more() {
  const int probe = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
  if (probe >= 0) close(probe);
  return probe < 0 && (errno == EMFILE || errno == ENFILE) ? std::string(": ") + strerror(errno) : std::string();
}

[[noreturn]] void refuse_boot(const store::Connection& connection, BootSeen seen) {
  if (seen == BootSeen::past) throw Error(ErrorCode::past_boot);
  throw Error(ErrorCode::unreachable)
      .with("path", connection.path())
      .with("problem", "this process cannot read which start of the machine it belongs to" + may_open_no_more());
}

// Whether the wall clock is believed, and what time it is otherwise. After a restart nobody can say how long the
// machine was off, only that time did not go back. Only a change can put the desk's time right: until then whoever
// reads sees what is due by the old count.
void see_wall(DeskTime& time, const ClockRow& last, bool vouched, const Clock& clock, Access access) {
  const bool restarted = time.seen.boot != BootSeen::same;
  const auto passed = restarted ? Milliseconds{0} : time.now.boot - last.boot;
  const auto expected = last.wall + passed;
  const auto ahead = time.now.wall - expected;
  const auto usual = usual_step + passed / usual_drift;
  time.counted_since = time.since = last.since;
  if (ahead >= -usual && (restarted || ahead <= usual)) {
    time.now.wall = std::max(time.now.wall, last.wall);
    if (restarted) time.since = time.now.wall;
    return;
  }
  const bool believed = vouched || clock.is_synchronised();
  if (believed) time.seen.moved = ahead;
  if (believed && access == Access::write) {
    time.since = time.now.wall;
    return;
  }
  time.seen.ahead = ahead;
  time.now.wall = expected;
  if (restarted) time.since = expected;
}

}  // namespace

DeskTime read_desk_time(store::Connection& connection, const Clock& clock, Access access, const Vouched& vouched) {
  const auto boot = boot_of(clock.boot_identity());
  if (boot.identity.empty() && access == Access::write) refuse_boot(connection, BootSeen::unknown);
  DeskTime time;
  time.now = clock.now();
  time.now.boot -= boot.offset;
  time.since = time.now.wall;
  const auto last =
      connection.first<ClockRow>("SELECT id, wall, boot, boot_identity, since FROM desk_clock WHERE id = 1");
  if (!last) return time;
  time.seen.boot = see_boot(connection, boot, *last);
  if (time.seen.boot == BootSeen::past && vouched.machine) time.seen.boot = BootSeen::newer;
  switch (time.seen.boot) {
    case BootSeen::same:
      time.now.boot = std::max(time.now.boot, last->boot);
      break;
    case BootSeen::newer:
      break;
    case BootSeen::past:
    case BootSeen::unknown:
      if (access == Access::write) refuse_boot(connection, time.seen.boot);
      // Whoever only reads is shown the desk as its last change left it.
      time.now = {std::max(time.now.wall, last->wall), last->boot};
      return time;
  }
  see_wall(time, *last, vouched.clock, clock, access);
  return time;
}

void store_desk_time(store::Connection& connection, const Clock& clock, const DeskTime& time) {
  const auto identity = boot_of(clock.boot_identity()).identity;
  if (time.seen.boot == BootSeen::newer) {
    connection.run(
        "INSERT INTO past_boot (identity) SELECT boot_identity FROM desk_clock WHERE boot_identity NOT LIKE '+%' AND "
        "boot_identity <> '' ON CONFLICT DO NOTHING");
    for (const auto& past : past_boots(connection, identity))
      connection.run("DELETE FROM past_boot WHERE identity = $1", past);
  }
  const ClockRow row{1, time.now.wall, time.now.boot, identity, time.since};
  if (connection.update("desk_clock", R"("id")", row) == 0) connection.insert("desk_clock", row);
}

}  // namespace gilir
