#include "cli/field_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/shared_options.h"

namespace gilir::cli {
namespace {

// Options whose names say more than those of the fields that they fill.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> other_names{{{"tier", "to"},
                                                                                    {"agent", "to"},
                                                                                    {"duration", "for"},
                                                                                    {"host", "address"},
                                                                                    {"port", "address"},
                                                                                    {"host-key", "key"},
                                                                                    {"certificate", "key"},
                                                                                    {"protocols", "protocol"},
                                                                                    {"rdp-port", "protocol"}}};
constexpr std::array<std::string_view, 4> message_fields{"text", "reason", "answer", "body"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> positional_names{
    {{"number", "TICKET"}, {"sources", "TICKET"}, {"servers", "SERVER"}}};

std::string upper(std::string_view text) {
  std::string letters(text);
  for (auto& letter : letters) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return letters;
}

// Durations end in _s: next_news_s is --next-news.
std::string dashed(std::string_view field) {
  if (field.ends_with("_s")) field.remove_suffix(2);
  std::string name(field);
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace

std::string word_for_field(const Arguments& arguments, std::string_view field) {
  const auto& command = arguments.command();
  const auto name = dashed(field);
  if (find_option(command, name) != nullptr) return "--" + name;
  if (command.takes.message && std::ranges::find(message_fields, field) != message_fields.end()) {
    return arguments.given("message") ? "-m" : arguments.given("file") ? "-F" : std::string(field);
  }
  for (const auto& [other, option] : other_names) {
    if (other == name && find_option(command, option) != nullptr) return "--" + std::string(option);
  }
  auto positional = upper(field);
  for (const auto& [other, word] : positional_names) {
    if (other == field) positional = word;
  }
  const bool known =
      std::ranges::find(command.positionals, positional, &PositionalSpec::name) != command.positionals.end();
  return known ? positional : std::string(field);
}

void name_option(const Arguments& arguments, Error& error) {
  const auto field = error.text("field");
  if (error.code() == ErrorCode::invalid && !field.empty()) error.add("option", word_for_field(arguments, field));
}

}  // namespace gilir::cli
