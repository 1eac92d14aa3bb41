#include "tests/simulation/world.h"

#include "core/lock/rows.h"

namespace gilir::simulation {

World::World(std::uint64_t seed, Guardians guardians, const Rules& rules, std::ostream* trace)
    : chance_(seed), guardians_(guardians), rules_(rules), trace_(trace), desk_(rules, oracle_) {
  for (int i = static_cast<int>(chance_.between(2, 5)); i > 0; --i)
    agents_.push_back({"agent-" + std::to_string(i)});
  for (int i = static_cast<int>(chance_.between(1, 3)); i > 0; --i)
    servers_.push_back({"server-" + std::to_string(i)});
  processes_.resize(static_cast<std::size_t>(chance_.between(3, 9)));
  for (Process& process : processes_) process.wakes = chance_.between(0, 10'000);
  for (const ServerName& name : servers_) {
    ServerLock server;
    server.server = name;
    server.seats = static_cast<int>(chance_.percent(60) ? 1 : chance_.between(2, 3));
    server.logins = static_cast<int>(chance_.percent(60) ? 1 : chance_.between(0, 3));
    server.term = Milliseconds(chance_.between(2'000, 20'000));
    server.lock_delay = Milliseconds(chance_.percent(20) ? 0 : chance_.between(1, 10'000));
    server.offer_time = Milliseconds(chance_.between(1'000, 15'000));
    desk_.perform(Configure{server}, now());
    tell(name.value, ": seats ", server.seats, ", logins ", server.logins, ", term ", server.term.count(),
         ", delay ", server.lock_delay.count(), ", offer ", server.offer_time.count());
  }
}

Now World::now() const {
  return {WallTime(Milliseconds(time_ + wall_offset_)), BootTime(Milliseconds(time_ - boot_offset_))};
}

std::string World::run(std::int64_t steps) {
  while (oracle_.problem().empty() && desk_.steps() < steps) {
    pass_time();
    // At one instant sessions are cut first: a deadline is over at its instant, for both sides.
    if (cut_due_session() || deliver_due_message() || wake_due_process()) continue;
    if (happens_ <= time_)
      happen();
    else
      desk_.settle(now());
    if (desk_.steps() - probed_ > 2'000) probe_liveness();
  }
  return oracle_.problem();
}

// To the next instant at which anything happens.
void World::pass_time() {
  RealTime next = happens_;
  for (const Session& session : target_.sessions()) next = std::min(next, session.cut_at);
  for (const Message& message : messages_) next = std::min(next, message.at);
  for (const Process& process : processes_) next = std::min(next, std::max(process.wakes, process.resumes));
  if (const auto due = next_due(desk_.locks()))
    next = std::min(next, due->time_since_epoch().count() + boot_offset_);
  time_ = std::max(time_, next);
}

bool World::cut_due_session() {
  std::vector<Session>& sessions = target_.sessions();
  const auto due = std::find_if(sessions.begin(), sessions.end(),
                                [&](const Session& each) { return each.cut_at <= time_; });
  if (due == sessions.end()) return false;
  const bool alone = due->process < 0 || processes_[static_cast<std::size_t>(due->process)].resumes > time_;
  if (alone && guardians_ == Guardians::late && !due->overdue) {
    due->overdue = true;
    due->cut_at += row_of(desk_.locks().servers, &ServerLock::server, due->server).lock_delay.count();
    return true;
  }
  tell("cut ", due->agent.value, " at ", due->server.value, " hold ", due->hold.value);
  if (alone)
    sessions.erase(due);
  else
    stop_working(processes_[static_cast<std::size_t>(due->process)]);
  return true;
}

bool World::deliver_due_message() {
  const auto due =
      std::find_if(messages_.begin(), messages_.end(), [&](const Message& each) { return each.at <= time_; });
  if (due == messages_.end()) return false;
  Message message = std::move(*due);
  *due = std::move(messages_.back());
  messages_.pop_back();
  if (!message.answer) {
    arrive_at_desk(message);
    return true;
  }
  Process& process = processes_[static_cast<std::size_t>(message.process)];
  if (process.life != message.life) return true;
  if (process.resumes > time_) {
    message.at = process.resumes;
    messages_.push_back(std::move(message));
    return true;
  }
  arrive_at_process(process, message);
  return true;
}

bool World::wake_due_process() {
  for (Process& process : processes_) {
    if (std::max(process.wakes, process.resumes) > time_) continue;
    wake(process);
    return true;
  }
  return false;
}

void World::happen() {
  happens_ = time_ + chance_.between(0, 15'000);
  Process& process = processes_[static_cast<std::size_t>(
      chance_.between(0, static_cast<std::int64_t>(processes_.size()) - 1))];
  switch (chance_.between(0, 15)) {
    case 0:
    case 1:
    case 2:
      return crash(process);
    case 3:
    case 4:
    case 5:
      return freeze(process);
    case 6:
    case 7: {
      const TicketMerged merged{any_ticket(), any_ticket()};
      if (merged.source == merged.target) return;
      tell("merge ", merged.source.value, " into ", merged.target.value);
      desk_.perform(merged, now());
      return;
    }
    case 8: {
      const TicketFinished finished{any_ticket()};
      tell("finish ", finished.ticket.value);
      desk_.perform(finished, now());
      return;
    }
    case 9:
    case 10:
      wall_offset_ += chance_.between(-1'000'000, 1'000'000);
      tell("wall clock jumps");
      return;
    case 11:
      if (chance_.percent(20)) reboot();
      return;
    case 12: {
      const auto which =
          static_cast<std::size_t>(chance_.between(0, static_cast<std::int64_t>(servers_.size()) - 1));
      ServerLock server = row_of(desk_.locks().servers, &ServerLock::server, servers_[which]);
      server.term = Milliseconds(chance_.between(2'000, 20'000));
      server.offer_time = Milliseconds(chance_.between(1'000, 15'000));
      tell("term of ", server.server.value, " is ", server.term.count());
      desk_.perform(Configure{server}, now());
      return;
    }
    default:
      return;
  }
}

void World::crash(Process& process) {
  tell("process ", index(process), " crashes");
  const bool cut_at_once = chance_.percent(40);
  for (Session& session : target_.sessions()) {
    if (session.process != index(process)) continue;
    session.process = -1;
    if (cut_at_once) session.cut_at = time_, session.overdue = true;
  }
  end(process);
}

void World::freeze(Process& process) {
  process.resumes = time_ + chance_.between(1, chance_.percent(50) ? 3'000 : 60'000);
  tell("process ", index(process), " is stopped until ", process.resumes);
}

// The desk's machine starts anew: what was on its way is gone, and so are the processes that ran there.
void World::reboot() {
  tell("reboot");
  messages_.clear();
  for (Process& process : processes_) {
    if (chance_.percent(60)) crash(process);
  }
  boot_offset_ = time_ - chance_.between(1'000, 100'000);
  desk_.perform(Reboot{}, now());
}

// In the end everybody who waits must be served, if all who wait for nothing leave: no circle was let in.
void World::probe_liveness() {
  probed_ = desk_.steps();
  Locks locks = desk_.locks();
  const Now at = now();
  const auto step = [&](const Request& request) { locks = rules_.step(std::move(locks), request, at).locks; };
  for (const Wait& wait : std::vector<Wait>(locks.waits)) {
    if (row_of(locks.places, &Place::place, wait.place).passed_over) step(Leave{wait.wait});
  }
  while (!locks.places.empty()) {
    const LockCounters before = locks.last;
    const std::size_t rows = locks.holds.size() + locks.waits.size() + locks.unclosed.size();
    for (const Lease& lease : std::vector<Lease>(locks.leases)) {
      if (find_row(locks.places, &Place::agent, lease.agent)) continue;
      for (const Hold& hold : std::vector<Hold>(locks.holds)) {
        if (hold.lease == lease.lease) step(Release{hold.hold, hold.lease});
      }
    }
    for (const Unclosed& mark : std::vector<Unclosed>(locks.unclosed)) step(Release{mark.hold, mark.lease});
    // Every wait is renewed: it takes up its offer, or learns of a circle that a lost lease has closed.
    for (const Wait& wait : std::vector<Wait>(locks.waits)) {
      if (!find_row(locks.waits, &Wait::wait, wait.wait)) continue;
      Acquire renewal;
      renewal.agent = row_of(locks.places, &Place::place, wait.place).agent;
      renewal.in_line = wait.wait;
      step(renewal);
    }
    if (locks.last == before && rows == locks.holds.size() + locks.waits.size() + locks.unclosed.size()) {
      return oracle_.fail("agents wait for each other for ever");
    }
  }
}

}  // namespace gilir::simulation
