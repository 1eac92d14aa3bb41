// What the commands that ask a holder for his lock have in common.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/output/output.h"
#include "cli/output/times.h"
#include "core/base/ids.h"

namespace gilir::cli {

inline constexpr OptionSpec lease_option{
    .name = "lease",
    .value = Value::required,
    .value_name = "L",
    .about = N_("the lease that you saw in gilir lock show; another one is left alone")};
inline constexpr OptionSpec now_option{.name = "now",
                                       .about = N_("without a warning of half a minute; for supervisors")};
inline constexpr ExitCodeSpec asking_codes[] = {{5, N_("the lease is over, or its holder was asked before")}};

LeaseId lease_named(const Arguments& arguments);

}  // namespace gilir::cli
