// The event log's rows: appending to the chain, reading it by subject, verifying it. All functions run inside
// the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/event/event.h"
#include "core/store/connection.h"

namespace gilir {

// Where the chain stands: kept elsewhere and given back to verify_log, it shows that nothing was cut off.
struct LogHead {
  EventNumber number;
  std::string hash;
  bool operator==(const LogHead&) const = default;
};
BOOST_DESCRIBE_STRUCT(LogHead, (), (number, hash))

// "812:9f86…", as `log verify` prints it and hooks get it; none for anything else.
std::string to_text(const LogHead& head);
std::optional<LogHead> read_log_head(std::string_view text);

// Appends events for one operation. Subjects are stored sorted and without repeats.
class EventLog {
 public:
  EventLog(store::Connection& connection, WallTime now, AgentName actor);
  EventNumber append(EventKind kind, std::vector<Subject> subjects, EventFacts facts);
  // The kinds appended so far, in order.
  const std::vector<EventKind>& appended() const { return appended_; }

 private:
  store::Connection& connection_;
  WallTime now_;
  AgentName actor_;
  std::optional<LogHead> head_;
  std::vector<EventKind> appended_;
};

struct EventFilter {
  std::optional<Subject> subject;
  EventNumber after;
  std::size_t limit = 100;
  // The newest `limit` events instead of the first ones after `after`; still in ascending order.
  bool newest = false;
  // More subjects of the same kind, whose events are wanted too.
  std::vector<std::string> also = {};
};
std::vector<Event> read_events(store::Connection& connection, const EventFilter& filter);

LogHead read_head(store::Connection& connection);

// Walks the whole chain; returns its head. Throws Error{chain_broken} naming the first bad event, or saying
// that `expected` is not in the chain any more.
LogHead verify_log(store::Connection& connection, const std::optional<LogHead>& expected);

}  // namespace gilir
