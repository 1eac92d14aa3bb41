#include "cli/doctor/look.h"

#include <fcntl.h>
#include <langinfo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <clocale>

#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/environment.h"
#include "cli/linked.h"
#include "cli/log/log_words.h"
#include "cli/output/error_words.h"
#include "cli/output/output.h"
#include "cli/program_path.h"
#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/health/desk_files.h"
#include "core/health/gate_check.h"
#include "core/health/package_version.h"
#include "core/health/versions.h"
#include "core/hooks/hook_files.h"
#include "core/operations/desk/check.h"
#include "core/process/descriptor.h"
#include "core/store/desk_vfs.h"
#include "core/store/integrity.h"

namespace gilir::cli {
namespace {

constexpr Milliseconds gate_patience{2000};
constexpr Milliseconds program_patience{5000};
// Of a file of heads, from its end; a line of it has less than a hundred bytes.
constexpr off_t longest_tail = 4096;

struct LinkedEnvelope {
  LinkedLibraries data;
};
BOOST_DESCRIBE_STRUCT(LinkedEnvelope, (), (data))

using Findings = std::vector<Finding>;

Finding check_clock(const ClockSeen& seen, WallTime at_desk) {
  const auto now = format_rfc3339_seconds(at_desk);
  if (seen.ahead == Milliseconds{0}) return {Check::clock, Health::ok, Because::fine, now, ""};
  const auto ahead = std::chrono::duration_cast<Seconds>(seen.ahead).count();
  if (seen.moved != Milliseconds{0}) return {Check::clock, Health::ok, Because::set_next, now, std::to_string(ahead)};
  return {Check::clock, Health::warning, Because::jumped, now, std::to_string(ahead)};
}

Finding check_boot(BootSeen seen) {
  switch (seen) {
    case BootSeen::newer:
      return {Check::boot, Health::ok, Because::new_boot, "", ""};
    case BootSeen::past:
      return {Check::boot, Health::problem, Because::past_boot, "", ""};
    case BootSeen::unknown:
      return {Check::boot, Health::problem, Because::unreadable, "", ""};
    case BootSeen::same:
      break;
  }
  return {Check::boot, Health::ok, Because::fine, "", ""};
}

Finding check_looked(Check check, Looked looked, const std::string& fact) {
  switch (looked) {
    case Looked::whole:
      return {check, Health::ok, Because::fine, "", fact};
    case Looked::broken:
      return {check, Health::problem, Because::damaged, "", fact};
    case Looked::no_time:
      break;
  }
  return {check, Health::warning, Because::not_finished, "", ""};
}

Finding warn_of(Check check, Because because, std::int64_t count, const std::vector<ServerName>& some) {
  std::string names;
  for (const auto& name : some) names.append(names.empty() ? "" : ", ").append(name.value);
  if (count > static_cast<std::int64_t>(some.size())) names += " …";
  return {check, Health::warning, because, names, std::to_string(count)};
}

Finding check_pins(Check check, std::int64_t servers, std::int64_t without, const std::vector<ServerName>& some) {
  if (without > 0) return warn_of(check, Because::unpinned, without, some);
  return {check, Health::ok, Because::fine, "", std::to_string(servers)};
}

// A desk without desktops has no certificates to speak of.
Findings check_servers(const DeskCheck& desk) {
  Findings findings{check_pins(Check::host_keys, desk.servers, desk.without_key, desk.unpinned)};
  if (desk.desktops > 0)
    findings.push_back(check_pins(Check::certificates, desk.desktops, desk.without_certificate, desk.uncertified));
  findings.push_back(desk.legacy > 0 ? warn_of(Check::algorithms, Because::outdated, desk.legacy, desk.outdated)
                                     : Finding{Check::algorithms, Health::ok, Because::fine, "", ""});
  if (desk.same_machines.empty()) findings.push_back({Check::machines, Health::ok, Because::fine, "", ""});
  for (const auto& pair : desk.same_machines)
    findings.push_back({Check::machines, Health::warning, Because::two_locks, pair.server.value, pair.other.value});
  return findings;
}

// What was kept elsewhere for comparison: --head, or the last line of the config's file of heads.
struct KeptHead {
  std::optional<LogHead> head;
  // It says none.
  std::string unreadable;
};

// The last line that is not empty. Others may have put anything in the file's place: what never ends, or never begins.
std::string last_line(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat facts {};
  if (!file || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  std::array<char, longest_tail> tail{};
  const auto got = ::pread(file.get(), tail.data(), tail.size(), std::max<off_t>(facts.st_size - longest_tail, 0));
  std::string_view text(tail.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

KeptHead kept_head(const CommandContext& context) {
  if (const auto given = given_head(context.arguments)) return {given, ""};
  const auto path = choose_heads(context.arguments, context.environment);
  if (path.empty()) return {};
  const auto head = read_log_head(last_line(path));
  return {head, head ? "" : path};
}

Findings check_log(const DeskCheck& desk, const KeptHead& kept) {
  const auto event = std::to_string(desk.broken_event);
  Findings findings;
  if (desk.cut_off)
    findings.push_back({Check::log, Health::problem, Because::cut_off, "", event});
  else
    findings.push_back(check_looked(Check::log, desk.log, desk.log == Looked::broken ? event : to_text(desk.head)));
  if (!kept.unreadable.empty())
    findings.push_back({Check::log, Health::warning, Because::unreadable, kept.unreadable, ""});
  return findings;
}

Finding check_index(const DeskCheck& desk) {
  if (desk.index == Looked::whole && desk.indexing)
    return {Check::index, Health::warning, Because::unfinished, std::to_string(desk.indexing->indexed),
            std::to_string(desk.indexing->tickets)};
  const auto seen = std::to_string(desk.indexed_seen);
  auto finding = check_looked(Check::index, desk.index, desk.index == Looked::broken ? desk.index_fault : seen);
  finding.subject = std::to_string(desk.indexed_tickets);
  return finding;
}

Findings check_data(CommandContext& context, Milliseconds limit) {
  const auto kept = kept_head(context);
  const auto directory = choose_desk(context.arguments, context.environment);
  try {
    const auto desk = DeskSession(context).perform(CheckDesk{limit, kept.head, context.arguments.flag("deep")});
    Findings findings{{Check::desk, Health::ok, Because::fine, directory, ""},
                      {Check::schema, Health::ok, Because::fine, "", std::to_string(desk.schema)},
                      check_looked(Check::database, desk.file, desk.damage)};
    for (auto& finding : check_log(desk, kept)) findings.push_back(std::move(finding));
    findings.push_back(check_index(desk));
    findings.push_back(check_clock(desk.clock, desk_now(context)));
    findings.push_back(check_boot(desk.clock.boot));
    for (auto& finding : check_servers(desk)) findings.push_back(std::move(finding));
    if (desk.hooks_ended > 0)
      findings.push_back({Check::hooks, Health::warning, Because::endless, "", std::to_string(desk.hooks_ended)});
    return findings;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::no_desk) return {{Check::desk, Health::problem, Because::missing, directory, ""}};
    return {{Check::desk, Health::problem, Because::not_opened, directory, error_words(error).message}};
  }
}

// The programs that gilir becomes or starts, by where this one lies.
Findings check_programs() {
  const auto own = own_program();
  const auto full = own.substr(0, own.rfind('/')) + "/../libexec/gilir/gilir-full";
  Findings findings;
  const bool can_start = access(own.c_str(), X_OK) == 0;
  findings.push_back({Check::guardian, can_start ? Health::ok : Health::problem,
                      can_start ? Because::fine : Because::missing, own, ""});
  if (access(full.c_str(), X_OK) != 0) {
    findings.push_back({Check::gilir_full, Health::problem, Because::missing, full, ""});
    return findings;
  }
  const auto answer = ask_program(full, {"linked", "--json"}, program_patience);
  LinkedLibraries linked;
  try {
    if (answer.status != 0) throw Error(ErrorCode::failed);
    linked = from_json<LinkedEnvelope>(answer.text).data;
  } catch (const Error&) {
    findings.push_back({Check::gilir_full, Health::problem, Because::does_not_run, full, ""});
    return findings;
  }
  const bool same = linked.version == GILIR_VERSION;
  findings.push_back({Check::gilir_full, same ? Health::ok : Health::problem,
                      same ? Because::fine : Because::other_version, full, linked.version});
  findings.push_back(check_libssh(linked.libssh, package_version(linked.libssh_file)));
  return findings;
}

Finding check_terminal(const CommandContext& context) {
  const auto name = context.environment.value("TERM");
  if (!context.output.options().stdout_terminal) return {Check::terminal, Health::ok, Because::fine, "", ""};
  if (name.empty() || name == "dumb") return {Check::terminal, Health::warning, Because::dumb, std::string(name), ""};
  const auto width = context.output.width();
  return {Check::terminal, width < 80 ? Health::warning : Health::ok, width < 80 ? Because::narrow : Because::fine,
          std::string(name), std::to_string(width)};
}

Findings check_hooks(const std::string& directory) {
  const auto hooks = find_hooks(directory);
  Findings findings;
  for (const auto& problem : hooks.problems) {
    auto because = enum_from_name<Because>(problem.because).value_or(Because::unreadable);
    if (problem.because == "writable_by_others") because = Because::open_to_others;
    const bool is_slip = because == Because::not_executable || because == Because::no_such_event;
    findings.push_back({Check::hooks, is_slip ? Health::warning : Health::problem, because, problem.name, ""});
  }
  std::size_t count = 0;
  for (const auto& [event, files] : hooks.folders) count += files.size();
  if (findings.empty()) findings.push_back({Check::hooks, Health::ok, Because::fine, "", std::to_string(count)});
  return findings;
}

// The locale that the environment asks for, installed or not.
std::string locale_asked(const Environment& environment) {
  for (const std::string_view variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const auto value = environment.value(variable); !value.empty()) return std::string(value);
  }
  return {};
}

bool asks_for_utf8(std::string_view locale) {
  const auto dot = locale.find('.');
  if (dot == std::string_view::npos) return false;
  const auto charset = ascii_lower(locale.substr(dot + 1, locale.find('@') - dot - 1));
  return charset == "utf-8" || charset == "utf8";
}

// gilir writes UTF-8 whatever is installed, and a terminal that was opened under a name in UTF-8 shows it. The C
// library knows what the other names stand for.
Finding check_locale(const Environment& environment) {
  const auto asked = locale_asked(environment);
  if (asks_for_utf8(asked)) return {Check::locale, Health::ok, Because::fine, asked, "UTF-8"};
  const std::string before = std::setlocale(LC_CTYPE, nullptr);
  const char* chosen = std::setlocale(LC_CTYPE, "");
  const std::string name = chosen == nullptr ? "" : chosen;
  const std::string charset = nl_langinfo(CODESET);
  std::setlocale(LC_CTYPE, before.c_str());
  if (chosen != nullptr && charset == "UTF-8") return {Check::locale, Health::ok, Because::fine, name, charset};
  return {Check::locale, Health::warning, Because::not_utf8, name, charset};
}

}  // namespace

std::vector<Finding> look_around(CommandContext& context, Milliseconds limit) {
  Findings findings;
  const auto add = [&](Findings more) { findings.insert(findings.end(), more.begin(), more.end()); };
  const auto directory = choose_desk(context.arguments, context.environment);
  const bool is_address = directory.find("://") != std::string::npos;
  add(check_data(context, limit));
  if (!is_address && findings.front().because != Because::missing) {
    add(check_desk_files(directory));
    if (!store::lies_on_read_only_medium(directory)) add({check_gate(directory, gate_patience)});
    add(check_hooks(directory));
  }
  add(check_programs());
  add({check_sqlite(store::sqlite_version()), check_terminal(context), check_locale(context.environment)});
  return findings;
}

}  // namespace gilir::cli
