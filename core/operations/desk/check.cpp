#include "core/operations/desk/check.h"

#include <array>
#include <charconv>

#include "core/lock/lock_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/desk/index_look.h"
#include "core/operations/server/machine.h"
#include "core/operations/ticket/indexing.h"
#include "core/store/counter.h"
#include "core/store/integrity.h"

namespace gilir {
namespace {

constexpr std::size_t most_same_machines = 10;
constexpr std::chrono::hours told_for{24};

constexpr std::array desk_check_fields{
    FieldSpec{"limit_s", "how long the file, the log and the index are each looked at", 86'400'000},
    FieldSpec{"head", "a head that must be in the chain", 0}, FieldSpec{"deep", "all of the index is looked at", 0}};

constexpr const char* above_the_counter =
    "SELECT 1 FROM ticket WHERE number > (SELECT value FROM counter WHERE name = 'ticket') LIMIT 1";
constexpr const char* without_reporter =
    "SELECT 1 FROM (SELECT DISTINCT reporter FROM ticket) AS named WHERE NOT EXISTS "
    "(SELECT 1 FROM reporter WHERE reporter.id = named.reporter) LIMIT 1";
constexpr const char* pairs_without_ticket =
    "SELECT 1 FROM suspected_duplicate AS pair WHERE NOT EXISTS (SELECT 1 FROM ticket WHERE number = pair.ticket) "
    "OR NOT EXISTS (SELECT 1 FROM ticket WHERE number = pair.number) LIMIT 1";

void refuse_any(store::Connection& connection, const char* rows, const char* problem) {
  if (connection.first<std::int64_t>(rows)) throw Error(ErrorCode::damaged).with("problem", std::string(problem));
}

// What SQLite does not know: rows that name others which are not there.
std::string broken_rows_of(Context& context) {
  try {
    auto& connection = context.connection();
    load_all_locks(connection);
    store::require_counters(connection);
    refuse_any(connection, above_the_counter, "a counter is behind the tickets");
    refuse_any(connection, without_reporter, "a reporter is missing");
    // Commands pass over such a pair.
    refuse_any(connection, pairs_without_ticket, "a ticket is missing that looked like another one");
    return {};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    return error.text("problem");
  }
}

// Of the file, or of the index alone, which can be made anew: pages of its tables, or those that a damaged one has
// left.
void take_damage(Context& context, std::string damage, DeskCheck& check) {
  auto& connection = context.connection();
  const auto tables = index::index_tables.names;
  const bool is_of_index = !damage.empty() && store::others_are_whole(connection, tables) &&
                           (has_unused_pages(connection) || !store::are_whole(connection, tables));
  (is_of_index ? check.index_fault : check.damage) = std::move(damage);
}

void check_file(Context& context, Milliseconds most, DeskCheck& check) {
  const store::TimeLimit limit(context.connection(), most);
  try {
    take_damage(context, store::first_damage(context.connection()), check);
    if (check.damage.empty()) check.damage = broken_rows_of(context);
    check.file = check.damage.empty() ? Looked::whole : Looked::broken;
  } catch (const Error& error) {
    check.file = limit.passed() ? Looked::no_time : Looked::broken;
    if (!limit.passed()) check.damage = error.text("problem");
  }
}

void check_log(Context& context, const CheckDesk& operation, DeskCheck& check) {
  const store::TimeLimit limit(context.connection(), operation.limit_s);
  try {
    check.head = verify_log(context.connection(), operation.head);
    check.log = Looked::whole;
  } catch (const Error& error) {
    check.log = limit.passed() ? Looked::no_time : Looked::broken;
    const auto event = error.detail("event");
    check.cut_off = error.text("problem") == "head";
    std::from_chars(event.data(), event.data() + event.size(), check.broken_event);
  }
}

void check_index(Context& context, const CheckDesk& operation, DeskCheck& check) {
  const store::TimeLimit limit(context.connection(), operation.limit_s);
  try {
    check.indexing = index_progress(context.connection());
    const auto look = look_at_index(context, operation.deep);
    check.indexed_tickets = look.tickets;
    check.indexed_seen = look.seen;
    if (check.index_fault.empty()) check.index_fault = look.fault;
    if (check.index_fault.empty() && check.indexing && check.indexing->damaged)
      check.index_fault = "something was stored without it";
  } catch (const Error& error) {
    if (!limit.passed() && check.index_fault.empty()) check.index_fault = error.text("problem");
  }
  const bool is_whole = check.index_fault.empty();
  check.index = !is_whole ? Looked::broken : limit.passed() ? Looked::no_time : Looked::whole;
}

// Of each server only what its protocols need. A second name has what its lock's server has.
void check_servers(store::Connection& connection, DeskCheck& check) {
  const auto count = [&](const std::string& which) {
    return connection.first<std::int64_t>("SELECT count(*) FROM server WHERE " + which).value_or(0);
  };
  const auto names = [&](const std::string& which) {
    return connection.all<ServerName>("SELECT name FROM server WHERE " + which + " ORDER BY name LIMIT 10");
  };
  check.servers = count("ssh = 1 AND alias_of = ''");
  check.without_key = count("ssh = 1 AND host_key = '' AND alias_of = ''");
  check.unpinned = names("ssh = 1 AND host_key = '' AND alias_of = ''");
  check.desktops = count("rdp_port <> 0 AND alias_of = ''");
  check.without_certificate = count("rdp_port <> 0 AND certificate = '' AND alias_of = ''");
  check.uncertified = names("rdp_port <> 0 AND certificate = '' AND alias_of = ''");
  check.legacy = count("legacy = 1 AND alias_of = ''");
  check.outdated = names("legacy = 1 AND alias_of = ''");
}

// What was so long ago says nothing of the hooks that are there now.
std::int64_t hooks_ended(Context& context) {
  auto& connection = context.connection();
  const auto ended = connection.first<std::int64_t>("SELECT ended FROM hook_cursor").value_or(0);
  if (ended == 0) return 0;
  const auto events = read_events(connection, {.subject = {}, .after = EventNumber{ended - 1}, .limit = 1});
  return !events.empty() && context.now().wall - events.front().at < told_for ? ended : 0;
}

DeskCheck run(Context& context, const CheckDesk& operation) {
  auto& connection = context.connection();
  DeskCheck check;
  check.schema = connection.first<std::int64_t>("PRAGMA user_version").value_or(0);
  check.last_change = connection.first<WallTime>("SELECT wall FROM desk_clock").value_or(WallTime{});
  check.clock = context.clock_seen();
  check.hooks_ended = hooks_ended(context);
  check_servers(connection, check);
  check.same_machines = unsettled_machines(context, most_same_machines);
  check_file(context, operation.limit_s, check);
  check_log(context, operation, check);
  check_index(context, operation, check);
  return check;
}

}  // namespace

const OperationSpec CheckDesk::spec =
    describe_operation<CheckDesk, run>("desk.check", Role::agent, Access::read, desk_check_fields);

}  // namespace gilir
