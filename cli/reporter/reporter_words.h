// A reporter as people see them.
#pragma once

#include "cli/output/output.h"
#include "core/operations/people/reporter_change.h"

namespace gilir::cli {

void show_reporter(Output& output, const ReporterDetails& reporter);

}  // namespace gilir::cli
