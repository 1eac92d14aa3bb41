// What the words of a desk mean, and how locks work: `gilir help WORD`, `gilir help words`, `gilir help locks`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gilir::cli {

class Output;

struct HelpTopic {
  std::string_view word;   // as it is asked for; a blank may stand as '-' as well
  const char* about = "";  // N_("…"): three lines of a terminal at most
};

// In order of word. Those that `gilir help locks` explains together are marked there.
std::span<const HelpTopic> help_topics();

// The page that is neither a word nor a command.
inline constexpr std::string_view locks_topic = "locks";
inline constexpr std::string_view words_topic = "words";

// Also in the plural and in capital letters.
const HelpTopic* find_topic(const std::vector<std::string>& words);

void show_topic(Output& output, const HelpTopic& topic);
void show_words(Output& output);
void show_locks_page(Output& output);

}  // namespace gilir::cli
