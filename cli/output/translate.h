// gettext for everything that a person reads: _("...") where it is shown, N_("...") where a constant is
// marked for translation, plural() where a number decides the form. Extract with
// `xgettext --keyword=_ --keyword=N_ --keyword=plural:1,2 --keyword=counted:1,2`.
// JSON, exit codes and the names of events, errors and operations are never translated.
#pragma once

#include <libintl.h>

#include <string>
#include <string_view>

namespace gilir::cli {

class Environment;

inline const char* _(const char* text) { return *text == '\0' ? text : gettext(text); }
constexpr const char* N_(const char* text) { return text; }
inline const char* plural(const char* one, const char* many, unsigned long number) {
  return ngettext(one, many, number);
}

// Opens the catalogue "gilir" in `executable_directory`/../share/locale, unless the environment asks for
// C, POSIX or English, where setting a locale up would only cost time. Call once, before threads.
void start_translation(const Environment& environment, std::string_view executable_directory);

}  // namespace gilir::cli
