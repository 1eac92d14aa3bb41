#include "core/operations/desk/tick.h"

#include <map>

#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/settle.h"

namespace gilir {
namespace {

Ticked run(Context& context, const TickDesk&) {
  settle_locks(context);
  settle_tickets(context);
  context.finish_index();
  // The first change after a start of the machine restarts deadlines before this runs; its events count too.
  std::map<EventKind, std::int64_t> counts;
  for (const auto kind : context.logged()) ++counts[kind];
  Ticked ticked;
  for (const auto& [kind, count] : counts) ticked.due.push_back({event_name(kind), count});
  return ticked;
}

}  // namespace

const OperationSpec TickDesk::spec = describe_operation<TickDesk, run>("desk.tick", Role::agent, Access::write, {});

}  // namespace gilir
