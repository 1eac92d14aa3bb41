#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/output/shell_words.h"
#include "cli/output/tell.h"
#include "cli/program_path.h"
#include "cli/session/guarded_child.h"
#include "cli/session/lock_keeper.h"
#include "cli/session/lock_request.h"
#include "cli/session/log_off.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/operations/server/show.h"
#include "core/process/process_group.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "SERVER", .about = N_("the servers; several are given together or not at all"), .count = Count::many}};
constexpr OptionSpec options[] = {ticket_option,    reason_option,    wait_option,
                                  exclusive_option, held_exit_option, outcome_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir with kantor-123 --ticket 41 -- rsync -a fix/ kantor-123:/srv/",
     .about = N_("one program under the lock")},
    {.command = "gilir with app-1 db-1 --wait -- ./move-database", .about = N_("two servers, waiting for both")},
};
constexpr ExitCodeSpec exit_codes[] = {
    held_code, lost_code, wait_over_code, {.code = 126, .about = N_("the command cannot be run (127: not found)")}};

std::string shown_command(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// How many of the first words are servers; the first counts as one in any case.
std::size_t servers_among(CommandContext& context, const std::vector<std::string>& words) {
  std::size_t count = 1;
  try {
    DeskSession desk(context);
    while (count + 1 < words.size()) {
      desk.desk().perform(Call{desk.call().caller}, ShowServer{ServerName{words[count]}});
      ++count;
    }
  } catch (const Error&) {
    // The program begins here, or nobody knows.
  }
  return count;
}

[[noreturn]] void refuse_without_command(CommandContext& context, const std::vector<std::string>& words) {
  if (words.size() == 1)
    throw usage_error(UsageProblem::missing_argument).with("argument", "CMD").with("command", "with");
  const auto servers = servers_among(context, words);
  std::string shown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) shown += i == servers ? " -- " : " ";
    shown += shell_word(replace_invalid_utf8(words[i]));
  }
  throw usage_error(plain_text(phrase(_("CMD is missing: put -- in front of it, as in gilir with {}"), shown)));
}

RunOutcome run_child(CommandContext& context) {
  if (context.arguments.tail().empty()) refuse_without_command(context, context.arguments.words("SERVER"));
  SignalSet signals;
  auto guardian = Guardian::start(own_program());
  GuardedChild child(context);
  DeskSession desk(context);
  auto operation = lock_request(context, context.arguments.words("SERVER"), HoldKind::kept);
  operation.group = child.group();
  operation.group_started = start_of_process(child.group());
  LockKeeper keeper(desk.desk(), desk.call().caller,
                    take_turn(context, desk, operation, signals, context.arguments.duration("wait")), "with");
  keeper.renew_beside(own_program());
  Supervision supervision(keeper, signals, &guardian);

  child.start(supervision, keeper.leases());
  keeper.opened();
  keeper.record_start(shown_command(context.arguments.tail()));
  auto outcome = child.watch();

  EndSession end;
  end.closed = log_off(context, supervision, keeper.log_offs(), keeper.permit());
  end.left_behind = !end.closed;
  end.exit_status = outcome.status;
  if (outcome.lease_lost) end.because = supervision.because();
  keeper.finish(std::move(end));
  guardian.done();
  if (outcome.lease_lost) tell_if_heard(context.output, keeper.loss_line(supervision.because()));
  outcome.stays = keeper.stays();
  return outcome;
}

int run(CommandContext& context) {
  return exit_code_of_run(context, run_child);
}

}  // namespace

extern constexpr CommandSpec with{
    .path = "with",
    .purpose = N_("Take a server's lock, run a program on this machine, give the lock back."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .tail = Tail::after_dashes,
    .run = run,
};

}  // namespace gilir::cli::commands
