// What gilir's own words mean, for `gilir help WORD`, and what a lock promises, for `gilir help locks`.
#pragma once

#include <span>
#include <string_view>

namespace gilir::cli {

struct HelpTopic {
  std::string_view word;  // as it is typed: "next-news"
  const char* about = "";
  // Only scripts, admins and `gilir help locks` use it; daily screens do without.
  bool is_of_locks = false;
};

// In order of the words.
std::span<const HelpTopic> help_topics();
// The topic of that word, with a blank for each "-" too; null when there is none.
const HelpTopic* find_topic(std::string_view word);

inline constexpr std::string_view locks_topic = "locks";

struct HelpSection {
  const char* title = "";  // none when empty
  std::span<const char* const> paragraphs = {};
};
// The page on locks, up to its list of words.
std::span<const HelpSection> lock_sections();

}  // namespace gilir::cli
