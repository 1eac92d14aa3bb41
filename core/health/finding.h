// What looking at a desk's surroundings found: facts with a grade, in closed words. What people read about
// them is made in cli/doctor.
#pragma once

#include <string>

#include "core/base/describe.h"

namespace gilir {

enum class Health { ok, warning, problem };
BOOST_DESCRIBE_ENUM(Health, ok, warning, problem)

// What was looked at.
enum class Check {
  desk,
  directory,
  file_system,
  schema,
  database,
  log,
  index,
  clock,
  boot,
  gate,
  host_keys,
  certificates,
  algorithms,
  machines,
  hooks,
  gilir_full,
  guardian,
  libssh,
  sqlite,
  terminal,
  locale,
};
BOOST_DESCRIBE_ENUM(Check, desk, directory, file_system, schema, database, log, index, clock, boot, gate, host_keys,
                    certificates, algorithms, machines, hooks, gilir_full, guardian, libssh, sqlite, terminal, locale)

// Why it is graded so.
enum class Because {
  fine,
  missing,
  not_opened,
  foreign_owner,
  open_to_others,
  not_executable,
  unreadable,
  network,
  not_a_directory,
  damaged,
  not_finished,
  jumped,
  set_next,
  new_boot,
  past_boot,
  held,
  slow,
  unpinned,
  too_many,
  other_version,
  does_not_run,
  known_hole,
  fix_unknown,
  guarded,
  not_utf8,
  dumb,
  narrow,
  not_a_file,
  no_such_event,
  not_writable,
  two_locks,
  outdated,
  cut_off,
  read_only,
  stopped,
  endless,
  full,
  unfinished,
};
BOOST_DESCRIBE_ENUM(Because, fine, missing, not_opened, foreign_owner, open_to_others, not_executable, unreadable,
                    network, not_a_directory, damaged, not_finished, jumped, set_next, new_boot, past_boot, held, slow,
                    unpinned, too_many, other_version, does_not_run, known_hole, fix_unknown, guarded, not_utf8, dumb,
                    narrow, not_a_file, no_such_event, not_writable, two_locks, outdated, cut_off, read_only, stopped,
                    endless, full, unfinished)

struct Finding {
  Check check{};
  Health health{};
  Because because{};
  // What it is about, where the check alone does not say: a path, a version, a name.
  std::string subject;
  // A fact about it: the mode, the process, the version that has the fix.
  std::string fact;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (check, health, because, subject, fact))

}  // namespace gilir
