#include "core/hooks/hook_runner.h"

#include "core/event/event_table.h"
#include "core/hooks/hook_cursor.h"
#include "core/hooks/hook_delivery.h"
#include "core/hooks/hook_starter.h"

namespace gilir {
namespace {

// True when the log may have grown behind the last look at it.
bool run_once(const std::string& program, const std::string& desk_directory, HookLog& log) {
  const auto lock = lock_hook_runner(desk_directory);
  if (!lock) return false;
  SignalSet signals({SIGHUP, SIGINT, SIGTERM, SIGCHLD});
  auto guardian = Guardian::start(program);
  store::Connection connection({desk_directory + "/desk.db"});
  store::WriteGate gate(desk_directory + "/gate");
  HookDelivery delivery({desk_directory, program, connection, gate, log, signals, guardian});
  const bool at_the_end = delivery.catch_up();
  guardian.done();
  return at_the_end;
}

// With the lock given back: did somebody commit and leave the event to this runner meanwhile?
bool is_behind(const std::string& desk_directory) {
  store::Connection connection({desk_directory + "/desk.db"});
  const auto cursor = read_hook_cursor(connection);
  return cursor && read_head(connection).number > *cursor;
}

}  // namespace

int hook_runner_main(const std::string& program, const std::vector<std::string>& words) noexcept {
  if (words.size() != 1) return 2;
  const SystemClock clock;
  HookLog log(hooks_directory(words[0]), clock);
  try {
    while (run_once(program, words[0], log) && is_behind(words[0])) {
    }
    return 0;
  } catch (const std::exception& error) {
    log.say(std::string("the runner stopped: ") + error.what());
    return 1;
  }
}

}  // namespace gilir
