// Rows of merges that stand: what each moved. One that was taken back is gone; the log tells of it. Ids rise in
// the order of merging. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <vector>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

MergeRecord add_merge(store::Connection& connection, MergeRecord record);
// The merge that made `source` a part of another ticket. Error{damaged} when a merged ticket has none.
MergeRecord merge_of(store::Connection& connection, TicketNumber source);
// The merges into `target` after the merge `id`, in order.
std::vector<MergeRecord> merges_into(store::Connection& connection, TicketNumber target, std::int64_t id);
void update_merge(store::Connection& connection, const MergeRecord& record);
void remove_merge(store::Connection& connection, const MergeRecord& record);
// The target's urgency was decided by itself: no merge into it takes it along when it is taken back. Unlike promises,
// two urgencies look the same, so this cannot be told from the values.
void detach_urgency(store::Connection& connection, TicketNumber target);

// What an agent, whose ticket it was or whose ticket it went into, has not seen yet of a merge that somebody else made.
struct MergeNews {
  AgentName agent;
  TicketNumber source;
  TicketNumber target;
  AgentName by;
  WallTime at{};
};
BOOST_DESCRIBE_STRUCT(MergeNews, (), (agent, source, target, by, at))

void add_merge_news(store::Connection& connection, const MergeNews& news);
// The latest first.
std::vector<MergeNews> merge_news_of(store::Connection& connection, const AgentName& agent, std::int64_t limit);
// Whether `agent` has not seen yet what became of `ticket`, or what came into it.
bool has_merge_news(store::Connection& connection, const AgentName& agent, TicketNumber ticket);
void remove_merge_news(store::Connection& connection, const AgentName& agent, TicketNumber ticket);
// The merge was taken back: nobody has to hear of it.
void remove_merge_news(store::Connection& connection, TicketNumber source);

// What both tickets make together: urgent when one is, the earlier of two promises.
bool joined(bool one, bool other);
std::optional<WallTime> joined(const std::optional<WallTime>& one, const std::optional<WallTime>& other);

// Takes the value that one merge gave its target out of all that was built on it since. A value that was changed
// by itself later is left alone, and so is what was built on that.
//
//   Carry carry{after the merge, as if it had not been}
//   for each later merge into the same target:   carry.past(its target's value before, its source's own)
//   when the target itself was merged since:      carry.rise(that target's value before, its source's own)
//   and at the end:                               carry.land(the value as it stands)
template <class T>
class Carry {
 public:
  Carry(T was, T becomes) : was_(was), becomes_(becomes) {}

  // Whether anything that was built on it is still to be changed.
  bool matters() const { return holds_ && was_ != becomes_; }

  void past(T& before, const T& own) {
    if (!(holds_ = holds_ && before == was_)) return;
    before = becomes_;
    was_ = joined(was_, own);
    becomes_ = joined(becomes_, own);
  }
  void rise(const T& before, T& own) {
    if (!(holds_ = holds_ && own == was_)) return;
    own = becomes_;
    was_ = joined(before, was_);
    becomes_ = joined(before, becomes_);
  }
  void land(T& value) const {
    if (holds_ && value == was_) value = becomes_;
  }

 private:
  T was_;
  T becomes_;
  bool holds_ = true;
};

}  // namespace gilir
