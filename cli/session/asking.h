// What the commands that ask a holder for his lock have in common.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/output/times.h"
#include "core/base/ids.h"
#include "core/operations/lock/demand_view.h"

namespace gilir::cli {

inline constexpr OptionSpec lease_option{
    .name = "lease",
    .value = Value::required,
    .value_name = "L",
    .about = N_("the number that gilir lock show names; another lock is left alone"),
    .needed = true};
inline constexpr OptionSpec now_option{.name = "now",
                                       .about = N_("without a warning of half a minute; for supervisors")};
inline constexpr ExitCodeSpec asking_codes[] = {{5, N_("that lock is over, or its holder was asked before")}};

// Of the commands that answer a knock.
inline constexpr PositionalSpec answered_server{.name = "SERVER", .about = N_("a server that you have")};
inline constexpr ExitCodeSpec answer_codes[] = {{3, N_("nobody knocks there, or you do not have it")},
                                                {5, N_("it is being taken from you already")}};

LeaseId lease_named(const Arguments& arguments);

// Nobody waits for the answer to the caller's knock any more: its holder shall not be sent away for nothing. False when
// it was answered just now, or its time is over.
bool withdraw_knock(DeskSession& desk, const ServerName& server, LeaseId lease);

// The knock once its holder's session has had the time to show it, which changes what silence means: half a second.
DemandView when_shown(DeskSession& desk, const DemandView& knock);

}  // namespace gilir::cli
