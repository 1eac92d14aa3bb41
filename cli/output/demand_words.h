// What is asked of a holder, in words for him: in his terminal, and with the next command that he runs.
#pragma once

#include <string_view>
#include <vector>

#include "cli/output/style.h"
#include "core/operations/lock/demand_view.h"

namespace gilir::cli {

// The keys that answer a knock in a session, behind the prefix (core/ssh/answer_keys.h).
inline constexpr char key_denies = 'k';
inline constexpr char key_hands_over = 'h';
inline constexpr char key_grants = 'l';
inline constexpr std::string_view knock_answers = "khl";

// What is asked, with the time that is left; the keys that answer, where there are any; the reason.
std::vector<Line> demand_rows(const DemandView& demand, Seconds left);
// The same where no key answers, with the commands that do.
Line demand_sentence(const DemandView& demand, Seconds left);
// One line for the agent who reads it elsewhere, with the commands that answer.
Line demand_note(const DemandView& demand, const AgentName& reader);
// What is said to whoever knocked: what silence means.
Line silence_words(const DemandView& knock);

}  // namespace gilir::cli
