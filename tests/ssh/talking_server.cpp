// An SSH server that lets nobody in and says what it is told to, for what a hostile server could send:
//   talking_server BANNER NAME INSTRUCTION PROMPT GOODBYE [expired]
// The banner to everybody, or several with a form feed between them, a question by keyboard-interactive (RFC 4256),
// and, after its answer, an end with the last words. An empty text is not sent; with an empty prompt the name and the
// instruction ask nothing. "expired": it takes passwords, and answers each by asking for a new one (RFC 4252 §8).
// Prints and ends as serve_one_after_another() says.
#include <libssh/server.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/ssh/scripted_server.h"

namespace {

struct Texts {
  std::string banner;
  std::string name;
  std::string instruction;
  std::string prompt;
  std::string goodbye;
  bool is_expired = false;
};

void say_goodbye(ssh_session session, const Texts& texts) {
  if (!texts.goodbye.empty()) ::ssh_session_set_disconnect_message(session, texts.goodbye.c_str());
  ::ssh_disconnect(session);
}

void ask(ssh_message message, const Texts& texts) {
  const char* prompts[] = {texts.prompt.c_str()};
  char echo[] = {1};
  const unsigned count = texts.prompt.empty() ? 0 : 1;
  ::ssh_message_auth_interactive_request(message, texts.name.c_str(), texts.instruction.c_str(), count,
                                         count == 0 ? nullptr : prompts, echo);
}

void send_banners(ssh_session session, std::string_view texts) {
  while (!texts.empty()) {
    const std::string text(texts.substr(0, texts.find('\f')));
    texts.remove_prefix(std::min(text.size() + 1, texts.size()));
    ssh_string banner = ::ssh_string_from_char(text.c_str());
    ::ssh_send_issue_banner(session, banner);
    ::ssh_string_free(banner);
  }
}

void serve(ssh_session session, const Texts& texts) {
  if (::ssh_handle_key_exchange(session) != SSH_OK) return;
  ::ssh_set_auth_methods(session, texts.is_expired ? SSH_AUTH_METHOD_PASSWORD : SSH_AUTH_METHOD_INTERACTIVE);
  bool was_asked = false;
  while (ssh_message message = ::ssh_message_get(session)) {
    const bool is_login = ::ssh_message_type(message) == SSH_REQUEST_AUTH;
    const bool is_question = is_login && ::ssh_message_subtype(message) == SSH_AUTH_METHOD_INTERACTIVE;
    if (is_question && was_asked) {
      ::ssh_message_free(message);
      say_goodbye(session, texts);
      return;
    }
    if (is_question) {
      was_asked = true;
      ask(message, texts);
    } else if (::ssh_message_type(message) == SSH_REQUEST_SERVICE) {
      ::ssh_message_service_reply_success(message);
      send_banners(session, texts.banner);
    } else if (is_login && ::ssh_message_subtype(message) == SSH_AUTH_METHOD_PASSWORD) {
      // The message has the number of SSH_MSG_USERAUTH_PASSWD_CHANGEREQ.
      ::ssh_message_auth_interactive_request(message, "Choose a new password", "", 0, nullptr, nullptr);
    } else {
      ::ssh_message_reply_default(message);
    }
    ::ssh_message_free(message);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6 && count != 7) return 64;
  const Texts texts{arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], count == 7};
  return gilir::test::serve_one_after_another([&](ssh_session session) { serve(session, texts); });
}
