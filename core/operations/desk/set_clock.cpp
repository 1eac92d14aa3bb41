#include "core/operations/desk/set_clock.h"

#include "core/lock/lock_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

void set_clock(Context& context, WallTime since, std::string_view because) {
  const auto by = context.clock_seen().moved;
  move_due_times(context.connection(), since, by);
  move_lock_times(context.connection(), since, by);
  EventFacts facts;
  facts.because = because;
  facts.moved_s = std::chrono::duration_cast<Seconds>(by).count();
  // Time passes for nobody in particular.
  std::vector<Subject> subjects;
  if (!context.caller().name.empty()) subjects.push_back(subject(context.caller().name));
  context.log(EventKind::clock_set, std::move(subjects), std::move(facts));
}

}  // namespace gilir
