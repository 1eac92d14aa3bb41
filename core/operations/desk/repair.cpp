#include "core/operations/desk/repair.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/indexing.h"

namespace gilir {
namespace {

constexpr std::array desk_repair_fields{
    FieldSpec{"machine", "this machine carries the desk from now on", 0},
    FieldSpec{"clock", "the machine's wall clock is right", 0},
    FieldSpec{"index", "the index of texts is made anew", 0},
};

// What is vouched for the desk has done already, before anything else in this change: its time had to be known first.
DeskRepaired run(Context& context, const RepairDesk& operation) {
  const auto& seen = context.clock_seen();
  DeskRepaired repaired;
  repaired.machine = operation.machine && seen.boot == BootSeen::newer;
  repaired.clock = operation.clock && seen.moved != Milliseconds{0};
  repaired.moved_s = std::chrono::duration_cast<Seconds>(seen.moved).count();
  if (repaired.machine) context.log(EventKind::desk_repaired, {subject(context.caller().name)}, {.kind = "machine"});
  if (operation.index) {
    rebuild_index(context);
    repaired.index = true;
    context.log(EventKind::desk_repaired, {subject(context.caller().name)}, {.kind = "index"});
  }
  return repaired;
}

}  // namespace

const OperationSpec RepairDesk::spec =
    describe_operation<RepairDesk, run>("desk.repair", Role::admin, Access::write, desk_repair_fields);

}  // namespace gilir
