#include "tests/simulation/world.h"

#include "core/lock/rows.h"

namespace gilir::simulation {

World::World(std::uint64_t seed, Guardians guardians, const Rules& rules, std::ostream* trace)
    : chance_(seed), guardians_(guardians), rules_(rules), trace_(trace), desk_(rules, oracle_) {
  for (int i = static_cast<int>(chance_.between(2, 5)); i > 0; --i) agents_.push_back({"agent-" + std::to_string(i)});
  for (int i = static_cast<int>(chance_.between(1, 3)); i > 0; --i) servers_.push_back({"server-" + std::to_string(i)});
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
    tell(name.value, ": seats ", server.seats, ", logins ", server.logins, ", term ", server.term.count(), ", delay ",
         server.lock_delay.count(), ", offer ", server.offer_time.count());
  }
}

Now World::now() const {
  return {WallTime(Milliseconds(time_ + wall_offset_)), BootTime(Milliseconds(time_ - boot_offset_))};
}

std::string World::run(std::int64_t steps) {
  while (oracle_.problem().empty() && desk_.steps() < steps) {
    pass_time();
    // At one instant sessions are cut first: a deadline is over at its instant, for both sides.
    target_.end_works(time_);
    if (cut_due_session() || deliver_due_message() || wake_due_process() || wake_due_knocker()) continue;
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
  for (const Knocker& knocker : knockers_) next = std::min(next, std::min(knocker.wakes, knocker.until));
  if (const auto due = next_due(desk_.locks())) next = std::min(next, due->time_since_epoch().count() + boot_offset_);
  time_ = std::max(time_, next);
}

bool World::cut_due_session() {
  std::vector<Session>& sessions = target_.sessions();
  const auto due =
      std::find_if(sessions.begin(), sessions.end(), [&](const Session& each) { return each.cut_at <= time_; });
  if (due == sessions.end()) return false;
  const bool alone = due->process < 0 || processes_[static_cast<std::size_t>(due->process)].resumes > time_;
  if (alone && guardians_ == Guardians::late && !due->overdue) {
    due->overdue = true;
    due->cut_at += row_of(desk_.locks().servers, &ServerLock::server, due->server).lock_delay.count();
    return true;
  }
  tell("cut ", due->agent.value, " at ", due->server.value, " hold ", due->hold.value);
  if (alone) {
    let_work_run_on(*due);
    sessions.erase(due);
  } else
    stop_working(processes_[static_cast<std::size_t>(due->process)]);
  return true;
}

// Where a leash ends what a session ran, it is done within the server's lock delay from the connection's end.
void World::let_work_run_on(const Session& session) {
  if (guardians_ == Guardians::late) return;
  const ServerLock& server = row_of(desk_.locks().servers, &ServerLock::server, session.server);
  target_.outlive(session, time_ + chance_.between(0, server.lock_delay.count()));
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

bool World::wake_due_knocker() {
  const auto due = std::find_if(knockers_.begin(), knockers_.end(),
                                [&](const Knocker& each) { return std::min(each.wakes, each.until) <= time_; });
  if (due == knockers_.end()) return false;
  if (due->until <= time_) {
    if (chance_.percent(50)) desk_.perform(WithdrawDemand{due->lease, due->server, due->agent}, now());
    tell(due->agent.value, " who knocked at ", due->server.value, " goes");
    knockers_.erase(due);
    return true;
  }
  due->wakes = time_ + chance_.between(100, 9'000);
  desk_.perform(KeepAsking{due->lease, due->server, due->agent}, now());
  return true;
}

void World::happen() {
  happens_ = time_ + chance_.between(0, 15'000);
  Process& process =
      processes_[static_cast<std::size_t>(chance_.between(0, static_cast<std::int64_t>(processes_.size()) - 1))];
  switch (chance_.between(0, 19)) {
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
      const auto which = static_cast<std::size_t>(chance_.between(0, static_cast<std::int64_t>(servers_.size()) - 1));
      ServerLock server = row_of(desk_.locks().servers, &ServerLock::server, servers_[which]);
      server.term = Milliseconds(chance_.between(2'000, 20'000));
      server.offer_time = Milliseconds(chance_.between(1'000, 15'000));
      tell("term of ", server.server.value, " is ", server.term.count());
      desk_.perform(Configure{server}, now());
      return;
    }
    case 13:
    case 14:
    case 15:
    case 16:
      return ask_a_holder();
    default:
      return;
  }
}

// Somebody knocks or breaks, or the holder hands over, grants or denies; about the lease as it stands or, as happens
// when a message was on its way for long, about one that is over.
void World::ask_a_holder() {
  const std::vector<Lease>& leases = desk_.locks().leases;
  if (leases.empty()) return;
  const auto pick = [&](const auto& rows) {
    return rows[static_cast<std::size_t>(chance_.between(0, static_cast<std::int64_t>(rows.size()) - 1))];
  };
  Lease lease = pick(leases);
  // What is asked already is what happens most about.
  const std::vector<Demand>& demands = desk_.locks().demands;
  if (!demands.empty() && chance_.percent(50)) lease = row_of(leases, &Lease::lease, pick(demands).lease);
  if (chance_.percent(10)) lease.lease.value -= chance_.between(1, 3);
  const AgentName other = pick(agents_);
  if (chance_.percent(10)) {
    tell(other.value, " takes his knock at ", lease.server.value, " back");
    desk_.perform(WithdrawDemand{lease.lease, lease.server, other}, now());
    return;
  }
  if (chance_.percent(25)) {
    const AnswerDemand answer{lease.lease, lease.server, chance_.percent(90) ? lease.agent : other,
                              chance_.percent(50)};
    tell(answer.holder.value, answer.grant ? " grants" : " denies", " at ", lease.server.value);
    desk_.perform(answer, now());
    return;
  }
  if (chance_.percent(35)) return show_a_question(lease);
  AskHolder ask{lease.lease,
                lease.server,
                DemandKind::knock,
                other,
                {},
                chance_.percent(70) ? "" : "again",
                Milliseconds(chance_.between(0, 30'000)),
                false};
  const auto kind = chance_.between(0, 2);
  if (kind == 1) ask.kind = DemandKind::break_, ask.at_once = chance_.percent(30);
  if (kind == 2) ask.kind = DemandKind::hand_over, ask.by = lease.agent, ask.to = other;
  if (ask.to == lease.agent) return;
  ask.stays = kind == 0 && chance_.percent(60);
  tell(ask.by.value, ": ", enum_name(ask.kind), " at ", lease.server.value, " lease ", ask.lease.value, " to ",
       ask.to.value);
  const Outcome outcome = desk_.perform(ask, now());
  if (ask.stays && std::holds_alternative<Asked>(outcome))
    knockers_.push_back({ask.lease, ask.server, ask.by, time_, time_ + chance_.between(0, 40'000)});
}

// A session of the lease shows what is asked, or says so late.
void World::show_a_question(const Lease& lease) {
  const Locks& locks = desk_.locks();
  for (const Hold& hold : locks.holds) {
    const Demand* demand = find_row(locks.demands, &Demand::lease, hold.lease);
    if (hold.lease != lease.lease || demand == nullptr || chance_.percent(20)) continue;
    const QuestionShown shown{chance_.percent(90) ? demand->demand : DemandId{1}, hold.lease, hold.hold};
    tell("hold ", hold.hold.value, " at ", lease.server.value, " shows demand ", shown.demand.value);
    desk_.perform(shown, now());
    return;
  }
}

// A lease of another agent's to steal, or one that is offered to the process's agent.
std::optional<TakeOver> World::something_to_take(Process& process) {
  const ServerName& server = process.ask.servers.front();
  for (const Demand& demand : desk_.locks().demands) {
    if (demand.server == server && demand.to == process.ask.agent)
      return TakeOver{demand.lease, DemandKind::hand_over, "", {}, false};
  }
  if (!chance_.percent(15)) return std::nullopt;
  for (const Lease& lease : desk_.locks().leases) {
    if (lease.server != server || lease.agent == process.ask.agent) continue;
    return TakeOver{lease.lease, DemandKind::steal, "", Milliseconds(chance_.between(0, 30'000)), chance_.percent(20)};
  }
  return std::nullopt;
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
      const Demand* demand = find_row(locks.demands, &Demand::lease, lease.lease);
      const bool must_end = demand && (demand->kind == DemandKind::break_ || demand->kind == DemandKind::steal);
      if (!must_end && find_row(locks.places, &Place::agent, lease.agent)) continue;
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
