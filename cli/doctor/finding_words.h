// Findings of `gilir doctor` in the user's language.
#pragma once

#include <string>

#include "core/health/finding.h"

namespace gilir::cli {

struct FindingWords {
  std::string message;
  std::string next;  // what to do; "" when there is nothing to do
};

// A test fails when something that can be found has no words.
FindingWords finding_words(const Finding& finding);

// "host keys": what was looked at, as a person calls it.
std::string check_words(Check check);
std::string health_words(Health health);

}  // namespace gilir::cli
