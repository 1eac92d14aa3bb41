// What is asked of a holder, in words for him: in his terminal, and with the next command that he runs.
#pragma once

#include <string_view>

#include "cli/output/style.h"
#include "core/operations/lock/demand_view.h"

namespace gilir::cli {

// The keys that answer a knock in a session: control characters that lie side by side and that hardly any program uses.
inline constexpr char key_denies = 0x1d;      // Ctrl-]
inline constexpr char key_hands_over = 0x1e;  // Ctrl-^
inline constexpr char key_grants = 0x1f;      // Ctrl-_
inline constexpr std::string_view knock_answers = "\x1d\x1e\x1f";

// One line that counts down, with the keys that answer.
Line demand_banner(const DemandView& demand, Seconds left);
// The same where no key answers, with the commands that do.
Line demand_sentence(const DemandView& demand, Seconds left);
// One line for the agent who reads it elsewhere, with the commands that answer.
Line demand_note(const DemandView& demand, const AgentName& reader);
// "broken by budi: the till is down", for a lease that was lost.
std::string loss_words(const Error& error);

}  // namespace gilir::cli
