// One run of one hook: the event on its standard input, ten seconds at most, its output caught.
#pragma once

#include <string>
#include <vector>

#include "core/guardian/guardian.h"
#include "core/hooks/hook_files.h"
#include "core/process/signal_set.h"
#include "core/process/spawn.h"

namespace gilir {

inline constexpr Milliseconds hook_time_limit{10'000};
// Then its process group gets TERM, and after this KILL.
inline constexpr Milliseconds hook_grace{2'000};
inline constexpr std::size_t most_hook_output = 16 * 1024;

struct HookInput {
  std::string line;                      // the event as JSON
  std::vector<std::string> environment;  // "NAME=value", besides the runner's own
  std::string directory;                 // where it runs
};

struct HookOutcome {
  enum Kind {
    done,         // exit status 0
    failed,       // another status, or a signal ended it
    too_slow,     // cut at the limit
    cannot_run,   // `problem` says why
    interrupted,  // this process was asked to end; the hook was cut
  } kind = done;
  ChildStatus status;
  std::string problem;
  std::string output;  // standard output and error, the first most_hook_output bytes
  std::size_t dropped = 0;
};

// What the hook leaves behind in its process group is ended with it. The guardian ends the group when this
// process dies meanwhile. Throws Error{failed, lost} when the system or the guardian refuses.
HookOutcome run_hook(const Hook& hook, const HookInput& input, SignalSet& signals, Guardian& guardian);

// "exit 3", "signal 9", "too slow" …, as the log says it.
std::string outcome_words(const HookOutcome& outcome);

}  // namespace gilir
