#include "core/operations/log/verify.h"

#include <array>

#include "core/operations/describe_operation.h"

namespace gilir {
namespace {

constexpr std::array log_verify_fields{FieldSpec{"head", "a head that must be in the chain", 0}};

LogHead run(Context& context, const VerifyLog& operation) {
  return verify_log(context.connection(), operation.head);
}

}  // namespace

const OperationSpec VerifyLog::spec =
    describe_operation<VerifyLog, run>("log.verify", Role::agent, Access::read, log_verify_fields);

}  // namespace gilir
