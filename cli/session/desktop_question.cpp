#include "cli/session/desktop_question.h"

#include <unistd.h>

#include "core/process/descriptor.h"

namespace gilir::cli {
namespace {

// What others wrote is no markup, which notifications understand.
std::string without_markup(const std::string& text) {
  std::string safe;
  for (const char byte : text) {
    if (byte == '&')
      safe += "&amp;";
    else if (byte == '<')
      safe += "&lt;";
    else if (byte == '>')
      safe += "&gt;";
    else
      safe += byte;
  }
  return safe;
}

bool has_desktop(const Environment& environment) {
  for (const auto* name : {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}) {
    if (!environment.value(name).empty()) return true;
  }
  return false;
}

}  // namespace

void DesktopQuestion::ask(const std::string& sentence) noexcept {
  try {
    if (isatty(STDERR_FILENO) != 0) write_all(STDERR_FILENO, "\a");
    if (!has_desktop(environment_)) return;
    SpawnOptions options;
    options.program = "notify-send";
    options.arguments = {"notify-send", "--app-name=gilir",      "--urgency=critical", "--",
                         "gilir",       without_markup(sentence)};
    if (const auto path = environment_.value("PATH"); !path.empty()) options.search_path = path;
    options.descriptors = {{-1, 0}, {-1, 1}, {-1, 2}};
    options.close_others = true;
    options.own_group = true;
    // One that still hangs in the desktop's bus is ended here.
    notifier_ = Child();
    notifier_ = spawn(options);
  } catch (const std::exception&) {
    // The terminal says it as well.
  }
}

}  // namespace gilir::cli
