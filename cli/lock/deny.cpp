#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/session/asking.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {answered_server};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock deny kantor-123", .about = N_("whoever knocks has to wait")},
    {.command = "gilir --as budi lock deny kantor-123", .about = N_("on behalf of budi")},
};
constexpr auto fields = field_names<DemandView>;

int run(CommandContext& context) {
  const auto demand =
      DeskSession(context).perform(AnswerKnock{ServerName{context.arguments.required_word("SERVER")}, false});
  if (context.output.json(demand)) return 0;
  const auto server = bold(demand.server.value);
  context.output.line(demand.to
                          ? phrase(_("You keep {}; {} cannot take it over any more."), server, bold(demand.to->value))
                          : phrase(_("You keep {}; {} is told."), server, bold(demand.by.value)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_deny{
    .path = "lock deny",
    .purpose = N_("Keep a server although somebody knocks, or after all when you hand it over."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = answer_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
