#include "cli/output/people_error_words.h"

#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

ErrorWords say(const Line& message, const Line& hint) {
  return {plain_text(message), plain_text(hint)};
}

}  // namespace

ErrorWords people_words(const Error& error) {
  const auto kind = error.text("kind");
  const auto name = error.text("name");
  const auto given = error.text("given");
  if (error.code() == ErrorCode::exists && kind == "agent" && !given.empty()) {
    return say(phrase(_("{} and {} are one name but for upper and lower case"), given, name),
               phrase(_("Give a name that cannot be taken for {}"), name));
  }
  if (error.code() != ErrorCode::in_use) return {};
  if (kind == "admin") {
    return say(phrase(_("{} is the only admin here"), name),
               _("Make somebody else admin first: gilir agent move NAME --role admin"));
  }
  if (kind == "agent") {
    return say(phrase(_("{} cannot be removed and still has {}"), name, error.text("by")),
               _("Release it, or assign the tickets to somebody else, first"));
  }
  return {};
}

}  // namespace gilir::cli
