#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/session/asking.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {answered_server};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock grant kantor-123", .about = N_("whoever knocks gets it, and a session of yours ends")},
    {.command = "gilir --as budi lock grant kantor-123", .about = N_("on behalf of budi")},
};
constexpr auto fields = field_names<DemandView>;

int run(CommandContext& context) {
  const auto demand =
      DeskSession(context).perform(AnswerKnock{ServerName{context.arguments.required_word("SERVER")}, true});
  if (context.output.json(demand)) return 0;
  context.output.line(phrase(_("You let {} go for {}."), bold(demand.server.value), bold(demand.by.value)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_grant{
    .path = "lock grant",
    .purpose = N_("Give a server to whoever knocks, at once."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = answer_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
