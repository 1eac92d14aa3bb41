#include "cli/output/translate.h"

#include <array>
#include <clocale>

#include "cli/environment.h"

namespace gilir::cli {
namespace {

// The order in which gettext itself looks (GNU gettext manual, 2.3 "Setting the Locale through Environment
// Variables").
std::string_view wanted_language(const Environment& environment) {
  for (const auto name : std::array<std::string_view, 4>{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const auto value = environment.value(name); !value.empty()) return value;
  }
  return {};
}

bool needs_catalogue(std::string_view language) {
  return !language.empty() && language != "C" && language != "POSIX" && !language.starts_with("C.") &&
         language != "en" && !language.starts_with("en_") && !language.starts_with("en.");
}

}  // namespace

void start_translation(const Environment& environment, std::string_view executable_directory) {
  if (!needs_catalogue(wanted_language(environment))) return;
  std::setlocale(LC_MESSAGES, "");
  std::setlocale(LC_CTYPE, "");
  const std::string directory = std::string(executable_directory) + "/../share/locale";
  bindtextdomain("gilir", directory.c_str());
  bind_textdomain_codeset("gilir", "UTF-8");
  textdomain("gilir");
}

}  // namespace gilir::cli
