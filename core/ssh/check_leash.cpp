#include "core/ssh/check_leash.h"

#include "core/base/error.h"
#include "core/ssh/session_channel.h"

namespace gilir {
namespace {

constexpr Milliseconds answer_limit{15'000};
constexpr Milliseconds end_limit{5000};
constexpr Milliseconds grace{300};
// It heeds nothing but KILL, and would end by itself should everything fail.
constexpr const char* stubborn_command =
    "exec /bin/sh -c 'trap \"\" HUP INT TERM; i=0; while [ $i -lt 60 ]; do sleep 1; i=$((i+1)); done'";

class Check {
 public:
  Check(SshSession& session, Supervision& supervision)
      : parts_(session.parts()), supervision_(supervision), event_(::ssh_event_new()), leash_(parts_) {
    ::ssh_event_add_session(event_.get(), parts_.session.get());
  }
  ~Check() {
    if (parts_.session) ::ssh_event_remove_session(event_.get(), parts_.session.get());
  }
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  LeashCheck run() {
    leash_.advance();
    serve(answer_limit, [&] { return leash_.is_ready() || leash_.is_settled(); });
    if (!leash_.is_ready() || leash_.is_settled()) return failure();
    try {
      SessionRequest request;
      request.command = stubborn_command;
      const bool had_work = parts_.work_may_run;
      SessionChannel command(parts_, request, std::nullopt, supervision_, &leash_);
      const auto found = end(command);
      if (found == LeashCheck::fit) parts_.work_may_run = had_work;
      return found;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::connection_lost || ::ssh_is_connected(parts_.session.get()) == 0) throw;
      return LeashCheck::no_channel;
    }
  }

 private:
  LeashCheck end(SessionChannel& command) {
    leash_.look_after(grace);
    serve(answer_limit, [&] { return leash_.has_session() || leash_.is_settled(); });
    if (!leash_.has_session()) return leash_.is_settled() ? failure() : LeashCheck::unseen;
    leash_.let_go();
    serve(end_limit, [&] { return leash_.is_settled() && command.is_closed(); });
    // A login shell that was still starting heeds the first of the leash's signals.
    const auto& by = command.exit_signal();
    const bool is_over = leash_.answer() == Leash::Answer::over && (by == "KILL" || by == "HUP" || by == "TERM");
    return is_over ? LeashCheck::fit : LeashCheck::not_ended;
  }

  void serve(Milliseconds limit, const std::function<bool()>& is_done) {
    serve_until(parts_, event_.get(), supervision_, boot_now() + limit, [&] {
      leash_.advance();
      return is_done();
    });
    supervision_.throw_if_over();
  }

  LeashCheck failure() const {
    switch (leash_.failure()) {
      case Leash::Failure::no_channel:
        return LeashCheck::no_channel;
      case Leash::Failure::forced:
        return LeashCheck::forced;
      case Leash::Failure::unseen:
        return LeashCheck::unseen;
      default:
        return LeashCheck::no_shell;
    }
  }

  SshSession::Parts& parts_;
  Supervision& supervision_;
  SshEvent event_;
  Leash leash_;
};

}  // namespace

LeashCheck check_leash(SshSession& session, Supervision& supervision) {
  return Check(session, supervision).run();
}

}  // namespace gilir
