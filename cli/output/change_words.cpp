#include <algorithm>
#include <array>
#include <charconv>

#include "cli/output/ending_words.h"
#include "cli/output/event_parts.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

struct ChangeName {
  std::string_view name;   // as an event tells it
  const char* for_people;  // as the screens say it
};
constexpr auto change_names = std::to_array<ChangeName>({
    {"about", N_("about")},
    {"alias_of", N_("same lock as")},
    {"category", N_("category")},
    {"contact", N_("contact")},
    {"different_from", N_("different from")},
    {"host", N_("address")},
    {"legacy", N_("outdated algorithms")},
    {"lock_delay_s", N_("lock-delay")},
    {"log_off", N_("log off")},
    {"logins", N_("logins a seat")},
    {"merged", N_("merged")},
    {"name", N_("name")},
    {"offer_s", N_("offer")},
    {"office", N_("office")},
    {"owner", N_("owner")},
    {"port", N_("port")},
    {"rdp_port", N_("port of the desktop")},
    {"reporter", N_("reporter")},
    {"seats", N_("seats")},
    {"server", N_("server")},
    {"ssh", "SSH"},
    {"term_s", N_("term")},
    {"urgent", N_("urgent")},
    {"user", N_("login")},
});

constexpr std::string_view check_begins = "end of sessions of ";

std::string value_words(std::string_view name, std::string_view value) {
  if (value.empty() || (name == "rdp_port" && value == "0")) return _("none");
  if (value == "true") return _("yes");
  if (value == "false") return _("no");
  std::int64_t seconds = 0;
  const auto number = std::from_chars(value.data(), value.data() + value.size(), seconds);
  const bool is_whole = number.ec == std::errc{} && number.ptr == value.data() + value.size();
  return name.ends_with("_s") && is_whole ? exact_duration_words(Seconds{seconds}) : std::string(value);
}

// One "name=value", or nothing: a word of what somebody wrote before it.
std::string change_words(std::string_view change) {
  const auto end = std::min(change.find('='), change.size());
  const auto known = std::ranges::find(change_names, change.substr(0, end), &ChangeName::name);
  if (known == change_names.end()) return {};
  const std::string name = _(known->for_people);
  return end == change.size() ? name : name + ": " + value_words(known->name, change.substr(end + 1));
}

// "end of sessions of root: no_shell", what was found there.
std::string check_words(std::string_view changes) {
  const auto colon = changes.rfind(": ");
  if (!is_found_by_check(changes) || colon == std::string_view::npos) return {};
  const auto login = changes.substr(0, colon).substr(check_begins.size());
  const auto found = enum_from_name<SessionEnd>(changes.substr(colon + 2));
  return found ? plain_text(phrase(_("the end of a session of {} is {}"), login, ending_words(*found))) : std::string();
}

}  // namespace

bool is_found_by_check(std::string_view changes) {
  return changes.starts_with(check_begins);
}

std::string changes_words(std::string_view changes) {
  if (auto words = check_words(changes); !words.empty()) return words;
  std::string words;
  while (!changes.empty()) {
    const auto word = changes.substr(0, changes.find(' '));
    changes.remove_prefix(std::min(word.size() + 1, changes.size()));
    const auto change = change_words(word);
    if (!words.empty()) words += change.empty() ? " " : ", ";
    words += change.empty() ? std::string(word) : change;
  }
  return words;
}

}  // namespace gilir::cli
