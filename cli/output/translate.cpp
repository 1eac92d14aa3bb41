#include "cli/output/translate.h"

#include <algorithm>
#include <array>

#include "cli/environment.h"
#include "cli/output/catalogue.h"

namespace gilir::cli {
namespace {

// Set once by start_translation; texts from it are used until the process ends.
std::optional<Catalogue> catalogue;

// The names of languages or locales to try, separated by colons; "" for none.
std::string_view wanted_languages(const Environment& environment) {
  std::string_view locale;
  for (const auto name : std::array<std::string_view, 3>{"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (locale.empty()) locale = environment.value(name);
  }
  if (locale.empty() || locale == "C" || locale == "POSIX") return {};
  const auto languages = environment.value("LANGUAGE");
  return languages.empty() ? locale : languages;
}

// "id_ID" of "id_ID.UTF-8@dialect"; "" for what cannot be the name of a folder of languages.
std::string_view without_codeset(std::string_view locale) {
  const auto name = locale.substr(0, locale.find_first_of(".@"));
  const auto is_part = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
  };
  return std::ranges::all_of(name, is_part) ? name : std::string_view{};
}

std::string locale_directory(std::string_view executable_directory) {
  constexpr std::string_view full = "/libexec/gilir";
  constexpr std::string_view plugins = "/libexec/gilir/plugins";
  std::string directory(executable_directory);
  directory += executable_directory.ends_with(plugins) ? "/../../.."
               : executable_directory.ends_with(full)  ? "/../.."
                                                       : "/..";
  return directory + "/share/locale/";
}

}  // namespace

const char* translated(const char* text) {
  const char* found = catalogue ? catalogue->find(text) : nullptr;
  return found == nullptr ? text : found;
}

const char* plural(const char* one, const char* many, unsigned long number) {
  const char* found = catalogue ? catalogue->find(one, number) : nullptr;
  if (found != nullptr) return found;
  return number == 1 ? one : many;
}

void start_translation(const Environment& environment, std::string_view executable_directory) {
  catalogue.reset();
  auto languages = wanted_languages(environment);
  while (!languages.empty()) {
    const auto name = without_codeset(languages.substr(0, languages.find(':')));
    languages.remove_prefix(std::min(languages.find(':'), languages.size() - 1) + 1);
    const auto language = name.substr(0, name.find('_'));
    if (language == "C" || language == "POSIX" || language == "en") return;
    for (const auto folder : {name, language}) {
      if (folder.empty()) continue;
      catalogue = Catalogue::read(locale_directory(executable_directory).append(folder) + "/LC_MESSAGES/gilir.mo");
      if (catalogue) return;
    }
  }
}

}  // namespace gilir::cli
