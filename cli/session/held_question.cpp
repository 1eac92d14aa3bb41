#include "cli/session/held_question.h"

#include <algorithm>

#include "cli/output/demand_words.h"
#include "cli/output/error_words.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/output/times.h"
#include "cli/session/asking.h"
#include "cli/session/watching.h"
#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/operations/lock/ask.h"
#include "core/operations/lock/show.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/show.h"

namespace gilir::cli {
namespace {

// The holder's ticket that looks most like the person's.
std::optional<RelatedTicket> twin_of(const AcquireLock& operation, const Error& held) {
  const auto related = held.detail("related");
  if (!operation.ticket || related.empty()) return std::nullopt;
  const auto tickets = from_json<std::vector<RelatedTicket>>(related);
  return tickets.empty() ? std::nullopt : std::optional(tickets.front());
}

// Who offers the server to the person, if anybody does.
std::string hands_it_over(DeskSession& desk, const ServerName& server) {
  const auto lock = desk.desk().perform(Call{desk.call().caller}, ShowLock{server}).result;
  const auto offer = std::ranges::find(lock.demands, std::optional(desk.call().caller), &DemandView::to);
  return offer == lock.demands.end() ? std::string() : offer->by.value;
}

std::vector<Prompt::Choice> choices_for(const std::optional<RelatedTicket>& twin, const std::string& wait,
                                        const std::string& accept) {
  std::vector<Prompt::Choice> choices;
  if (!accept.empty()) choices.push_back({'a', accept});
  if (twin && twin->cross_reporter)
    choices.push_back({'m', _("merge: it is the same problem; both reporters will read one answer")});
  else if (twin)
    choices.push_back({'m', _("merge: it is the same problem; one answer for both")});
  if (accept.empty()) {
    choices.push_back({'w', wait});
    choices.push_back({'t', _("watch until it is free, then try again")});
    choices.push_back({'k', _("knock: ask the holder, and wait in line")});
  }
  choices.push_back({'q', _("leave it")});
  return choices;
}

// A key pressed by mistake makes no ticket disappear from anybody's list.
bool is_to_be_merged(CommandContext& context, DeskSession& desk, TicketNumber own, const RelatedTicket& twin) {
  const auto title_of = [&](TicketNumber number) {
    return bold(desk.desk().perform(Call{desk.call().caller}, ShowTicket{number}).result.title);
  };
  return context.prompt.yes(
      phrase(_("Make {} \"{}\" part of {} \"{}\"? To take that back later: gilir ticket unmerge {}."), own,
             title_of(own), twin.number, title_of(twin.number), own.value),
      "gilir ticket merge");
}

[[noreturn]] void merge(DeskSession& desk, TicketNumber own, const RelatedTicket& twin) {
  desk.perform(MergeTickets{{own}, twin.number, twin.cross_reporter});
  throw Error(ErrorCode::merged).with("number", own).with("into", twin.number);
}

DemandView knock(CommandContext& context, DeskSession& desk, const ServerName& server, const std::string& why) {
  // A change of its own, not the one that --request-id names.
  const auto asked = desk.desk().perform(Call{desk.call().caller}, KnockAtLock{server, {}, why, true}).result.demand;
  context.output.note(silence_words(when_shown(desk, asked)));
  return asked;
}

// Looks what has become of the knock, as who stays for its answer does, and tells when it is denied.
std::function<void()> follow(CommandContext& context, DeskSession& desk, const DemandView& knock) {
  return [&context, &desk, knock, is_over = false]() mutable {
    if (is_over) return;
    const auto followed = desk.desk().perform(Call{desk.call().caller}, FollowDemand{knock.server, knock.lease}).result;
    is_over = !followed.demand || followed.demand->kind != DemandKind::knock;
    if (followed.because == enum_name(DemandEnd::denied))
      context.output.note(phrase(_("{} keeps {}."), bold(knock.holder.value), bold(knock.server.value)));
    if (followed.because == enum_name(DemandEnd::unanswered)) {
      context.output.note(
          phrase(_("{} did not answer, and so keeps {}."), bold(knock.holder.value), bold(knock.server.value)));
    }
    // Who was stopped for a while (Ctrl-Z) and waits on.
    if (followed.because == enum_name(DemandEnd::no_asker)) {
      context.output.note(phrase(_("{} keeps {}: you had gone before the answer came."), bold(knock.holder.value),
                                 bold(knock.server.value)));
    }
  };
}

// The person has seen all of it: the sentence is enough when nothing came of the question.
Error without_screen(const Error& held) {
  Error brief(ErrorCode::held);
  for (const auto* key : {"server", "agent", "because"}) brief.add(key, held.text(key));
  return brief;
}

}  // namespace

bool ask_about_held(CommandContext& context, DeskSession& desk, AcquireLock& operation, WaitOptions& options,
                    const Error& held, SignalSet& signals) {
  if (!context.prompt.may_ask() || context.output.is_json()) return false;
  show_error(context.output, held, NextSteps::asked);
  const auto twin = twin_of(operation, held);
  const ServerName server{held.text("server")};
  const auto wait = plain_text(phrase(_("wait in line, as number {}"), held.text("position")));
  const auto giver = hands_it_over(desk, server);
  const auto accept = giver.empty() ? giver : plain_text(phrase(_("accept: {} hands it over to you"), giver));
  const auto choose = [&] {
    const SignalsAsBefore answerable(signals);
    return context.prompt.choose(_("What now?"), choices_for(twin, wait, accept), "--wait").value_or('q');
  };
  const auto ask_why = [&] {
    const SignalsAsBefore answerable(signals);
    return context.prompt.line(_("Why do you need it now? "), "-m");
  };
  const auto confirm_merge = [&] {
    const SignalsAsBefore answerable(signals);
    return is_to_be_merged(context, desk, *operation.ticket, *twin);
  };
  switch (choose()) {
    case 'm':
      // Asked anew when it was a mistake.
      if (!confirm_merge()) return true;
      merge(desk, *operation.ticket, *twin);
    // Who waits for what is handed over to them accepts it.
    case 'a':
    case 'w':
      break;
    case 't':
      context.output.note(phrase(_("Watching {}; Ctrl-C ends that."), bold(server.value)));
      if (watch_lock(context, desk, server, news_begin_after(desk, server), signals, true)) return true;
      throw without_screen(held);
    case 'k': {
      const auto why = ask_why();
      // Nobody is asked without a reason; he is asked anew.
      if (trimmed(why).empty()) return true;
      const auto asked = knock(context, desk, server, why);
      options.on_news = follow(context, desk, asked);
      // When the person does not wait for it after all.
      options.on_leaving = [&desk, asked] { withdraw_knock(desk, asked.server, asked.lease); };
      break;
    }
    default:
      throw without_screen(held);
  }
  operation.wait = true;
  return true;
}

}  // namespace gilir::cli
