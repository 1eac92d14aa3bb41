// Why one ticket looks like another, in the user's language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/duplicate/reason.h"

namespace gilir::cli {

// "shares ORA-00942"; the term is text from a ticket, so show it through Output only.
std::string duplicate_words(const duplicate::Reason& reason);
// "same office, same server, 80% of title words".
std::string duplicate_words(const std::vector<duplicate::Reason>& reasons);
// The same of reasons that the log and Error{held} have in English.
std::string duplicate_words(const std::vector<std::string>& in_english);
// "strong", "likely", "weak" or, for "none", "hardly", for people.
std::string strength_words(std::string_view strength);

}  // namespace gilir::cli
