// Ticket numbers as people type them: 41, #41, 41-43, and lists of these with commas.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace gilir::cli {

inline constexpr std::size_t max_ticket_numbers = 10'000;
// Above this, JSON readers lose digits (RFC 8259, §6).
inline constexpr std::int64_t max_ticket_number = std::int64_t{1} << 53;

enum class TicketProblem { none, wrong, too_many };

// Appends the numbers in `text` to `numbers`, skipping those that are there already.
TicketProblem add_ticket_numbers(std::string_view text, std::vector<TicketNumber>& numbers);

// Exactly one number.
std::optional<TicketNumber> parse_ticket_number(std::string_view text);

}  // namespace gilir::cli
