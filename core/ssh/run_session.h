// The session loop: one command or shell on an open connection, its bytes carried both ways.
//
// Guarantees: no byte is lost, repeated or reordered while the session lives; buffers are bounded (64 KiB
// each way, beside libssh's window of 1.25 MiB); a slow reader holds the server back and a slow server holds
// the local writer back; standard output and standard error stay apart; the end of local input is passed on
// while output continues. The permit is asked (Supervision::may_send) before every chunk of at most 32 KiB,
// and a chunk is only taken up when the one before has left for the kernel.
//
// Local signals: WINCH resizes the remote terminal; TSTP and CONT put the local one in order around a stop.
// HUP, INT, QUIT and TERM are sent to the remote command, which gets half a second to end by itself, then the
// session ends; a second signal ends it at once. USR1, USR2 and ALRM are sent to it and end nothing. With a remote
// terminal, Ctrl-C is a byte like any other. What is asked of the person (Supervision::banner) stands in the terminal's
// last line (core/ssh/status_line.h) until they answer with one of its keys (core/ssh/answer_keys.h), which in its
// first second are keys like any other; without a raw terminal it is a line of error output. As with ssh, a tilde and a
// dot at the start of a line end the session, whether the server answers or not: it gets HUP and half a second, and a
// second time ends it at once. At the cut the remote
// command is sent HUP. When it ends, however it does, the terminal gets back what the remote program has set and not
// taken back (core/process/terminal_traces.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/guardian/supervision.h"
#include "core/ssh/ssh_session.h"

namespace gilir {

// OpenSSH's server breaks a connection on which a longer packet arrives: 256 KiB, of which this leaves some for the
// rest of it.
inline constexpr std::size_t longest_remote_command = 255 * 1024;

struct SessionRequest {
  std::string command;    // empty: the login shell
  bool terminal = false;  // a pseudo-terminal of the size of standard_input's, which is made raw meanwhile
  std::string terminal_type = "xterm";  // $TERM
  // Told, before the session starts, that the server gives none: the session goes on without. May be empty.
  std::function<void()> hear_no_terminal{};
  // Sent before the session starts; the server takes which it likes. Each costs a round trip: libssh asks an answer to
  // every such request, and has one request of a channel on its way at a time.
  std::vector<std::pair<std::string, std::string>> environment{};
  // Borrowed. Output may be the same descriptor as another process's; none is made non-blocking for others.
  int standard_input = 0;
  int standard_output = 1;
  int standard_error = 2;
  bool send_input = true;  // false: as from /dev/null (ssh -n)
  // Keep a leash on it (core/ssh/leash.h), which only a server that was seen to take one may be sent.
  bool leash = false;
};

struct SessionResult {
  // What ran is over, and not only its connection: its exit status was seen, or its leash found no process left.
  // Children that left its session, or that it left behind before its status came, are not known of.
  bool is_over = false;
  std::optional<int> status{};       // the remote command's exit status
  std::string remote_signal{};       // it was killed: "TERM", as RFC 4254 §6.10 names it
  int local_signal = 0;              // a signal here ended the session (PIPE: standard output cannot be written)
  int output_problem = 0;            // why it cannot be: errno
  Ending ending = Ending::none;      // the lock ended the session
  std::string because{};             // why, as Supervision::because()
  bool was_left = false;             // the person ended it from the keyboard
  bool connection_lost = false;      // the connection broke before the command's status or all of its output came
  std::string last_words{};          // the server's, when it ended the connection with any: hostile, at most 500 bytes
  std::uint64_t bytes_sent = 0;      // of input
  std::uint64_t bytes_received = 0;  // of output and error output
};

// The status to exit with when the lock held: the remote status, 128 + signal, 255 (also when it was left), or 1 for
// output that cannot be written. A status that no process here can end with (other systems have wider ones) is 255, and
// not what its last byte says.
int shell_status(const SessionResult& result);

// Runs until the remote side has closed the channel and everything it sent is written out, or until an
// ending. The terminal is as it was on every way out. Leaves the connection open (for close_and_confirm),
// except after an ending other than `lost`, which has cut it. Throws Error{connection_lost} when the channel or command
// was refused.
SessionResult run_session(SshSession& session, const SessionRequest& request, Supervision& supervision);

}  // namespace gilir
