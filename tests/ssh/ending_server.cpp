// An SSH server that lets everybody in and ends each session at once, without its exit status, as some do whose command
// crashed or whose account is shut:
//   ending_server SIGNAL [ALGORITHM]
// Says that the signal of that name ended it; empty: says nothing. "goodbye:" and last words: it ends the connection
// with them. A command "refused" is not begun. With an algorithm it lets in only who signs with it, whatever key that
// is, and opens no session then. Prints and ends as serve_one_after_another() says.
#include <libssh/callbacks.h>
#include <libssh/server.h>

#include <string>
#include <string_view>

#include "tests/ssh/scripted_server.h"

namespace {

bool wants_program(ssh_message message) {
  if (::ssh_message_type(message) != SSH_REQUEST_CHANNEL) return false;
  return ::ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC ||
         ::ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_SHELL;
}

bool is_refused(ssh_message message) {
  return ::ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC &&
         std::string_view(::ssh_message_channel_request_command(message)) == "refused";
}

void end(ssh_session session, ssh_channel channel, const std::string& signal) {
  constexpr std::string_view goodbye = "goodbye:";
  if (signal.starts_with(goodbye)) {
    ::ssh_session_set_disconnect_message(session, signal.c_str() + goodbye.size());
    // Not before the client has seen its command begin and has ended its input.
    ssh_event event = ::ssh_event_new();
    ::ssh_event_add_session(event, session);
    while (::ssh_channel_is_eof(channel) == 0 && ::ssh_event_dopoll(event, -1) == SSH_OK) {
    }
    ::ssh_event_remove_session(event, session);
    ::ssh_event_free(event);
    ::ssh_disconnect(session);
    return;
  }
  if (!signal.empty()) ::ssh_channel_request_send_exit_signal(channel, signal.c_str(), 0, "", "");
  ::ssh_channel_send_eof(channel);
  ::ssh_channel_close(channel);
}

// libssh has seen whether the signature is the key's.
int take_key(ssh_session, const char*, ssh_key_struct*, char, void*) {
  return SSH_AUTH_SUCCESS;
}

void serve(ssh_session session, const std::string& signal, const char* algorithm) {
  ssh_server_callbacks_struct callbacks{};
  if (algorithm != nullptr) {
    callbacks.auth_pubkey_function = take_key;
    callbacks.size = sizeof callbacks;
    ::ssh_set_server_callbacks(session, &callbacks);
    ::ssh_options_set(session, SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, algorithm);
    ::ssh_set_auth_methods(session, SSH_AUTH_METHOD_PUBLICKEY);
  }
  if (::ssh_handle_key_exchange(session) != SSH_OK) return;
  ssh_channel channel = nullptr;
  while (ssh_message message = ::ssh_message_get(session)) {
    if (::ssh_message_type(message) == SSH_REQUEST_AUTH && algorithm == nullptr) {
      ::ssh_message_auth_reply_success(message, 0);
    } else if (::ssh_message_type(message) == SSH_REQUEST_SERVICE) {
      ::ssh_message_service_reply_success(message);
    } else if (::ssh_message_type(message) == SSH_REQUEST_CHANNEL_OPEN) {
      channel = ::ssh_message_channel_request_open_reply_accept(message);
    } else if (channel != nullptr && wants_program(message) && !is_refused(message)) {
      ::ssh_message_channel_request_reply_success(message);
      end(session, channel, signal);
      if (::ssh_is_connected(session) == 0) {
        ::ssh_message_free(message);
        return;
      }
    } else {
      ::ssh_message_reply_default(message);
    }
    ::ssh_message_free(message);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 && count != 3) return 64;
  const std::string signal = arguments[1];
  const char* const algorithm = count == 3 ? arguments[2] : nullptr;
  return gilir::test::serve_one_after_another([&](ssh_session session) { serve(session, signal, algorithm); });
}
