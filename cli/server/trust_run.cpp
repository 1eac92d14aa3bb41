#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/input.h"
#include "cli/output/message.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/server/trust.h"
#include "core/operations/server/show.h"
#include "core/operations/server/trust.h"
#include "core/ssh/ssh_session.h"

namespace gilir::cli::commands {
namespace {

constexpr std::size_t longest_key_file = 64 * 1024;

// Looking at a key needs no lock: nobody logs in.
class NoLock final : public SessionControl {
 public:
  Instruction tick(BootTime) override { return {}; }
};

// The first line that is not a comment, as ssh-keyscan writes them.
std::string first_line(std::string_view text) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    if (!trimmed(line).empty() && !trimmed(line).starts_with('#')) return std::string(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return {};
}

std::string key_given(CommandContext& context, const std::string& given) {
  if (given == "-") return first_line(context.input.all(longest_key_file));
  // A line has a type and a key; no file of that name is meant.
  if (given.find(' ') != std::string::npos && given.find('/') > given.find(' ')) return given;
  return first_line(read_text_file(given));
}

HostKey fetch(const ServerView& server) {
  SignalSet signals;
  NoLock no_lock;
  Supervision supervision(no_lock, signals, nullptr);
  return fetch_host_key({server.name.value, server.host, static_cast<std::uint16_t>(server.port), {}, {}}, {},
                        supervision);
}

// Shows the key that the server offers, for comparison with what its own console says.
std::string key_fetched(CommandContext& context, DeskSession& desk, const ServerName& name) {
  const auto server = desk.perform(ShowServer{name});
  const auto key = fetch(server);
  context.output.note(
      phrase(_("{} at {} port {} shows this {} key:"), bold(name.value), server.host, server.port, key.type));
  context.output.note(phrase("  {}", bold(key.fingerprint)));
  context.output.note(
      _("Compare it with what the server's own console says: ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub"));
  if (!context.prompt.yes(_("Is it the same?"), "--key")) throw Error(ErrorCode::interrupted);
  return key.line();
}

}  // namespace

int run_server_trust(CommandContext& context) {
  TrustServer operation;
  operation.name = ServerName{context.arguments.required_word("SERVER")};
  DeskSession desk(context);
  const auto given = context.arguments.text("key");
  operation.host_key = given ? key_given(context, *given) : key_fetched(context, desk, operation.name);
  operation.replace = context.arguments.flag("replace");
  const auto server = desk.perform(operation);
  if (context.output.json(server)) return 0;
  context.output.line(phrase(_("{} must show this key from now on: {}"), bold(server.name.value), server.fingerprint));
  return 0;
}

}  // namespace gilir::cli::commands
