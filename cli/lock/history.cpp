#include "cli/arguments.h"
#include "cli/log/log_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock history kantor-123", .about = N_("who had it, when and for which ticket")},
    {.command = "gilir lock history kantor-123 --limit 5", .about = N_("the latest of it")},
};

int run(CommandContext& context) {
  ReadLog operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  return show_history(context, std::move(operation));
}

}  // namespace

extern constexpr CommandSpec lock_history{
    .path = "lock history",
    .purpose = N_("Show who had a server, when and what for."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.list = true},
    .fields = event_fields,
    .run = run,
};

}  // namespace gilir::cli::commands
