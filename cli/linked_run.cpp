#include "cli/linked.h"
#include "cli/output/output.h"
#include "core/ssh/library.h"

namespace gilir::cli {

int run_linked(CommandContext& context) {
  const auto library = ssh_library();
  const LinkedLibraries linked{GILIR_VERSION, library.version, library.file};
  if (!context.output.json(linked)) context.output.line({"libssh ", linked.libssh, "  ", linked.libssh_file});
  return 0;
}

}  // namespace gilir::cli
