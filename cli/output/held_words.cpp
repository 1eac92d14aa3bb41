#include "cli/output/held_words.h"

#include "cli/output/translate.h"
#include "core/base/json_reader.h"

namespace gilir::cli {
namespace {

// The parts of the lock (CLI.md, "Fields that scripts read") that the lines below show.
struct HoldSeen {
  std::optional<std::int64_t> ticket;
  std::optional<std::string> host;
};
BOOST_DESCRIBE_STRUCT(HoldSeen, (), (ticket, host))

struct HolderSeen {
  std::optional<std::string> agent;
  std::vector<HoldSeen> holds;
};
BOOST_DESCRIBE_STRUCT(HolderSeen, (), (agent, holds))

struct LockSeen {
  std::vector<HolderSeen> holders;
};
BOOST_DESCRIBE_STRUCT(LockSeen, (), (holders))

}  // namespace

std::vector<Line> held_lines(const Error& error) {
  std::vector<Line> lines;
  const auto details = error.detail("lock");
  if (details.empty()) return lines;
  try {
    const auto lock = from_json<LockSeen>(details);
    for (const auto& holder : lock.holders) {
      for (const auto& hold : holder.holds) {
        if (!holder.agent || !hold.ticket) continue;
        lines.push_back(phrase(_("  {} works there on {}."), bold(*holder.agent), TicketNumber{*hold.ticket}));
      }
    }
  } catch (const Error&) {
    // Details of a newer hub: the sentence above them says enough.
  }
  return lines;
}

}  // namespace gilir::cli
