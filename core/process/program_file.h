// Whether a program that somebody put into a directory may be run: not when another user of the machine could
// have written it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/base/describe.h"

namespace gilir {

enum class ProgramProblem {
  unreadable,          // it, or what a symbolic link points to, cannot be looked at
  not_a_file,          // a directory, a socket …
  foreign_owner,       // it belongs neither to the owner asked for nor to root
  writable_by_others,  // by its group or by everybody
  not_executable,      // its run bit is missing
};
BOOST_DESCRIBE_ENUM(ProgramProblem, unreadable, not_a_file, foreign_owner, writable_by_others, not_executable)

// Nothing: `path` may be run for `owner`. Symbolic links are followed; what counts is the file.
std::optional<ProgramProblem> program_problem(const std::string& path, uid_t owner);
// Nothing: nobody but `owner` and root can put a file into the directory `path`.
std::optional<ProgramProblem> directory_problem(const std::string& path, uid_t owner);

}  // namespace gilir
