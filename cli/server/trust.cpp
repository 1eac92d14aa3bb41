#include "core/operations/server/trust.h"

#include "cli/desk_session.h"
#include "cli/input.h"
#include "cli/output/message.h"
#include "cli/server/server_options.h"

namespace gilir::cli::commands {
namespace {

constexpr std::size_t longest_key_file = 64 * 1024;

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    {.name = "key", .value = Value::required, .value_name = "FILE|LINE",
     .about = N_("its public host key: a file, - for standard input, or the line itself")},
    {.name = "replace", .about = N_("also when another key is pinned")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server trust kantor-123 --key ssh_host_ed25519_key.pub", .about = N_("from a file")},
    {.command = "gilir server trust kantor-123 --key 'ssh-ed25519 AAAA...' --replace", .about = N_("it has a new key")},
};
constexpr ExitCodeSpec exit_codes[] = {{5, N_("another key is pinned")}};
constexpr auto fields = field_names<ServerView>;

// The first line that is not a comment, as ssh-keyscan writes them.
std::string first_line(std::string_view text) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    if (!trimmed(line).empty() && !trimmed(line).starts_with('#')) return std::string(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return {};
}

std::string key_asked(CommandContext& context) {
  const auto given = context.arguments.required_text("key");
  if (given == "-") return first_line(context.input.all(longest_key_file));
  // A line has a type and a key; no file of that name is meant.
  if (given.find(' ') != std::string::npos && given.find('/') > given.find(' ')) return given;
  return first_line(read_text_file(given));
}

int run(CommandContext& context) {
  TrustServer operation;
  operation.name = ServerName{context.arguments.required_word("SERVER")};
  operation.host_key = key_asked(context);
  operation.replace = context.arguments.flag("replace");
  const auto server = DeskSession(context).perform(operation);
  if (context.output.json(server)) return 0;
  context.output.line(phrase(_("{} must show this key from now on: {}"), bold(server.name.value), server.fingerprint));
  return 0;
}

}  // namespace

extern constexpr CommandSpec server_trust{
    .path = "server trust",
    .purpose = N_("Pin a server's host key; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
