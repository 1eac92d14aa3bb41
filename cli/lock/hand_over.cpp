#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/message.h"
#include "cli/session/asking.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("a server that you have")}};
constexpr OptionSpec options[] = {
    {.name = "to", .value = Value::required, .value_name = "AGENT", .about = N_("who is to have it"), .needed = true}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock hand-over kantor-123 --to sari", .about = N_("your tickets there go with it")},
    {.command = "gilir lock hand-over kantor-123 --to sari -m 'The disk is changed'",
     .about = N_("with a word for sari")},
};
constexpr ExitCodeSpec exit_codes[] = {{3, N_("you do not have it")}, {5, N_("it is being taken from you already")}};
constexpr auto fields = field_names<DemandView>;

int run(CommandContext& context) {
  auto message = Message::read_if_given(context);
  HandOverLock operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  operation.to = AgentName{context.arguments.required_text("to")};
  operation.reason = message.text();
  const auto asked = DeskSession(context).perform(operation);
  message.saved();
  if (context.output.json(asked.demand)) return 0;
  const auto server = bold(asked.demand.server.value);
  const auto to = bold(operation.to.value);
  context.output.line(asked.cut ? phrase(_("{} goes to {}, who waited for it."), server, to)
                                : phrase(_("{} is for {} to accept within {}; it stays yours until then."), server, to,
                                         duration_words(asked.demand.expires_in_s)));
  if (!asked.cut) context.output.note(phrase(_("Keep it after all with: gilir lock deny {}"), server));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_hand_over{
    .path = "lock hand-over",
    .purpose = N_("Give a server that you have to another agent, with your tickets there."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .message = true, .may_lack_message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
