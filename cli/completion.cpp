#include "cli/arguments.h"
#include "cli/completion/install.h"
#include "cli/environment.h"
#include "cli/output/output.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SHELL",
                                           .about = N_("bash, fish or zsh; else the one that you log in with"),
                                           .count = Count::optional,
                                           .completes = Completes::shell}};
constexpr OptionSpec options[] = {
    {.name = "install", .about = N_("put it where the shell looks for your own completions, and say where")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir completion --install",
     .about = N_("the TAB key knows tickets, servers and agents from then on")},
    {.command = "gilir completion zsh", .about = N_("only prints the script")},
};

struct CompletionView {
  std::string shell;
  // The script; or, with --install, where it was put and what the shell still needs.
  std::optional<std::string> script;
  std::optional<InstalledCompletion> installed;
};
BOOST_DESCRIBE_STRUCT(CompletionView, (), (shell, script, installed))

constexpr auto fields = field_names<CompletionView>;

const Shell& shell_asked(const CommandContext& context) {
  const auto named = context.arguments.word("SHELL");
  const auto name = named.value_or(std::string(context.environment.value("SHELL")));
  if (const auto* shell = find_shell(name); shell != nullptr) return *shell;
  if (!named) throw usage_error(std::string_view(_("SHELL must name one of bash, fish, zsh: $SHELL does not")));
  throw usage_error(plain_text(phrase(_("SHELL must be one of bash, fish, zsh, not {}"), name)));
}

void show(Output& output, const Shell& shell, const InstalledCompletion& installed) {
  output.line(phrase(_("Wrote the completion of {} to {}."), bold(shell.name), installed.path));
  if (installed.setup_line.empty()) {
    output.line(_("The next shell that you start has it."));
    return;
  }
  output.line(phrase(_("Add this line to {}; the next shell that you start has it then:"), installed.setup_file));
  output.line({"  ", accent(installed.setup_line)});
}

int run(CommandContext& context) {
  const auto& shell = shell_asked(context);
  CompletionView view{std::string(shell.name), std::nullopt, std::nullopt};
  if (context.arguments.flag("install"))
    view.installed = install_completion(shell, context.environment);
  else
    view.script = shell.script;
  if (context.output.json(view)) return 0;
  if (view.installed)
    show(context.output, shell, *view.installed);
  else
    context.output.own_text(shell.script);
  return 0;
}

}  // namespace

extern constexpr CommandSpec completion{
    .path = "completion",
    .purpose = N_("Let the TAB key of your shell complete commands, tickets and names."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
