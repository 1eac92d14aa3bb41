#include "cli/output/duplicate_words.h"

#include "cli/output/known_words.h"
#include "cli/output/style.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

// Terms and durations stand in the middle of the two that known_words() cannot take apart.
std::string from_english(std::string_view reason) {
  constexpr std::string_view shares = "shares ";
  constexpr std::string_view through = "through part ";
  if (reason.starts_with(through)) return plain_text(phrase(_("through part {}"), reason.substr(through.size())));
  constexpr std::string_view filed = "filed ";
  constexpr std::string_view apart = " apart";
  if (reason.starts_with(shares)) return plain_text(phrase(_("shares {}"), reason.substr(shares.size())));
  if (!reason.starts_with(filed) || !reason.ends_with(apart)) return known_words(reason);
  reason.remove_prefix(filed.size());
  reason.remove_suffix(apart.size());
  return plain_text(phrase(_("filed {} apart"), known_words(reason)));
}

}  // namespace

std::string duplicate_words(const duplicate::Reason& reason) {
  using enum duplicate::ReasonKind;
  switch (reason.kind) {
    case same_reporter:
      return _("same reporter");
    case same_office:
      return _("same office");
    case same_server:
      return _("same server");
    case same_category:
      return _("same category");
    case shares_term:
      return plain_text(phrase(_("shares {}"), reason.term));
    case title_words:
      return plain_text(phrase(_("{}% of title words"), reason.value));
    case title_similar:
      return plain_text(phrase(_("titles spelt {}% alike"), reason.value));
    case same_matters:
      return plain_text(phrase(_("{}% about the same"), reason.value));
    case body_similar:
      return plain_text(phrase(_("bodies {}% alike"), reason.value));
    case filed_apart:
      return plain_text(phrase(_("filed {} apart"), duration_words(Seconds{reason.value})));
    case asked_before:
      return plain_text(phrase(_("{} merged into it"), reason.value));
    case through_part:
      return plain_text(phrase(_("through part {}"), TicketNumber{reason.value}));
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

std::string duplicate_words(const std::vector<std::string>& in_english) {
  std::string words;
  for (const auto& reason : in_english) words += (words.empty() ? "" : ", ") + from_english(reason);
  return words;
}

std::string strength_words(std::string_view strength) {
  if (strength == "strong") return _("strong");
  if (strength == "likely") return _("likely");
  if (strength == "weak") return _("weak");
  if (strength == "none") return _("hardly");
  return std::string(strength);
}

}  // namespace gilir::cli
