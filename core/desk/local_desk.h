// A desk in a directory of this machine, which belongs to one operating-system user:
//
//   desk.db        everything (SQLite, WAL)
//   gate           the write gate
//   bells/         one bell a server, and one for the desk
//   hooks/         programs that hear of events (core/hooks), when there are any
//
// The order inside a change is fixed: gate, begin, now, replayed?, authorise, the operation (which settles the
// servers it touches, applies the rules, stores rows and events), commit, gate off, signals, bells, hooks. When the
// index of texts turns out to be damaged, all that is rolled back and done again without it, once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/desk/desk.h"
#include "core/desk/desk_clock.h"
#include "core/desk/desk_directory.h"
#include "core/desk/fresh_permits.h"
#include "core/hooks/hook_starter.h"
#include "core/operations/context.h"
#include "core/operations/index_upkeep.h"
#include "core/operations/ticket/index_progress.h"
#include "core/process/process_group.h"
#include "core/store/bell.h"
#include "core/store/connection.h"
#include "core/store/write_gate.h"

namespace gilir {

enum class IndexDamage {
  stored_without,  // the change was stored without it
  not_kept_up,     // it could not be kept up afterwards
  file_rewritten,  // it was thrown away, and now the file is written anew without what it took
};

struct LocalDeskOptions {
  std::string directory;
  // Name of a registered SQLite VFS; tests inject faults with it.
  const char* vfs = nullptr;
  // gilir's own executable, to start the runner of the desk's hooks with; "": hooks do not run.
  std::string program = {};
  // How deep in hooks the changes are made: core/hooks/hook_depth.h.
  int hook_depth = 0;
  // Hears how far the index is, before each slice of building it that this process does, and with the gate left.
  std::function<void(const IndexProgress&)> on_indexing = {};
  // Hears, after a change that was stored, what had to be done because the index is damaged.
  std::function<void(IndexDamage)> on_index_damage = {};
  // Hears, while an older gilir's session has to renew its lock before the schema may change, what is waited for: again
  // and again, and with the gate left. Without it nothing is waited for.
  std::function<void(const FreshPermit&)> on_waiting = {};
};

struct NewDesk {
  std::string name;
  AgentName admin;
};

class LocalDesk final : public Desk {
 public:
  // Opens an existing desk and brings its file up to date, see core/desk/fresh_permits.h. Error{no_desk, not_allowed,
  // network_desk, …}.
  LocalDesk(LocalDeskOptions options, const Clock& clock);

  // Makes a desk in a directory that is empty or missing, with `admin` as its first agent, in tier 1 and
  // present; one whose making was cut short is finished. Error{exists} when there is a desk already.
  static void make(const LocalDeskOptions& options, const Clock& clock, const NewDesk& desk);

  EventNumber await(const std::vector<ServerName>& servers, EventNumber after, Milliseconds limit,
                    int interrupt) override;
  int descriptor_of(const std::vector<ServerName>& servers) override;
  std::string address() const override { return options_.directory; }

 protected:
  ClockSeen run(const Call& call, std::span<Step> steps) override;

 private:
  // What a change leads to outside of the desk, once its transaction is over and the gate is free.
  struct Aftermath {
    std::vector<GroupSignal> signals;
    Context::Explanation explanation;
    std::set<ServerName> bells;
    bool rings_desk = false;
    bool starts_hooks = false;
    bool lacks_index = false;
    IndexUpkeep index_upkeep = IndexUpkeep::none;
  };

  // Leaves the refusal as it is when more cannot be told.
  void explain(const Call& call, const Context::Explanation& explanation, Error& refusal);
  void keep_up_index(IndexUpkeep upkeep);
  void go_on_with_index(IndexUpkeep upkeep);
  void settle_index_damage(bool throws_away);
  void tell(IndexDamage damage) const;
  void open_file();
  void open_again_to_write();
  void check_file() const;
  ClockSeen change(const Call& call, std::span<Step> steps);
  ClockSeen change_or_leave_index(const Call& call, std::span<Step> steps, Aftermath& after);
  ClockSeen change_inside(const Call& call, std::span<Step> steps, bool uses_index, Aftermath& after);
  static void take_steps(Context& context, const Call& call, std::span<Step> steps);
  static Vouched vouched(std::span<Step> steps);
  void tell_hooks(Context& context);
  ClockSeen read(const Call& call, std::span<Step> steps);
  // `look` is called with the context.
  template <class Look>
  ClockSeen read_in(const Call& call, const Look& look);
  store::BellWatch& watch(const std::vector<ServerName>& servers);
  std::string bell(const ServerName& server) const;
  std::string desk_bell() const;

  LocalDeskOptions options_;
  DeskFile file_;
  const Clock& clock_;
  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<store::WriteGate> gate_;
  std::map<std::vector<ServerName>, store::BellWatch> watches_;
  HookStarter hooks_;
};

}  // namespace gilir
