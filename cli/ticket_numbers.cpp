#include "cli/ticket_numbers.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"

namespace gilir::cli {

std::optional<TicketNumber> parse_ticket_number(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  if (number < 1 || number > max_ticket_number) return std::nullopt;
  return TicketNumber{number};
}

TicketProblem add_ticket_numbers(std::string_view text, std::vector<TicketNumber>& numbers) {
  while (true) {
    const auto comma = text.find(',');
    const auto part = trimmed(text.substr(0, comma));
    const auto dash = part.find('-');
    const auto first = parse_ticket_number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_ticket_number(part.substr(dash + 1));
    if (!first || !last || *last < *first) return TicketProblem::wrong;
    if (static_cast<std::size_t>(last->value - first->value) >= max_ticket_numbers) return TicketProblem::too_many;
    for (TicketNumber number = *first; number <= *last; ++number.value) {
      // Called for each line of standard input: looking through thousands is cheaper than a set made anew.
      if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
    }
    if (numbers.size() > max_ticket_numbers) return TicketProblem::too_many;
    if (comma == std::string_view::npos) return TicketProblem::none;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace gilir::cli
