#include "cli/output/loss_words.h"

#include "cli/output/known_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"

namespace gilir::cli {

std::string loss_words(const Error& error) {
  const auto because = error.text("because");
  const auto by = error.text("by");
  const auto reason = error.text("reason");
  const auto words = [&](const char* pattern) {
    return plain_text(phrase(pattern, by)) + (reason.empty() ? "" : ": " + reason);
  };
  if (because == "break") return words(_("ended by {}"));
  if (because == "steal") return words(_("taken over by {}"));
  if (because == "knock") return words(_("let go, as {} had asked"));
  if (because == "silence") return words(_("let go, as {} had asked and nobody answered"));
  if (because == "hand_over") return _("handed over");
  if (because == "expired") return _("it ran out");
  if (because == "guardian") return _("the process that guards it is gone");
  if (because == "over") return _("it is over");
  return known_words(because);
}

}  // namespace gilir::cli
