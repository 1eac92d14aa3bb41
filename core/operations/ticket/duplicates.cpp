#include "core/operations/ticket/duplicates.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/likeness.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_duplicates_fields{FieldSpec{"number", "the ticket", 0}};

LookAlikes run(Context& context, const FindDuplicates& operation) {
  LookAlikes result;
  for (const auto& match : find_look_alikes(context, get_ticket(context.connection(), operation.number))) {
    const auto row = as_it_stands(context, get_ticket(context.connection(), match.number));
    auto& look_alike = result.duplicates.emplace_back();
    static_cast<DuplicateView&>(look_alike) = duplicate_view(match);
    look_alike.title = row.title;
    look_alike.status = row.status;
    look_alike.assignee = row.assignee;
  }
  return result;
}

}  // namespace

const OperationSpec FindDuplicates::spec =
    describe_operation<FindDuplicates, run>("ticket.duplicates", Role::agent, Access::read, ticket_duplicates_fields);

}  // namespace gilir
