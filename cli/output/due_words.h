// What time alone has done, for people: the sentences of `gilir tick`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gilir::cli {

// "2 tickets came back." of "ticket.returned", 2; the name and number of an event that has no words.
std::string due_words(std::string_view event, std::int64_t count);

}  // namespace gilir::cli
