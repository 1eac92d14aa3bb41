// A command's way to the desk: opens the one that the command line, the environment or the config names, and
// makes the Call from the shared options (--as, --request-id, --if-version, --dry-run).
//
//     DeskSession desk(context);
//     const auto ticket = desk.perform(ResolveTicket{number, answer});
//     if (!context.output.json(ticket)) …
//
// Tells the agent first what others ask of him about his locks, as long as he has not answered. Says by itself, on
// stderr and beside the data of the JSON envelope, that a change was replayed, is only tried out, or was given a text
// that cannot be stored as it is; and on stderr that the clock is not believed. Desk::await and calls of another shape
// go through desk() and call().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "core/desk/desk.h"

namespace gilir::cli {

// The operating-system user as an agent's name, for who named no agent and has none in his config: $USER,
// else the password database. Empty when neither knows.
AgentName own_agent_name(const Environment& environment);

// What time it is at the desk that the command has asked: the machine's wall clock may have jumped away from it.
WallTime desk_now(const CommandContext& context);

class DeskSession {
 public:
  // Error{unreachable} for an address that this gilir cannot reach, and what opening a desk throws.
  explicit DeskSession(CommandContext& context);

  // A read or a change. The words "(dry run: nothing was changed)" appear with changes only.
  template <Operation Op>
  typename Op::Result perform(const Op& operation) {
    auto reply = desk_->perform(call_, operation);
    see(reply.clock);
    if (Op::spec.access == Access::write) tell(reply.replayed, reply.mended);
    return std::move(reply.result);
  }

  // All or none, in one transaction.
  template <Operation Op>
  std::vector<typename Op::Result> perform_all(const std::vector<Op>& operations) {
    std::vector<typename Op::Result> results;
    bool replayed = false;
    bool mended = false;
    for (auto& reply : desk_->perform_all(call_, operations)) {
      replayed = replayed || reply.replayed;
      mended = mended || reply.mended;
      see(reply.clock);
      results.push_back(std::move(reply.result));
    }
    if (Op::spec.access == Access::write) tell(replayed, mended);
    return results;
  }

  Desk& desk() { return *desk_; }
  // The shared options as a Call; options that the command does not take are left at their defaults.
  const Call& call() const { return call_; }
  // For calls that went through desk().
  void tell(bool replayed, bool mended = false);

 private:
  void tell_demands();
  void see(const ClockSeen& clock) { context_.clock_ahead = clock.ahead; }

  CommandContext& context_;
  Output& output_;
  std::unique_ptr<Desk> desk_;
  Call call_;
};

}  // namespace gilir::cli
