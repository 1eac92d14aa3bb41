// What one simulated client process knows: gilir ssh, gilir with or gilir lock acquire on some machine. It
// keeps to DESIGN §4: it counts each deadline from before it sent what was acknowledged, and has a session
// open only while it believes that it may.
#pragma once

#include "tests/simulation/desk.h"

namespace gilir::simulation {

// Real time in ms since the simulation began; the boot clock runs beside it.
using RealTime = std::int64_t;
inline constexpr RealTime never = INT64_MAX;

struct HeldSeat {
  GrantedSeat seat;
  RealTime cut = 0;  // when its session must be over
};

struct Process {
  enum class Doing { nothing, asking, waiting, working } doing = Doing::nothing;
  int life = 0;           // messages to an earlier life find nobody
  RealTime wakes = 0;     // next thing it does by itself
  RealTime resumes = 0;   // stopped until then
  RealTime patience = 0;  // leaves the line then
  RealTime works_until = 0;
  RequestId request = 0;  // the change it waits for an answer to
  int tries = 0;
  Acquire ask;
  WaitId wait;
  std::vector<HeldSeat> held;
};

// Who knocked and stays for the answer.
struct Knocker {
  LeaseId lease;
  ServerName server;
  AgentName agent;
  RealTime wakes = 0;  // looks then what has become of it, and is seen to be there
  RealTime until = 0;  // goes then, taking the knock back or dying
};

struct Message {
  RealTime at = 0;
  RealTime sent = 0;  // when its sender sent the request of which it is, or which it answers
  int process = 0;
  int life = 0;
  RequestId request = 0;
  Request payload;                // on the way to the desk
  std::optional<Outcome> answer;  // on the way back
  BootTime answered{};            // the desk's time of it, to tell how long its deadlines run
};

}  // namespace gilir::simulation
