// Which programs are a desk's hooks: the executables in DESK/hooks/EVENT.d/, for one kind of event, and in
// DESK/hooks/all.d/, for every one. Names that start with a dot or end in ".conf", ".secret" or "~" are no
// hooks: settings and an editor's leavings may lie beside them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/describe.h"

namespace gilir {

// More programs than this in one folder are refused.
inline constexpr std::size_t most_hooks_in_a_folder = 64;

struct Hook {
  std::string name;  // "ticket.filed.d/notify"
  std::string path;
};

// Why something below hooks/ is not run. `because` is the name of a ProgramProblem, "no_such_event" for a
// folder that no event is named like, "too_many", or "not_writable" for hooks/ itself (named ".").
struct HookProblem {
  std::string name;
  std::string because;
  bool operator==(const HookProblem&) const = default;
};
BOOST_DESCRIBE_STRUCT(HookProblem, (), (name, because))

struct HookFiles {
  // By the folder's name without ".d", in order of name.
  std::map<std::string, std::vector<Hook>, std::less<>> folders;
  std::vector<HookProblem> problems;

  // What runs for an event: its own hooks, then those for all.
  std::vector<Hook> for_event(std::string_view kind) const;
};

std::string hooks_directory(const std::string& desk_directory);

// Looks at the files anew; they are the desk owner's, whom this process runs as. Empty when there is no
// directory of hooks. Never throws for what it finds there: that is a problem in the result, which `doctor`
// shows too.
HookFiles find_hooks(const std::string& desk_directory);

}  // namespace gilir
