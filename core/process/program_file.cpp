#include "core/process/program_file.h"

#include <sys/stat.h>
#include <unistd.h>

namespace gilir {

namespace {

constexpr mode_t others_write = S_IWGRP | S_IWOTH;
constexpr mode_t any_run_bit = S_IXUSR | S_IXGRP | S_IXOTH;

std::optional<ProgramProblem> ownership_problem(const struct stat& facts, uid_t owner) {
  if (facts.st_uid != owner && facts.st_uid != 0) return ProgramProblem::foreign_owner;
  if ((facts.st_mode & others_write) != 0) return ProgramProblem::writable_by_others;
  return std::nullopt;
}

}  // namespace

std::optional<ProgramProblem> program_problem(const std::string& path, uid_t owner) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return ProgramProblem::unreadable;
  if (!S_ISREG(facts.st_mode)) return ProgramProblem::not_a_file;
  if (const auto problem = ownership_problem(facts, owner)) return problem;
  // Root may run everything that anybody may run, so the bits are looked at as well.
  const bool runs = (facts.st_mode & any_run_bit) != 0 && ::access(path.c_str(), X_OK) == 0;
  return runs ? std::nullopt : std::optional(ProgramProblem::not_executable);
}

std::optional<ProgramProblem> directory_problem(const std::string& path, uid_t owner) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return ProgramProblem::unreadable;
  if (!S_ISDIR(facts.st_mode)) return ProgramProblem::not_a_file;
  return ownership_problem(facts, owner);
}

}  // namespace gilir
