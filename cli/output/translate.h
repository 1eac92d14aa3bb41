// Everything that a person reads goes through here: _("...") where it is shown, N_("...") where a constant is
// marked for translation, plural() and counted() where a number decides the form. `./dev messages` collects
// what is marked so into po/gilir.pot. JSON, exit codes and the names of events, errors and operations are
// never translated.
#pragma once

#include <string>
#include <string_view>

namespace gilir::cli {

class Environment;

// The text in the user's language, or as it is.
const char* translated(const char* text);
const char* plural(const char* one, const char* many, unsigned long number);

inline const char* _(const char* text) {
  return *text == '\0' ? text : translated(text);
}
constexpr const char* N_(const char* text) {
  return text;
}

// Opens the catalogue of the language that the environment asks for, in share/locale of the installation or
// build tree whose programs are in `executable_directory` (PREFIX/bin, PREFIX/libexec/gilir or its plugins). For
// English, and for a language without a catalogue, no file is opened and texts stay as they are. Call once, before
// threads.
//
// The language is chosen as by gettext (GNU gettext manual, 2.3 "Setting the Locale through Environment
// Variables"): the locale is LC_ALL, else LC_MESSAGES, else LANG; unless it is C or POSIX, a list in LANGUAGE
// goes before it. Unlike with gettext the locale need not be generated on the machine.
void start_translation(const Environment& environment, std::string_view executable_directory);

}  // namespace gilir::cli
