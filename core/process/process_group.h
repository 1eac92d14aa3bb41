// Processes found again by others than those who started them: a number alone may be another process's by then.
//
// Numbers and start times mean something only within one *world*: a boot of one machine, with its pid and time
// namespaces. Nothing here throws or waits.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace gilir {

// This process's; empty when it cannot be told (no /proc, or another namespace's).
const std::string& process_world();

// When the process began, in the kernel's ticks; 0 when there is none, or only its remains (a zombie).
std::int64_t start_of_process(std::int64_t process);

// Whether this process is `process`, or was started by it, however many others stand in between and live.
bool descends_from(std::int64_t process);

// A process group by its number and the start of its leader.
struct ProcessGroup {
  std::int64_t number = 0;
  std::int64_t leader_start = 0;
};

// Whether any process of the group is left. Its leader may be gone: then what is in a group of that number counts.
bool is_alive(const ProcessGroup& group);

// A word of a variable that a process was started with: {"GILIR_HOLD", "17"} stands in "GILIR_HOLD=16 17".
struct EnvironmentWord {
  std::string variable;
  std::string word;
};

// Sends `signal`, and CONT, to what is certainly the group: its leader is there, or one of its processes has `mark` in
// its environment. False: nothing was sent, since it is not certain or not allowed.
bool signal_group(const ProcessGroup& group, int signal, const EnvironmentWord& mark);

// One that is still to be sent.
struct GroupSignal {
  ProcessGroup group;
  int signal = 0;
  EnvironmentWord mark;
};

}  // namespace gilir
