#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/demand_words.h"
#include "cli/output/message.h"
#include "cli/session/asking.h"
#include "cli/session/lock_request.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    {.name = "lease",
     .value = Value::required,
     .value_name = "L",
     .about = N_("at this lock, as lock show names it; else the oldest there")},
    {.name = "no-wait", .about = N_("do not wait for the answer")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock knock kantor-123 -m 'One minute for #42?'",
     .about = N_("asked; the command stays for the answer")},
    {.command = "gilir lock knock kantor-123 -F why.txt --no-wait", .about = N_("asked; the answer is in its history")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {3, N_("nobody else has it")}, {5, N_("its holder was asked before")}, {75, N_("its holder keeps it")}};

struct KnockAnswer {
  ServerName server;
  LeaseId lease;
  AgentName holder;
  // "asked" (without waiting), "knock" (granted), "silence" (it went unanswered), "unanswered" (and stayed), "denied",
  // "withdrawn", "no_asker" (this process was stopped for too long), "hand_over", "lease_over".
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(KnockAnswer, (), (server, lease, holder, answer))

constexpr auto fields = field_names<KnockAnswer>;

// How it ended, as FollowedDemand says; a demand against the lease that has taken the knock's place is an end as well.
std::string await_answer(CommandContext& context, DeskSession& desk, const DemandView& knock, SignalSet& signals) {
  EventNumber seen;
  for (;;) {
    const auto followed = desk.desk().perform(Call{desk.call().caller}, FollowDemand{knock.server, knock.lease}).result;
    if (!followed.demand) return followed.because;
    if (followed.demand->kind != DemandKind::knock) return std::string(enum_name(followed.demand->kind));
    if (const auto signal = take_ending_signal(signals)) {
      if (withdraw_knock(desk, knock.server, knock.lease))
        context.output.note(phrase(_("The knock at {} is taken back."), bold(knock.server.value)));
      throw Error(ErrorCode::interrupted).with("signal", *signal);
    }
    seen =
        desk.desk().await({knock.server}, seen, followed.demand->expires_in_s + Milliseconds{1}, signals.descriptor());
  }
}

bool is_no(const std::string& because) {
  return because == "denied" || because == "unanswered" || because == "withdrawn" || because == "no_asker";
}

// What its asker can do now that it is free, or will be in a moment.
void tell_way_in(Output& output, const ServerName& server) {
  output.note(phrase(_("Go in with gilir ssh {0}, or take it for a time with gilir lock acquire {0}"), server));
}

// The exit code.
int show_answer(Output& output, const DemandView& knock, const std::string& because) {
  const auto holder = bold(knock.holder.value);
  const auto server = bold(knock.server.value);
  if (because == "denied") {
    output.line(phrase(_("{} keeps {}."), holder, server));
    return 75;
  }
  if (because == "unanswered") {
    output.line(phrase(_("{} did not answer, and so keeps {}."), holder, server));
    return 75;
  }
  if (because == "withdrawn") {
    output.line(phrase(_("The knock at {} is taken back."), server));
    return 75;
  }
  if (because == "no_asker") {
    output.line(phrase(_("{} keeps {}: you had gone before the answer came."), holder, server));
    return 75;
  }
  if (because == "silence") {
    output.line(phrase(_("{} did not answer, and so {} goes."), holder, server));
  } else if (because == "hand_over") {
    output.line(phrase(_("{} hands {} over to you: gilir lock accept {}"), holder, server, knock.server));
    return 0;
  } else if (because == "lease_over") {
    output.line(phrase(_("{} has left {}."), holder, server));
  } else {
    output.line(phrase(_("{} lets {} go."), holder, server));
  }
  tell_way_in(output, knock.server);
  return 0;
}

int run(CommandContext& context) {
  auto message = Message::read(context);
  SignalSet signals;
  KnockAtLock operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  if (context.arguments.given("lease")) operation.lease = lease_named(context.arguments);
  operation.reason = message.text();
  DeskSession desk(context);
  operation.stays = !context.arguments.flag("no-wait") && !desk.call().dry_run;
  const auto knock = desk.perform(operation).demand;
  message.saved();
  const auto shown = [&](const std::string& answer) {
    return KnockAnswer{knock.server, knock.lease, knock.holder, answer};
  };
  if (!operation.stays && context.output.json(shown("asked"))) return 0;
  context.output.note(silence_words(when_shown(desk, knock)));
  if (!operation.stays) return 0;
  const auto because = await_answer(context, desk, knock, signals);
  if (context.output.json(shown(because))) return is_no(because) ? 75 : 0;
  return show_answer(context.output, knock, because);
}

}  // namespace

extern constexpr CommandSpec lock_knock{
    .path = "lock knock",
    .purpose = N_("Ask whoever has a server to let it go."),
    .about =
        N_("They are asked in the last line of their terminal, with your reason, and have 30 seconds to keep it, to "
           "hand it over or to let it go. Silence means yes where the question stood in a terminal that was used in "
           "the last 10 minutes, and for a lock taken for a time; elsewhere (under gilir with, a remote desktop, a "
           "script) silence means that they keep it."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
