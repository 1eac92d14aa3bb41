// An SSH server that lets everybody in and ends each session at once, without its exit status, as some do whose command
// crashed or whose account is shut:
//   ending_server SIGNAL
// Says that the signal of that name ended it; empty: says nothing. Prints and ends as serve_one_after_another() says.
#include <libssh/server.h>

#include <string>

#include "tests/ssh/scripted_server.h"

namespace {

bool wants_program(ssh_message message) {
  if (::ssh_message_type(message) != SSH_REQUEST_CHANNEL) return false;
  return ::ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC ||
         ::ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_SHELL;
}

void end(ssh_channel channel, const std::string& signal) {
  if (!signal.empty()) ::ssh_channel_request_send_exit_signal(channel, signal.c_str(), 0, "", "");
  ::ssh_channel_send_eof(channel);
  ::ssh_channel_close(channel);
}

void serve(ssh_session session, const std::string& signal) {
  if (::ssh_handle_key_exchange(session) != SSH_OK) return;
  ssh_channel channel = nullptr;
  while (ssh_message message = ::ssh_message_get(session)) {
    if (::ssh_message_type(message) == SSH_REQUEST_AUTH) {
      ::ssh_message_auth_reply_success(message, 0);
    } else if (::ssh_message_type(message) == SSH_REQUEST_SERVICE) {
      ::ssh_message_service_reply_success(message);
    } else if (::ssh_message_type(message) == SSH_REQUEST_CHANNEL_OPEN) {
      channel = ::ssh_message_channel_request_open_reply_accept(message);
    } else if (channel != nullptr && wants_program(message)) {
      ::ssh_message_channel_request_reply_success(message);
      end(channel, signal);
    } else {
      ::ssh_message_reply_default(message);
    }
    ::ssh_message_free(message);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 64;
  const std::string signal = arguments[1];
  return gilir::test::serve_one_after_another([&](ssh_session session) { serve(session, signal); });
}
