// What the words of a desk mean, how locks work and what exit codes say: `gilir help WORD`, `gilir help words`, `gilir
// help locks`, `gilir help exit-codes`.
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

// In order of word.
std::span<const HelpTopic> help_topics();
// Those that `gilir help locks` explains together, in the order in which one needs the other.
std::vector<HelpTopic> topics_of_locks();

// What is promised of a server's lock, and where.
struct LockPromise {
  const char* target = "";  // N_("…"), as about
  const char* about = "";
};
std::span<const LockPromise> lock_promises();

// The pages that are neither a word nor a command.
inline constexpr std::string_view locks_topic = "locks";
inline constexpr std::string_view words_topic = "words";
inline constexpr std::string_view exit_codes_topic = "exit-codes";

// Also in the plural and in capital letters.
const HelpTopic* find_topic(const std::vector<std::string>& words);

// As exit-codes, or written in another way: "exit status".
bool asks_for_exit_codes(const std::vector<std::string>& words);

void show_topic(Output& output, const HelpTopic& topic);
void show_words(Output& output);
void show_locks_page(Output& output);
void show_exit_codes(Output& output);

}  // namespace gilir::cli
