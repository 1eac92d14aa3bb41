// A command that is one operation, and shows what comes of it.
#pragma once

#include "cli/desk_session.h"
#include "cli/output/output.h"

namespace gilir::cli {

// The result as JSON where that is asked for, else by `show(output, result)`. Returns the exit code.
template <Operation Op, class Show>
int perform_and_show(CommandContext& context, const Op& operation, Show&& show) {
  const auto result = DeskSession(context).perform(operation);
  if (!context.output.json(result)) show(context.output, result);
  return 0;
}

}  // namespace gilir::cli
