#include "cli/session/watching.h"

#include "cli/output/event_words.h"
#include "cli/session/lock_request.h"
#include "core/operations/lock/show.h"
#include "core/operations/log/read.h"

namespace gilir::cli {
namespace {

// A look at least this often: time alone frees seats too.
constexpr Milliseconds look_again{1000};

bool is_free(const LockView& lock) {
  return lock.seats_free > 0 && lock.line.empty();
}

// Events for people, the lock's new state for scripts.
void show_news(Output& output, DeskSession& desk, const ServerName& server, EventNumber seen) {
  ReadLog read;
  read.server = server;
  read.after = seen;
  const auto events = desk.perform(read).events;
  if (events.empty()) return;
  if (!output.json(desk.perform(ShowLock{server}))) show_events(output, events, {});
  output.flush();
}

}  // namespace

EventNumber news_begin_after(DeskSession& desk, const ServerName& server) {
  return desk.desk().await({server}, {}, Milliseconds{0}, -1);
}

bool watch_lock(CommandContext& context, DeskSession& desk, const ServerName& server, EventNumber seen,
                SignalSet& signals, bool until_free) {
  for (;;) {
    if (until_free && is_free(desk.perform(ShowLock{server}))) return true;
    const auto head = desk.desk().await({server}, seen, look_again, signals.descriptor());
    if (take_ending_signal(signals)) return false;
    if (head <= seen) continue;
    show_news(context.output, desk, server, seen);
    seen = head;
  }
}

}  // namespace gilir::cli
