#include "cli/output/ending_words.h"

#include "cli/output/style.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {

std::string ending_words(SessionEnd ending) {
  switch (ending) {
    case SessionEnd::confirmed:
      return _("confirmed: gilir ends what runs there, and sees that nothing is left");
    case SessionEnd::forced_command:
      return _("not confirmed: the server runs a command of its own for every session");
    case SessionEnd::one_session:
      return _("not confirmed: the server opens one session a connection");
    case SessionEnd::no_shell:
      return _("not confirmed: no POSIX shell answered there");
    case SessionEnd::hidden_processes:
      return _("not confirmed: the server does not show which processes a session has");
    case SessionEnd::not_ended:
      return _("not confirmed: something went on after the session");
  }
  return {};
}

std::string ends_words(const LockView& lock) {
  if (lock.confirms_ends) return _("a session that is ended is confirmed to be over before the next agent comes in");
  return plain_text(
      phrase(_("a session that is ended without its exit status is not confirmed to be over: the next agent "
               "comes in {} later"),
             exact_duration_words(lock.lock_delay_s)));
}

}  // namespace gilir::cli
