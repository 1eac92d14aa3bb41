// One simulated office: agents' processes that start, crash, stop and come back, a network that delays, loses
// and repeats, tickets that are merged and finished, clocks that jump, a desk that is rebooted; everything
// decided by one seed. Runs until the oracle or the target objects.
#pragma once

#include <ostream>

#include "tests/simulation/chance.h"
#include "tests/simulation/process.h"
#include "tests/simulation/target.h"

namespace gilir::simulation {

// How well guardians keep time.
enum class Guardians {
  punctual,  // cut at the deadline
  late,      // cut late, but within the server's lock delay, as when a child must be killed twice
};

class World {
 public:
  // `trace` tells each happening, a line each, when it is not null. Borrows both.
  World(std::uint64_t seed, Guardians guardians, const Rules& rules, std::ostream* trace = nullptr);

  // Runs until `steps` steps of the arbiter are done in all, or something is wrong. Returns what, or "".
  std::string run(std::int64_t steps);
  std::int64_t steps() const { return desk_.steps(); }

 private:
  using Doing = Process::Doing;

  Now now() const;
  void pass_time();
  bool cut_due_session();
  void let_work_run_on(const Session& session);
  bool deliver_due_message();
  bool wake_due_process();
  bool wake_due_knocker();

  void start(Process& process);
  void send(Process& process, Request payload, RequestId request);
  void send_acquire(Process& process, RequestId request);
  void send_releases(Process& process, bool over);
  void post(Message message);
  RealTime delay();

  void arrive_at_desk(Message& message);
  void arrive_at_process(Process& process, const Message& message);
  void take_grant(Process& process, const Granted& granted, const Message& message);
  void take_renewal(Process& process, const Renewed& renewed, const Message& message);
  RealTime cut_of(const Process& process, HoldId hold) const;
  void go_on_waiting(Process& process, const Waiting& waiting);

  void wake(Process& process);
  void retry(Process& process);
  void poll(Process& process);
  void work_on(Process& process);
  void stop_working(Process& process);
  void end(Process& process);
  RealTime term_of(const Process& process) const;

  void happen();
  void ask_a_holder();
  void show_a_question(const Lease& lease);
  std::optional<TakeOver> something_to_take(Process& process);
  void crash(Process& process);
  void freeze(Process& process);
  void reboot();
  void probe_liveness();

  template <class... Parts>
  void tell(const Parts&... parts) const {
    if (trace_) ((*trace_ << time_ << ' ') << ... << parts) << '\n';
  }
  int index(const Process& process) const { return static_cast<int>(&process - processes_.data()); }
  TicketNumber any_ticket() { return TicketNumber{chance_.between(1, 6)}; }

  Chance chance_;
  Guardians guardians_;
  const Rules& rules_;
  std::ostream* trace_;
  Oracle oracle_;
  Desk desk_;
  Target target_;
  std::vector<AgentName> agents_;
  std::vector<ServerName> servers_;
  std::vector<Process> processes_;
  std::vector<Knocker> knockers_;
  std::vector<Message> messages_;
  RealTime time_ = 0;
  RealTime boot_offset_ = -1'000;
  RealTime wall_offset_ = 1'795'000'000'000;
  RealTime happens_ = 0;
  RequestId last_request_ = 0;
  std::int64_t probed_ = 0;
};

}  // namespace gilir::simulation
