// The one door to a desk, wherever it is. Two functions: perform operations in one transaction, and wait
// until something has happened. Nothing else reaches a desk's data.
//
// A desk belongs to one thread. Errors of operations, of the desk and of its machine arrive as Error.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/event/event_table.h"
#include "core/operations/clock_seen.h"
#include "core/operations/operation.h"

namespace gilir {

// Who asks, and how.
struct Call {
  AgentName caller;
  // Makes a change repeatable without a second effect; kept for 24 h, for `ticket.new` for ever.
  std::optional<std::string> request_id = {};
  // Refuses when the ticket's version is another.
  std::optional<std::int64_t> if_version = {};
  // Everything happens, then is rolled back.
  bool dry_run = false;
  // How long to wait for the write gate.
  Milliseconds patience = Seconds{5};
};

template <class Result>
struct Reply {
  Result result;
  // The change had been made before, under the same request id.
  bool replayed = false;
  // A text held NUL or what is not UTF-8; U+FFFD stands in its place.
  bool mended = false;
  ClockSeen clock = {};
};

class Desk {
 public:
  virtual ~Desk() = default;

  template <Operation Op>
  Reply<typename Op::Result> perform(const Call& call, const Op& operation) {
    Reply<typename Op::Result> reply;
    Step step{&Op::spec, &operation, &reply.result, false};
    reply.clock = run(call, {&step, 1});
    reply.replayed = step.replayed;
    reply.mended = !has_storable_texts(operation);
    return reply;
  }

  // Several operations of one kind in one transaction: all or none.
  template <Operation Op>
  std::vector<Reply<typename Op::Result>> perform_all(const Call& call, const std::vector<Op>& operations) {
    std::vector<Reply<typename Op::Result>> replies(operations.size());
    std::vector<Step> steps;
    for (std::size_t i = 0; i < operations.size(); ++i) {
      steps.push_back({&Op::spec, &operations[i], &replies[i].result, false});
    }
    const auto clock = run(call, steps);
    for (std::size_t i = 0; i < operations.size(); ++i) {
      replies[i].replayed = steps[i].replayed;
      replies[i].clock = clock;
      replies[i].mended = !has_storable_texts(operations[i]);
    }
    return replies;
  }

  // Sleeps until one of `servers` or, when there are none, anything on the desk may have changed after
  // `after`; at most until `limit` has passed or `interrupt`, when not negative, is readable. Returns the
  // number of the desk's last event. May wake for nothing.
  virtual EventNumber await(const std::vector<ServerName>& servers, EventNumber after, Milliseconds limit,
                            int interrupt) = 0;

  // A descriptor that is readable when something may have changed at one of `servers`, for who waits for other things
  // as well; await() takes up what made it so. -1 where there is none.
  virtual int descriptor_of(const std::vector<ServerName>& servers) = 0;

  // Which desk this is, as people name it: its directory or address.
  virtual std::string address() const = 0;

 protected:
  struct Step {
    const OperationSpec* spec;
    const void* operation;
    void* result;
    bool replayed;
  };
  virtual ClockSeen run(const Call& call, std::span<Step> steps) = 0;
};

}  // namespace gilir
