#include "cli/output/duplicate_words.h"

#include "cli/output/style.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {

std::string duplicate_words(const duplicate::Reason& reason) {
  using enum duplicate::ReasonKind;
  switch (reason.kind) {
    case same_reporter: return _("same reporter");
    case same_office: return _("same office");
    case same_server: return _("same server");
    case same_category: return _("same category");
    case shares_term: return plain_text(phrase(_("shares {}"), reason.term));
    case title_words: return plain_text(phrase(_("{}% of title words"), reason.value));
    case title_similar: return plain_text(phrase(_("titles spelt {}% alike"), reason.value));
    case body_similar: return plain_text(phrase(_("bodies {}% alike"), reason.value));
    case filed_apart: return plain_text(phrase(_("filed {} apart"), duration_words(Seconds{reason.value})));
  }
  return {};
}

std::string duplicate_words(const std::vector<duplicate::Reason>& reasons) {
  std::string words;
  for (const auto& reason : reasons) {
    if (!words.empty()) words += ", ";
    words += duplicate_words(reason);
  }
  return words;
}

std::string strength_words(std::string_view strength) {
  if (strength == "strong") return _("strong");
  if (strength == "likely") return _("likely");
  if (strength == "weak") return _("weak");
  return std::string(strength);
}

}  // namespace gilir::cli
