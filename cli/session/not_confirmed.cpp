#include "cli/session/not_confirmed.h"

#include <algorithm>
#include <iterator>

#include "cli/output/event_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/operations/lock/due.h"
#include "core/operations/lock/show.h"
#include "core/operations/log/read.h"

namespace gilir::cli {
namespace {

// A process that was stopped tells of its end when all this may lie far back.
constexpr std::int64_t most_events = 200;

Line bare_words(const ServerName& server) {
  return phrase(_("it is not confirmed that what ran at {} is over"), server);
}

template <Operation Asked>
auto ask(DeskSession& desk, const Asked& operation) {
  return desk.desk().perform(Call{desk.call().caller}, operation).result;
}

// When the lease left its seat free, and the first other agent who got in after that.
Line words_of_the_log(DeskSession& desk, const LeaseView& lease) {
  ReadLog operation;
  operation.server = lease.server;
  operation.limit = most_events;
  auto events = ask(desk, operation).events;
  std::ranges::copy(ask(desk, ListDueEvents{lease.server}).events, std::back_inserter(events));
  const auto is = [](const Event& event, EventKind kind) { return event_kind_from_name(event.kind) == kind; };
  const auto free = std::ranges::find_if(
      events, [&](const Event& event) { return is(event, EventKind::lock_ended) && event.facts.lease == lease.lease; });
  if (free == events.end()) return bare_words(lease.server);
  const auto other = std::find_if(free, events.end(), [&](const Event& event) {
    return is(event, EventKind::lock_granted) && event.facts.agent != lease.agent;
  });
  if (other == events.end())
    return phrase(_("it is not confirmed that what ran at {} is over; others could get in since {}"), lease.server,
                  absolute_time(event_time(*free)));
  return phrase(_("it is not confirmed that what ran at {} is over; {} got in at {}"), lease.server,
                other->facts.agent.value_or(other->actor), absolute_time(event_time(*other)));
}

Line words(DeskSession& desk, const LeaseView& lease) {
  const auto lock = ask(desk, ShowLock{lease.server});
  const auto ending = std::ranges::find(lock.ending, lease.lease, &EndingView::lease);
  const bool is_held_still = std::ranges::find(lock.holders, lease.lease, &HolderView::lease) != lock.holders.end();
  if (is_held_still) return bare_words(lease.server);
  if (ending == lock.ending.end()) return words_of_the_log(desk, lease);
  return phrase(_("it is not confirmed that what ran at {} is over; others can get in {} from now"), lease.server,
                exact_duration_words(std::chrono::ceil<Seconds>(ending->free_in_s)));
}

}  // namespace

Line not_confirmed_words(DeskSession& desk, const LeaseView& lease) noexcept {
  try {
    return words(desk, lease);
  } catch (const std::exception&) {
    return bare_words(lease.server);
  }
}

}  // namespace gilir::cli
