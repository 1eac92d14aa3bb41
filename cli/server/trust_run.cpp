#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/input.h"
#include "cli/output/message.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/server/machine_options.h"
#include "cli/server/server_options.h"
#include "cli/server/trust.h"
#include "cli/server/trust_rdp.h"
#include "cli/session/login.h"
#include "cli/usage_error.h"
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
  return fetch_host_key(ssh_target(server), {}, supervision);
}

// Shows the key that the server offers, for comparison with what its own console says.
std::string key_fetched(CommandContext& context, const ServerView& server) {
  require_ssh(server);
  const auto key = fetch(server);
  context.output.note(
      phrase(_("{} at {} port {} shows this {} key:"), bold(server.name.value), server.host, server.port, key.type));
  context.output.note(phrase("  {}", bold(key.fingerprint)));
  context.output.note(
      _("Compare it with what the server's own console says: ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub"));
  if (!context.prompt.yes(_("Is it the same?"), "--key")) throw Error(ErrorCode::interrupted);
  return key.line();
}

void check_key(const ServerView& server) {
  require_ssh(server);
  if (server.host_key.empty()) throw Error(ErrorCode::host_key_unknown).with("server", server.name);
  const auto key = fetch(server);
  if (key.fingerprint == server.fingerprint) return;
  throw Error(ErrorCode::host_key_changed)
      .with("server", server.name)
      .with("fingerprint", key.fingerprint)
      .with("expected", server.fingerprint)
      .with("type", key.type);
}

int check(CommandContext& context, const ServerView& server, bool rdp) {
  if (rdp)
    check_certificate(server);
  else
    check_key(server);
  if (!context.output.json(server)) context.output.line(phrase(_("{} shows what is pinned."), bold(server.name.value)));
  return 0;
}

}  // namespace

int run_server_trust(CommandContext& context) {
  TrustServer operation;
  operation.name = ServerName{context.arguments.required_word("SERVER")};
  const auto given = context.arguments.text("key");
  if (context.arguments.flag("check") && (given || context.arguments.flag("replace")))
    throw usage_error(std::string_view(_("--check pins nothing: leave --key and --replace out")));
  DeskSession desk(context);
  // One whose pin cannot be read any more can still be given another.
  const auto before = [&] { return desk.perform(ShowServer{operation.name}); };
  const bool rdp = context.arguments.flag("rdp");
  if (context.arguments.flag("check")) return check(context, before(), rdp);
  if (rdp)
    operation.certificate = given ? certificate_given(context, *given) : certificate_fetched(context, before());
  else
    operation.host_key = given ? key_given(context, *given) : key_fetched(context, before());
  operation.replace = context.arguments.flag("replace");
  claim_machine(context.arguments, operation);
  const auto server = desk.perform(operation);
  if (context.output.json(server)) return 0;
  context.output.line(
      rdp ? phrase(_("{} must show this certificate from now on: {}"), bold(server.name.value),
                   plain_text(certificate_words(server)))
          : phrase(_("{} must show this key from now on: {}"), bold(server.name.value), server.fingerprint));
  if (!rdp && server.checks.empty())
    context.output.note(phrase(
        _("Next: see whether the end of a session can be confirmed there, with gilir server check {}"), server.name));
  return 0;
}

}  // namespace gilir::cli::commands
