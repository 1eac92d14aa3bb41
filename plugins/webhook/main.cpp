// A hook of gilir that posts each event, signed, to an address: see README.md here and ../README.md.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/environment.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "cli/program_path.h"
#include "core/base/text.h"
#include "plugins/webhook/post.h"

namespace gilir::webhook {
namespace {

using cli::_;
using cli::phrase;

constexpr std::size_t largest_event = 4 * 1024 * 1024;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || !is_name(value))
    throw Refusal(plain_text(phrase(_("${} is not set; gilir runs this as a hook"), name)));
  return value;
}

// The event, without the line break behind it.
std::string read_event() {
  std::string event;
  std::array<char, 65536> chunk{};
  for (ssize_t got = 0; (got = ::read(STDIN_FILENO, chunk.data(), chunk.size())) != 0;) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Refusal(_("the event cannot be read"));
    event.append(chunk.data(), static_cast<std::size_t>(got));
    if (event.size() > largest_event) throw Refusal(_("the event is too large"));
  }
  while (event.ends_with('\n')) event.pop_back();
  if (event.empty()) throw Refusal(_("there is no event on standard input"));
  return event;
}

int run(const char* hook) {
  try {
    if (std::string_view(hook).find('/') == std::string_view::npos)
      throw Refusal(_("run this by its path, as gilir does"));
    const auto settings = read_settings(hook);
    const Delivery delivery{variable("GILIR_EVENT_NUMBER"), variable("GILIR_EVENT"), read_event()};
    return post(settings, delivery) ? 0 : 1;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 2;
  }
}

}  // namespace
}  // namespace gilir::webhook

int main(int count, char** arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto program = gilir::cli::own_program();
  gilir::cli::start_translation(gilir::cli::Environment::of_process(environ), program.substr(0, program.rfind('/')));
  return gilir::webhook::run(count > 0 ? arguments[0] : "");
}
