// The servers themselves, which count the sessions that really stand and the work that really runs: I1 of DESIGN §4 as
// the target sees it.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/ids.h"

namespace gilir::simulation {

// A session stands from its opening until it is cut. `process` is -1 once nobody but the guardian is left.
struct Session {
  ServerName server;
  AgentName agent;
  HoldId hold;
  int process = -1;
  std::int64_t cut_at = 0;  // when the guardian ends it at the latest, real time in ms
  bool overdue = false;     // the guardian is late, within the lock delay
};

// What ran in a session and runs on without its connection, until its leash, or it itself, has ended it.
struct Work {
  ServerName server;
  AgentName agent;
  std::int64_t until = 0;  // real time in ms
};

class Target {
 public:
  // Returns what the target finds wrong, or "". `logins` is 0 where any number may stand.
  std::string open(Session session, int seats, int logins) {
    const ServerName server = session.server;
    const AgentName agent = session.agent;
    sessions_.push_back(std::move(session));
    std::vector<AgentName> agents;
    int own = 0;
    for (const Session& each : sessions_) {
      if (each.server != server) continue;
      own += each.agent == agent;
      if (std::find(agents.begin(), agents.end(), each.agent) == agents.end()) agents.push_back(each.agent);
    }
    if (static_cast<int>(agents.size()) > seats) return "I1: the target saw more agents than seats at " + server.value;
    for (const Work& work : works_) {
      if (work.server != server || std::find(agents.begin(), agents.end(), work.agent) != agents.end()) continue;
      agents.push_back(work.agent);
    }
    if (static_cast<int>(agents.size()) > seats) return "I1: an agent's work still ran at " + server.value;
    if (logins && own > logins) return "I1: the target saw more logins than it stands of " + agent.value;
    return "";
  }

  // The connection of a session ends here, its work at `until`.
  void outlive(const Session& session, std::int64_t until) { works_.push_back({session.server, session.agent, until}); }
  void end_works(std::int64_t now) {
    std::erase_if(works_, [&](const Work& work) { return work.until <= now; });
  }

  std::vector<Session>& sessions() { return sessions_; }
  bool stands(int process) const {
    return std::any_of(sessions_.begin(), sessions_.end(),
                       [&](const Session& session) { return session.process == process; });
  }
  void close_all_of(int process) {
    std::erase_if(sessions_, [&](const Session& session) { return session.process == process; });
  }

 private:
  std::vector<Session> sessions_;
  std::vector<Work> works_;
};

}  // namespace gilir::simulation
