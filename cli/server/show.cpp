#include "core/operations/server/show.h"

#include "cli/perform_and_show.h"
#include "cli/server/server_options.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server show kantor-123", .about = N_("its address, its seats and what its lock protects from")},
    {.command = "gilir server show kantor-123 --json=host_key", .about = N_("the pinned host key")},
};
constexpr auto fields = field_names<ServerView>;

int run(CommandContext& context) {
  const ShowServer operation{ServerName{context.arguments.required_word("SERVER")}};
  return perform_and_show(context, operation, show_server);
}

}  // namespace

extern constexpr CommandSpec server_show{
    .path = "server show",
    .purpose = N_("Show a server and how strong its lock is."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
