#include "cli/doctor/finding_words.h"

#include <algorithm>
#include <array>

#include "cli/output/known_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

// {0} is the finding's subject, {1} its fact.
struct Words {
  Check check;
  Because because;
  const char* message;
  const char* next = "";
};

using enum Check;
using enum Because;

constexpr std::array all{
    Words{desk, fine, N_("{0} opens")},
    Words{desk, Because::missing, N_("there is no desk at {0}"),
          N_("Make one with gilir init, or name another with --desk")},
    Words{desk, not_opened, "{1}", N_("Mend that first, and run gilir doctor again for the rest")},
    Words{directory, fine, N_("yours alone ({1})")},
    Words{directory, Because::missing, N_("{0} is missing"), N_("Make a desk with gilir init")},
    Words{directory, foreign_owner, N_("{0} belongs to user {1}"),
          N_("A desk belongs to one user: use it as that one, or chown it")},
    Words{directory, open_to_others, N_("others may look into {0} (mode {1})"),
          N_("Close it with gilir doctor --fix, or with chmod 700")},
    Words{directory, unreadable, N_("{0} cannot be used ({1})"),
          N_("chmod 700 the directory, and see that it can be reached")},
    Words{directory, not_a_directory, N_("{0} is not a directory"), N_("Name the desk's directory with --desk")},
    Words{file_system, fine, N_("on this machine")},
    Words{file_system, network, N_("the desk lies on {1}, where locks do not hold"),
          N_("Move it to a disk of this machine")},
    Words{file_system, read_only, N_("nobody can write there: the desk can only be read"),
          N_("Copy its directory to a disk to work with it")},
    Words{file_system, full, N_("the disk is full: the desk can only be read"), N_("Make room on it, and try again")},
    Words{schema, fine, N_("version {1}, which this gilir reads")},
    Words{database, fine, N_("SQLite finds the file whole")},
    Words{database, damaged, N_("what it holds is damaged: {1}"),
          N_("Keep a copy of the directory, then go back to a backup")},
    Words{database, not_finished, N_("too large to be checked in time"),
          N_("Give it longer: gilir doctor --limit 10m")},
    Words{Check::log, fine, N_("one whole chain, head {1}")},
    Words{Check::log, damaged, N_("the chain breaks at event {1}"),
          N_("Keep the desk as it is and compare it with a backup: gilir log verify")},
    Words{Check::log, cut_off, N_("it does not lead to the head that was kept, event {1}"),
          N_("Keep the desk as it is and compare it with a backup: gilir log verify")},
    Words{Check::log, unreadable, N_("no head can be read from {0}"),
          N_("See heads= in the config, and what writes that file")},
    Words{Check::log, not_finished, N_("too long to be checked in time"),
          N_("Give it longer: gilir doctor --limit 10m, or gilir log verify")},
    Words{Check::index, fine, N_("what it keeps is what tickets say ({1} of {0} looked up)")},
    Words{Check::index, damaged, N_("it is not what tickets say: {1}"),
          N_("Look-alikes and searches may miss some: gilir doctor --repair-index")},
    Words{Check::index, not_finished, N_("too large to be checked in time"),
          N_("Give it longer: gilir doctor --limit 10m")},
    Words{Check::index, unfinished, N_("it knows {0} of {1} tickets yet: look-alikes and searches may miss some"),
          N_("gilir tick builds the rest, and so does every ticket that is filed, bit by bit")},
    Words{Check::clock, fine, N_("in step with the machine's own count")},
    Words{Check::clock, set_next, N_("NTP set the clock: the next change moves the desk's time by {1} s")},
    Words{Check::clock, jumped, N_("the clock jumped by {1} s; at the desk it is {0} all the same"),
          N_("Let NTP set the clock; if it is right as it is: gilir doctor --repair-clock")},
    Words{boot, fine, N_("the last change was made since this machine started")},
    Words{boot, new_boot, N_("this machine was started since: the next change restarts all deadlines")},
    Words{boot, past_boot, N_("this process belongs to a start of the machine that is over"),
          N_("Leave the old container or snapshot; where the desk was copied away and back: gilir doctor "
             "--repair-machine")},
    Words{boot, unreadable, N_("this process cannot read which start of the machine it belongs to"),
          N_("See that it has /proc whole, and descriptors left (ulimit -n)")},
    Words{gate, fine, N_("passed in {1} ms")},
    Words{gate, Because::missing, N_("not there yet; the next change makes it")},
    Words{gate, held, N_("process {1} does not let go of it"), N_("See what that process does; changes wait for it")},
    Words{gate, stopped, N_("process {1} is stopped and does not let go of it"),
          N_("Let it go on with kill -CONT {1}, or end it with kill -KILL {1}")},
    Words{gate, slow, N_("passed after {1} ms"),
          N_("Something writes for long: a backup, a slow disk, a stopped process?")},
    Words{gate, not_opened, N_("{0} cannot be opened ({1})"), N_("See to its owner and mode")},
    Words{host_keys, fine, N_("pinned at every server ({1})")},
    Words{host_keys, unpinned, N_("{1} not pinned: {0}"), N_("gilir server trust SERVER, before the first gilir ssh")},
    Words{certificates, fine, N_("pinned at every desktop ({1})")},
    Words{certificates, unpinned, N_("{1} not pinned: {0}"),
          N_("gilir server trust SERVER --rdp, before the first gilir rdp")},
    Words{algorithms, fine, N_("outdated ones are let in at no server")},
    Words{algorithms, outdated, N_("{1} may use outdated algorithms: {0}"),
          N_("Bring the server up to date, then gilir server edit SERVER --no-legacy")},
    Words{machines, fine, N_("each has one lock")},
    Words{machines, two_locks, N_("{0} and {1} look like one machine, and each lets agents in by itself"),
          N_("Say which it is: gilir server edit {0} --alias-of {1}, or --different-from {1}")},
    Words{hooks, fine, N_("{1} to run")},
    Words{hooks, foreign_owner, N_("{0} belongs to somebody else and is refused"), N_("chown it to the desk's owner")},
    Words{hooks, open_to_others, N_("others may write {0}, so it is refused"), N_("chmod go-w it")},
    Words{hooks, not_executable, N_("{0} has no run bit"), N_("chmod +x it, or remove it")},
    Words{hooks, unreadable, N_("{0} cannot be looked at"), N_("Mend or remove it")},
    Words{hooks, Because::not_a_file, N_("{0} is no file that can be run"), N_("Remove it")},
    Words{hooks, Because::no_such_event, N_("{0}: there is no event of this name"),
          N_("Look for its name in gilir log --json=kind")},
    Words{hooks, Because::not_writable, N_("the folder of hooks cannot be written, so none runs"),
          N_("chmod u+rwx it")},
    Words{hooks, too_many, N_("too many hooks under {0}"), N_("Remove what is not needed; none of them runs")},
    Words{hooks, endless, N_("they hear of what they change themselves, and were ended at event {1}"),
          N_("Let them change nothing that they hear of; DESK/hooks/log says which ran")},
    Words{gilir_full, fine, N_("runs")},
    Words{gilir_full, Because::missing, N_("{0} is missing: no ssh"), N_("Install gilir as a whole")},
    Words{gilir_full, does_not_run, N_("{0} does not run: no ssh"), N_("Run it by hand and read what it says")},
    Words{gilir_full, other_version, N_("{0} is of another version ({1})"), N_("Install gilir as a whole")},
    Words{guardian, fine, N_("can be started")},
    Words{guardian, Because::missing, N_("{0} cannot be started"), N_("Install gilir as a whole")},
    Words{libssh, fine, "{0}"},
    Words{libssh, known_hole, N_("{0} has known holes"), N_("Upgrade it to {1} or newer")},
    Words{libssh, fix_unknown, N_("{0}: whether its holes are closed cannot be seen"),
          N_("{1} has the fixes; ask who built this one")},
    Words{sqlite, fine, "{0}"},
    Words{sqlite, guarded, N_("{0}, whose WAL-reset bug the write gate keeps away")},
    Words{sqlite, known_hole, N_("{0} is too old"), N_("Build gilir with SQLite {1} or newer")},
    Words{terminal, fine, N_("good")},
    Words{terminal, dumb, N_("TERM says nothing about it: no colour"), N_("export TERM, for instance xterm-256color")},
    Words{terminal, narrow, N_("{1} columns: lists are cut"), N_("80 or more read better")},
    Words{locale, fine, "{0}"},
    Words{locale, not_utf8, N_("{1} instead of UTF-8: names may look broken"),
          N_("export LC_CTYPE=C.UTF-8, and unset LC_ALL where it is set")},
};

struct CheckName {
  Check check;
  const char* name;
};

constexpr std::array names{
    CheckName{desk, N_("desk")},
    CheckName{directory, N_("directory")},
    CheckName{file_system, N_("file system")},
    CheckName{schema, N_("schema")},
    CheckName{database, N_("database")},
    CheckName{Check::log, N_("log")},
    CheckName{Check::index, N_("index")},
    CheckName{Check::clock, N_("clock")},
    CheckName{boot, N_("machine")},
    CheckName{gate, N_("write gate")},
    CheckName{host_keys, N_("host keys")},
    CheckName{certificates, N_("certificates")},
    CheckName{algorithms, N_("algorithms")},
    CheckName{machines, N_("machines")},
    CheckName{hooks, N_("hooks")},
    CheckName{gilir_full, N_("gilir-full")},
    CheckName{guardian, N_("guardian")},
    CheckName{libssh, N_("libssh")},
    CheckName{sqlite, N_("SQLite")},
    CheckName{terminal, N_("terminal")},
    CheckName{locale, N_("locale")},
};

}  // namespace

FindingWords finding_words(const Finding& finding) {
  const auto words = std::ranges::find_if(
      all, [&](const Words& one) { return one.check == finding.check && one.because == finding.because; });
  if (words == all.end()) return {};
  // What core says of damage is English.
  const auto fact = finding.because == damaged ? known_words(finding.fact) : finding.fact;
  const auto fill = [&](const char* text) { return plain_text(phrase(_(text), finding.subject, fact)); };
  // Whoever holds the gate is not always to be seen.
  if (finding.because == held && finding.fact.empty()) return {_("somebody does not let go of it"), fill(words->next)};
  return {fill(words->message), fill(words->next)};
}

std::string check_words(Check check) {
  const auto name = std::ranges::find(names, check, &CheckName::check);
  return name == names.end() ? std::string() : _(name->name);
}

std::string health_words(Health health) {
  switch (health) {
    case Health::ok:
      return _("ok");
    case Health::warning:
      return _("warning");
    case Health::problem:
      break;
  }
  return _("problem");
}

}  // namespace gilir::cli
