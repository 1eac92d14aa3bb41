// What the processes of a simulated world do; the rest is in world.cpp.
#include "core/lock/rows.h"
#include "tests/simulation/world.h"

namespace gilir::simulation {

RealTime World::delay() {
  if (chance_.percent(70)) return chance_.between(0, 50);
  if (chance_.percent(80)) return chance_.between(0, 3'000);
  return chance_.between(0, 40'000);
}

void World::post(Message message) {
  if (chance_.percent(3)) return;
  if (chance_.percent(3)) {
    Message again = message;
    again.at = time_ + delay();
    messages_.push_back(std::move(again));
  }
  message.at = time_ + delay();
  messages_.push_back(std::move(message));
}

void World::send(Process& process, Request payload, RequestId request) {
  Message message;
  message.sent = time_;
  message.process = index(process);
  message.life = process.life;
  message.request = request;
  message.payload = std::move(payload);
  post(std::move(message));
}

void World::send_acquire(Process& process, RequestId request) {
  process.doing = Doing::asking;
  process.request = request;
  process.wakes = time_ + chance_.between(500, 5'000);
  send(process, process.ask, request);
}

void World::send_releases(Process& process, bool over) {
  for (const HeldSeat& held : process.held) {
    tell("process ", index(process), over ? " releases hold " : " closes hold ", held.seat.hold.value);
    send(process, Release{held.seat.hold, held.seat.lease, over}, 0);
  }
}

void World::start(Process& process) {
  Acquire ask;
  ask.agent = agents_[static_cast<std::size_t>(chance_.between(0, static_cast<std::int64_t>(agents_.size()) - 1))];
  const auto last = static_cast<std::int64_t>(servers_.size()) - 1;
  ask.servers = {servers_[static_cast<std::size_t>(chance_.between(0, last))]};
  while (chance_.percent(25)) ask.servers.push_back(servers_[static_cast<std::size_t>(chance_.between(0, last))]);
  if (chance_.percent(15)) ask.kind = HoldKind::timed;
  ask.duration = Milliseconds(chance_.between(1'000, 40'000));
  if (chance_.percent(80)) ask.ticket = any_ticket();
  ask.exclusive = chance_.percent(5);
  ask.wait = chance_.percent(75);
  process.ask = std::move(ask);
  if (process.ask.servers.size() == 1) process.ask.taking = something_to_take(process);
  if (process.ask.taking) process.ask.wait = true;
  process.patience = time_ + chance_.between(1'000, 120'000);
  process.tries = 0;
  send_acquire(process, ++last_request_);
  tell("process ", index(process), " of ", process.ask.agent.value, " asks for ", process.ask.servers.size(), " from ",
       process.ask.servers[0].value, " as ", last_request_);
}

void World::arrive_at_desk(Message& message) {
  const Outcome outcome = message.request ? desk_.perform(message.request, std::get<Acquire>(message.payload), now())
                                          : desk_.perform(message.payload, now());
  tell("desk answers process ", message.process, " request ", message.request, " of kind ", message.payload.index(),
       " with outcome ", outcome.index());
  message.answer = outcome;
  message.answered = desk_.locks().clock;
  message.payload = Leave{};
  post(std::move(message));
}

void World::arrive_at_process(Process& process, const Message& message) {
  const Outcome& outcome = *message.answer;
  if (process.doing == Doing::working) {
    if (message.request) return;
    if (const Renewed* renewed = std::get_if<Renewed>(&outcome)) return take_renewal(process, *renewed, message);
    if (const Lost* lost = std::get_if<Lost>(&outcome)) {
      const bool mine = std::any_of(process.held.begin(), process.held.end(),
                                    [&](const HeldSeat& held) { return held.seat.hold == lost->holds.at(0); });
      if (mine) stop_working(process);
    }
    return;
  }
  if (process.doing != Doing::asking || message.request != process.request) return;
  if (const Granted* granted = std::get_if<Granted>(&outcome)) return take_grant(process, *granted, message);
  if (const Waiting* waiting = std::get_if<Waiting>(&outcome)) return go_on_waiting(process, *waiting);
  end(process);
}

void World::take_grant(Process& process, const Granted& granted, const Message& message) {
  process.held.clear();
  bool in_time = true;
  for (const GrantedSeat& seat : granted.seats) {
    const RealTime cut = message.sent + (seat.deadline.at - message.answered).count();
    process.held.push_back({seat, cut});
    in_time = in_time && cut > time_;
  }
  process.works_until = time_ + chance_.between(0, 60'000);
  if (!in_time) return stop_working(process);
  process.doing = Doing::working;
  process.wakes = time_ + term_of(process) / 3;
  for (const HeldSeat& held : process.held) {
    if (process.ask.kind == HoldKind::timed) continue;
    const ServerLock& server = row_of(desk_.locks().servers, &ServerLock::server, held.seat.server);
    // An agent's own late sessions do not bind him, so only punctual guardians keep to his logins.
    const int logins = guardians_ == Guardians::punctual ? server.logins : 0;
    const RealTime cut = cut_of(process, held.seat.hold);
    tell("process ", index(process), " logs in at ", held.seat.server.value, " under hold ", held.seat.hold.value,
         " until ", cut);
    std::string problem =
        target_.open({held.seat.server, process.ask.agent, held.seat.hold, index(process), cut}, server.seats, logins);
    if (!problem.empty()) oracle_.fail(std::move(problem));
  }
}

void World::take_renewal(Process& process, const Renewed& renewed, const Message& message) {
  for (const RenewedHold& each : renewed.holds) {
    for (HeldSeat& held : process.held) {
      if (held.seat.hold != each.hold) continue;
      held.cut = std::max(held.cut, message.sent + (each.deadline.at - message.answered).count());
      held.seat.deadline = each.deadline;
    }
  }
  for (Session& session : target_.sessions()) {
    if (session.process == index(process)) session.cut_at = cut_of(process, session.hold);
  }
}

// Who loses one of a set has lost all, so a punctual guardian has one deadline, the earliest. A late one may
// have cut each session only just in time.
RealTime World::cut_of(const Process& process, HoldId hold) const {
  RealTime cut = never;
  for (const HeldSeat& held : process.held) {
    if (guardians_ == Guardians::punctual || held.seat.hold == hold) cut = std::min(cut, held.cut);
  }
  return cut;
}

void World::go_on_waiting(Process& process, const Waiting& waiting) {
  process.doing = Doing::waiting;
  process.wait = waiting.wait;
  process.tries = 0;
  process.wakes = waiting.offered ? time_ : time_ + chance_.between(100, 10'000);
}

void World::wake(Process& process) {
  switch (process.doing) {
    case Doing::nothing:
      return start(process);
    case Doing::asking:
      return retry(process);
    case Doing::waiting:
      return poll(process);
    case Doing::working:
      return work_on(process);
  }
}

// No answer yet: the same request again, which must not have a second effect, or never mind.
void World::retry(Process& process) {
  if (++process.tries > 4) return end(process);
  tell("process ", index(process), " repeats ", process.request);
  send_acquire(process, process.request);
}

void World::poll(Process& process) {
  if (time_ >= process.patience || chance_.percent(2)) {
    send(process, Leave{process.wait, time_ >= process.patience}, 0);
    return end(process);
  }
  process.ask.in_line = process.wait;
  send_acquire(process, ++last_request_);
}

RealTime World::term_of(const Process& process) const {
  RealTime term = never;
  for (const HeldSeat& held : process.held) term = std::min(term, held.seat.deadline.term.count());
  return term;
}

void World::work_on(Process& process) {
  if (time_ >= process.works_until) {
    // A timed hold may also be left to its end.
    if (process.ask.kind == HoldKind::timed && chance_.percent(50)) return end(process);
    return stop_working(process);
  }
  process.wakes = time_ + std::max<RealTime>(1, term_of(process) / chance_.between(3, 12));
  if (process.ask.kind == HoldKind::timed && chance_.percent(80)) return;
  Renew renew;
  for (const HeldSeat& held : process.held) renew.holds.push_back({held.seat.hold, held.seat.lease, held.seat.token});
  send(process, std::move(renew), 0);
}

// The sessions are closed first and reported then, never the other way. Whether their work is over is known (an exit
// status, a leash's answer) or not; then it may run on. Nothing is known of a session that the guardian cut while its
// process was stopped.
void World::stop_working(Process& process) {
  const auto standing = std::ranges::count(target_.sessions(), index(process), &Session::process);
  const bool may_know = process.ask.kind == HoldKind::timed || standing == std::ssize(process.held);
  const bool over = chance_.percent(60) && may_know;
  for (const Session& session : target_.sessions()) {
    if (session.process == index(process) && !over) let_work_run_on(session);
  }
  target_.close_all_of(index(process));
  send_releases(process, over || !rules_.clients_know_closed_from_over());
  end(process);
}

void World::end(Process& process) {
  const int life = process.life + 1;
  const RealTime resumes = process.resumes;
  process = {};
  process.life = life;
  process.resumes = resumes;
  process.wakes = time_ + chance_.between(0, 10'000);
}

}  // namespace gilir::simulation
