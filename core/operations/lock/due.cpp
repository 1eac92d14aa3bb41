#include "core/operations/lock/due.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"

namespace gilir {
namespace {

constexpr std::array lock_due_fields{FieldSpec{"server", "the server", max_name_bytes}};

LockEventsDue run(Context& context, const ListDueEvents& operation) {
  return {events_due(context, {operation.server})};
}

}  // namespace

const OperationSpec ListDueEvents::spec =
    describe_operation<ListDueEvents, run>("lock.due", Role::agent, Access::read, lock_due_fields);

}  // namespace gilir
