#include "cli/linked.h"

#include "cli/output/fields.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir linked", .about = N_("which libssh sessions run on")},
    {.command = "gilir linked --json=libssh", .about = N_("the same for a script")},
};
constexpr auto fields = field_names<LinkedLibraries>;

}  // namespace

extern constexpr CommandSpec linked{
    .path = "linked",
    .purpose = N_("Say which libraries gilir's sessions run on."),
    .examples = examples,
    .needs = Needs::ssh,
    .fields = fields,
    .hidden = true,
    .run = run_linked,
};

}  // namespace gilir::cli::commands
