#include "core/desk/local_desk.h"

#include <errno.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "core/desk/desk_clock.h"
#include "core/desk/desk_directory.h"
#include "core/desk/migrations.h"
#include "core/desk/replay.h"
#include "core/hooks/hook_cursor.h"
#include "core/hooks/hook_depth.h"
#include "core/index/merging.h"
#include "core/operations/context.h"
#include "core/operations/desk/repair.h"
#include "core/operations/desk/set_clock.h"
#include "core/operations/desk/tick.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/late_look.h"
#include "core/people/agent_name.h"
#include "core/people/people_table.h"
#include "core/people/turn.h"
#include "core/server/server_table.h"
#include "core/store/desk_vfs.h"
#include "core/store/gate_holder.h"

namespace gilir {
namespace {

// An older desk's index is built in slices, so that locks are renewed in between; whoever files gives it so long.
constexpr Milliseconds upkeep_slice{50};
constexpr Milliseconds build_patience{500};
// How long the gate is waited for: others may do it as well.
constexpr Seconds upkeep_patience{5};
constexpr Milliseconds no_patience{1};
// Without it whoever leaves the gate enters it again before those who wait for it have woken up.
constexpr Milliseconds upkeep_pause{2};

// The number of the first event of a change that is about to be committed.
EventNumber first_event(Context& context) {
  const auto count = static_cast<std::int64_t>(context.logged().size());
  return EventNumber{read_head(context.connection()).number.value - count + 1};
}

// Error{not_found} says that it is about who asks, not about somebody whom he named.
Agent agent_who_asks(store::Connection& connection, const AgentName& name, bool lets_time_pass) {
  // Time passes for nobody in particular, for a crontab as for an agent.
  if (lets_time_pass && name.empty()) return {};
  try {
    return get_agent(connection, name);
  } catch (Error& error) {
    if (error.code() == ErrorCode::not_found) error.add("caller", true);
    throw;
  }
}

// What the clocks say changes the desk before anybody does.
void let_time_pass(Context& context, const DeskTime& time, const Vouched& vouched) {
  context.see_clock(time.seen);
  if (time.seen.boot == BootSeen::newer) restart_locks(context);
  if (time.seen.moved == Milliseconds{0}) return;
  move_kept_times(context.connection(), time.counted_since, time.seen.moved);
  set_clock(context, time.counted_since, vouched.clock ? "vouched" : "synchronised");
}

}  // namespace

LocalDesk::LocalDesk(LocalDeskOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), hooks_(options_.directory, options_.program) {
  check_owner(options_.directory);
  check_database(options_.directory);
  store::refuse_network_file_system(options_.directory);
  file_ = file_at(database_of(options_.directory));
  open_file();
}

void LocalDesk::open_file() {
  const store::ConnectionOptions options{database_of(options_.directory), false, options_.vfs, index::index_tables};
  auto connection = std::make_unique<store::Connection>(options);
  if (connection->only_reads()) {
    // Whoever only looks needs no gate.
    store::require_schema(*connection, desk_migrations());
  } else {
    auto gate = std::make_unique<store::WriteGate>(options_.directory + "/gate");
    bring_up_to_date(*connection, *gate, clock_, options_.on_waiting);
    gate_ = std::move(gate);
  }
  connection_ = std::move(connection);
}

// A file that only read is read as one that nobody changes. Once there is room again, others change it.
void LocalDesk::open_again_to_write() {
  if (connection_->only_reads() && !store::can_only_be_read(connection_->path())) open_file();
}

void LocalDesk::make(const LocalDeskOptions& options, const Clock& clock, const NewDesk& desk) {
  if (!is_agent_name(desk.admin)) {
    throw invalid_field("agent", "is not a name");
  }
  make_directory_for_new_desk(options.directory);
  store::refuse_network_file_system(options.directory);
  make_directory(bells_of(options.directory));
  store::Connection connection({database_of(options.directory), true, options.vfs});
  connection.script("PRAGMA journal_mode=WAL");
  store::WriteGate gate(options.directory + "/gate");
  store::migrate(connection, gate, desk_migrations());

  const auto inside = gate.enter(Seconds{5});
  store::Transaction transaction(connection, store::Transaction::Kind::write);
  // Somebody else who made it meanwhile was first.
  if (has_desk_row(connection)) throw desk_exists(options.directory);
  const auto time = read_desk_time(connection, clock, Access::write);
  const Agent admin{desk.admin, lowest_tier, Role::admin, true, place_for_newcomer({}), time.now.wall};
  Context context(connection, time.now, admin, true);
  connection.run("INSERT INTO desk (id, name, made) VALUES (1, $1, $2)", desk.name, time.now.wall);
  put_agent(connection, admin);
  context.log(EventKind::desk_made, {subject(admin.name)}, {.text = desk.name});
  context.log(EventKind::agent_added, {subject(admin.name)}, {.agent = admin.name, .tier = admin.tier});
  store_desk_time(connection, clock, time);
  transaction.commit();
}

ClockSeen LocalDesk::run(const Call& call, std::span<Step> steps) {
  for (const auto& step : steps) step.spec->check(*step.spec, step.operation);
  const bool writes = std::ranges::any_of(steps, [](const Step& step) { return step.spec->access == Access::write; });
  try {
    check_file();
    open_again_to_write();
    return writes ? change(call, steps) : read(call, steps);
  } catch (Error& error) {
    // A lock's world is one desk: whoever is refused should see which.
    if (exit_code(error.code()) == exit_code(ErrorCode::held)) error.add("desk", address());
    // Another program may have the database, as sqlite3(1) in a transaction: it knows of no gate.
    if (error.code() == ErrorCode::busy && error.detail("pid").empty()) {
      store::name_holder(error, connection_->path() + "-shm");
    }
    // Who finds a row that cannot be does not know where it lies.
    if (error.code() == ErrorCode::damaged && error.detail("path").empty()) error.add("path", connection_->path());
    throw;
  }
}

// A desk that was moved, or whose place a restored copy has taken, lets nobody go on as if he still held what others
// may get from the desk that is there now.
void LocalDesk::check_file() const {
  const auto database = database_of(options_.directory);
  if (file_at(database) == file_) return;
  throw Error(ErrorCode::unreachable).with("path", database).with("problem", "it was moved, or replaced by another");
}

// Only a repair vouches, and it is by itself; that an admin asks for it is seen before anything is stored.
Vouched LocalDesk::vouched(std::span<Step> steps) {
  if (steps.size() != 1 || steps.front().spec != &RepairDesk::spec) return {};
  const auto& repair = *static_cast<const RepairDesk*>(steps.front().operation);
  return {repair.machine, repair.clock};
}

ClockSeen LocalDesk::change(const Call& call, std::span<Step> steps) {
  Aftermath after;
  // None for a change that is only tried. After one that was refused as well: else whoever is told that a server is
  // held by a program past its permit, and asks again, would be told so for ever.
  const auto send_signals = [&] {
    if (call.dry_run) return;
    for (const auto& wanted : after.signals) signal_group(wanted.group, wanted.signal, wanted.mark);
  };
  ClockSeen seen;
  try {
    seen = change_or_leave_index(call, steps, after);
  } catch (Error& refusal) {
    send_signals();
    explain(call, after.explanation, refusal);
    throw;
  }
  send_signals();
  for (const auto& server : after.bells) store::ring_bell(bell(server));
  if (after.rings_desk) store::ring_bell(desk_bell());
  if (after.starts_hooks) hooks_.start();
  if (after.lacks_index) tell(IndexDamage::stored_without);
  const bool is_told = after.lacks_index && after.index_upkeep != IndexUpkeep::anew;
  if (after.index_upkeep != IndexUpkeep::none && !is_told) keep_up_index(after.index_upkeep);
  return seen;
}

void LocalDesk::explain(const Call& call, const Context::Explanation& explanation, Error& refusal) {
  if (!explanation) return;
  try {
    read_in(call, [&](Context& context) { explanation(context, refusal); });
  } catch (const Error&) {
  }
}

void LocalDesk::tell(IndexDamage damage) const {
  if (options_.on_index_damage) options_.on_index_damage(damage);
}

// What was asked is done; whoever cannot go on here, as the desk is busy or has no room, leaves the rest to the next
// who files. What is damaged is written down, so that everybody says so until somebody has the index made anew.
void LocalDesk::keep_up_index(IndexUpkeep upkeep) {
  bool throws_away = upkeep == IndexUpkeep::anew;
  for (bool again = true; again;) {
    try {
      return go_on_with_index(upkeep);
    } catch (const Error& error) {
      if (!index::is_of_index(error)) return;
    }
    again = std::exchange(throws_away, false);
    try {
      settle_index_damage(again);
    } catch (const Error&) {
      return;
    }
  }
}

void LocalDesk::settle_index_damage(bool throws_away) {
  bool is_news = false;
  {
    const auto inside = gate_->enter(upkeep_patience);
    store::Transaction transaction(*connection_, store::Transaction::Kind::write);
    if (throws_away)
      throw_index_away(*connection_);
    else
      is_news = remember_index_damage(*connection_);
    transaction.commit();
  }
  if (is_news) tell(IndexDamage::not_kept_up);
}

// In transactions of its own, with the gate left between them.
void LocalDesk::go_on_with_index(IndexUpkeep upkeep) {
  const bool to_its_end = upkeep >= IndexUpkeep::whole;
  const auto build_until = std::chrono::steady_clock::now() + build_patience;
  const auto builds_on = [&] { return to_its_end || std::chrono::steady_clock::now() < build_until; };
  if (upkeep == IndexUpkeep::anew && has_unused_pages(*connection_)) {
    tell(IndexDamage::file_rewritten);
    const auto inside = gate_->enter(upkeep_patience);
    give_back_unused_pages(*connection_);
  }
  index::Merging merging(*connection_);
  bool looks_late = to_its_end;
  for (;;) {
    const bool builds = builds_on() && index::built(*connection_);
    const bool merges = index::wants_merge(*connection_);
    looks_late = looks_late || builds;
    const bool looks = looks_late && !builds && !merges && builds_on() && wants_late_look(*connection_);
    if (!builds && !merges && !looks) return;
    if (builds && options_.on_indexing) options_.on_indexing(*index_progress(*connection_));
    {
      // Whoever files builds on only while nobody else wants to change anything.
      const auto inside = gate_->enter(merges || to_its_end ? upkeep_patience : no_patience);
      store::Transaction transaction(*connection_, store::Transaction::Kind::write);
      if (merges)
        merging.step();
      else if (looks)
        late_look_step(*connection_, read_desk_time(*connection_, clock_, Access::read).now, upkeep_slice);
      else
        build_index_step(*connection_, upkeep_slice);
      transaction.commit();
    }
    // Of a merge each who files makes one step, so that nobody waits for all of it.
    if (merges && !builds && upkeep == IndexUpkeep::some) return;
    std::this_thread::sleep_for(upkeep_pause);
  }
}

// Each step of a change, or what it came to before.
void LocalDesk::take_steps(Context& context, const Call& call, std::span<Step> steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto& step = steps[i];
    context.require(step.spec->role);
    const RequestStep request{call.request_id.value_or(""), i, steps.size()};
    if (call.request_id && replay(context, request, *step.spec, step.operation, step.result)) {
      step.replayed = true;
      continue;
    }
    step.spec->run(context, step.operation, step.result);
    if (call.request_id) remember(context, request, *step.spec, step.operation, step.result);
  }
}

// A ticket is worth more than its place in the index.
ClockSeen LocalDesk::change_or_leave_index(const Call& call, std::span<Step> steps, Aftermath& after) {
  try {
    return change_inside(call, steps, true, after);
  } catch (const Error& error) {
    if (!index::is_of_index(error)) throw;
  }
  after = {};
  for (auto& step : steps) step.replayed = false;
  return change_inside(call, steps, false, after);
}

ClockSeen LocalDesk::change_inside(const Call& call, std::span<Step> steps, bool uses_index, Aftermath& after) {
  if (!gate_ && !store::lies_on_read_only_medium(options_.directory)) {
    throw Error(ErrorCode::no_space).with("path", connection_->path());
  }
  if (!gate_) throw desk_unreachable(options_.directory, EROFS);
  const auto inside = gate_->enter(call.patience);
  store::Transaction transaction(*connection_, store::Transaction::Kind::write);
  const auto trusted = vouched(steps);
  const auto time = read_desk_time(*connection_, clock_, Access::write, trusted);
  const bool lets_time_pass = std::ranges::all_of(steps, [](const Step& step) { return step.spec == &TickDesk::spec; });
  Context context(*connection_, time.now, agent_who_asks(*connection_, call.caller, lets_time_pass), true);
  context.expect_version(call.if_version);
  if (!uses_index) context.go_without_index();
  try {
    let_time_pass(context, time, trusted);
    take_steps(context, call, steps);
  } catch (const Error&) {
    after.signals = context.signals();
    after.explanation = context.explanation();
    throw;
  }
  after.signals = context.signals();
  if (call.dry_run) return time.seen;
  store_desk_time(*connection_, clock_, time);
  if (context.leaves_index()) remember_index_damage(*connection_);
  const bool something_happened = !context.logged().empty();
  const bool has_hooks = something_happened && hooks_.has_hooks();
  if (has_hooks) tell_hooks(context);
  transaction.commit();
  after.bells = context.bells();
  after.rings_desk = something_happened;
  after.starts_hooks = has_hooks;
  after.lacks_index = context.leaves_index();
  after.index_upkeep = context.index_upkeep();
  return time.seen;
}

void LocalDesk::tell_hooks(Context& context) {
  const auto first = first_event(context);
  begin_hook_cursor(*connection_, first);
  if (options_.hook_depth == 0) return;
  store_hook_depth(*connection_, first, read_head(*connection_).number, options_.hook_depth);
}

template <class Look>
ClockSeen LocalDesk::read_in(const Call& call, const Look& look) {
  store::Transaction transaction(*connection_, store::Transaction::Kind::read);
  const auto time = read_desk_time(*connection_, clock_, Access::read);
  Context context(*connection_, time.now, agent_who_asks(*connection_, call.caller, false), false);
  context.see_clock(time.seen);
  look(context);
  // Nothing to commit; and where something damaged was passed over, SQLite commits nothing.
  return time.seen;
}

ClockSeen LocalDesk::read(const Call& call, std::span<Step> steps) {
  return read_in(call, [&](Context& context) {
    for (auto& step : steps) {
      context.require(step.spec->role);
      step.spec->run(context, step.operation, step.result);
    }
  });
}

}  // namespace gilir
