#include "cli/command.h"
#include "cli/output/output.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir version", .about = N_("which gilir this is")},
    {.command = "gilir version --json=version", .about = N_("the same for a script")},
};

struct VersionFacts {
  std::string version;
  std::string licence;
};
BOOST_DESCRIBE_STRUCT(VersionFacts, (), (version, licence))

constexpr auto fields = field_names<VersionFacts>;

int run(CommandContext& context) {
  const VersionFacts facts{GILIR_VERSION, "Apache-2.0"};
  if (!context.output.json(facts)) context.output.line({"gilir ", facts.version});
  return 0;
}

}  // namespace

extern constexpr CommandSpec version{
    .path = "version",
    .purpose = N_("Say which gilir this is."),
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
