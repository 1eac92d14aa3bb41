// The leash: a second channel beside a session's, which knows whether what the session runs is over, and ends it.
//
// A connection's end proves nothing about the work at its other end: sshd sends no signal to a command without a
// terminal, a hang-up can be ignored, and a quiet command runs on for hours. The leash is a shell at the target that
// waits until it is told that the session must end, or until its input has ended and the connection's process there is
// gone, as when this process is killed. The end of its input alone proves nothing: a server may close a channel that is
// quiet. Then it ends every process of the session that it was told to look after (HUP, TERM and CONT, then KILL),
// looks again, and says whether any is left. It follows the sessions that were begun from there (setsid, sudo with a
// terminal of its own), while their parents are there.
//
// A life: open() and advance() as often as the connection is served; look_after() once the command's channel was
// accepted; let_go(); is_settled(). Nothing here waits or throws; a leash that cannot be had has failed, and then
// nothing but the exit status tells that a session is over.
//
// Only for a target that was seen to take it (`gilir server check`): where sshd forces a command, that command runs
// for each channel, so that a backup would run twice.
#pragma once

#include <libssh/callbacks.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/ssh/ssh_parts.h"

namespace gilir {

// Not movable: libssh keeps a pointer into it. Not thread-safe.
class Leash {
 public:
  enum class Failure {
    none,
    no_channel,  // the server opens no second session on a connection
    no_shell,    // the channel ended, or something else answered
    forced,      // the server runs a command of its own instead of, or around, what is asked for
    unseen,      // the target does not show which processes a session has
  };
  enum class Answer {
    none,
    over,     // no process is left
    left,     // some could not be ended
    unknown,  // there was no session to look after
  };

  explicit Leash(SshSession::Parts& parts);
  ~Leash();
  Leash(const Leash&) = delete;
  Leash& operator=(const Leash&) = delete;

  // Asks for the channel. To be called beside the command's own opening.
  void open();
  // Starts the shell and sends what is to be sent, as far as the server has answered.
  void advance();
  // The command's channel was accepted. At the end its processes have `grace` to end by themselves.
  void look_after(Milliseconds grace);
  // The session must end now.
  void let_go();

  bool is_ready() const { return is_ready_; }
  // It has seen the session that it looks after.
  bool has_session() const { return has_session_; }
  Answer answer() const { return answer_; }
  Failure failure() const { return failure_; }
  // Nothing more will be heard of it.
  bool is_settled() const { return answer_ != Answer::none || failure_ != Failure::none; }

 private:
  enum class State { closed, opening, starting, running };

  void say(const std::string& line);
  void fail(Failure failure);
  void hear(const char* bytes, std::size_t count);
  void hear_line(std::string_view line);

  SshSession::Parts& parts_;
  SshChannel channel_;
  ssh_channel_callbacks_struct callbacks_{};
  State state_ = State::closed;
  std::uint32_t numbers_[2] = {};  // whose sum only a shell that runs our line can answer
  std::string heard_;
  std::string number_;  // its process, which it wants to be told
  std::optional<Milliseconds> grace_;
  bool was_told_ = false;  // to look
  bool may_go_ = false;    // its input may end
  bool has_gone_ = false;
  bool is_ready_ = false;
  bool has_session_ = false;
  Answer answer_ = Answer::none;
  Failure failure_ = Failure::none;
};

// The line that a leash's shell is given: for sh, csh and fish alike.
std::string leash_line(std::uint32_t first, std::uint32_t second);

// Serves the connection, through `event`, until `is_done`, at most until `until`. False when the time, the connection,
// the permit or a person's patience (a signal) ended first. The lock is renewed meanwhile, unless it is lost.
bool serve_until(SshSession::Parts& parts, ssh_event event, Supervision& supervision, BootTime until,
                 const std::function<bool()>& is_done);

}  // namespace gilir
