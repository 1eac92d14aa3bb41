// An SSH server that lets nobody in and says what it is told to, for what a hostile server could send:
//   talking_server BANNER NAME INSTRUCTION PROMPT GOODBYE
// Prints its port and its host key's line, then serves one connection after another: the banner to everybody, a
// question by keyboard-interactive (RFC 4256), and, after its answer, an end with the last words. An empty text is
// not sent; with an empty prompt the name and the instruction ask nothing. Ends with its standard input.
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

namespace {

struct Texts {
  std::string banner;
  std::string name;
  std::string instruction;
  std::string prompt;
  std::string goodbye;
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

void serve(ssh_session session, const Texts& texts) {
  if (::ssh_handle_key_exchange(session) != SSH_OK) return;
  ::ssh_set_auth_methods(session, SSH_AUTH_METHOD_INTERACTIVE);
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
      if (!texts.banner.empty()) {
        ssh_string banner = ::ssh_string_from_char(texts.banner.c_str());
        ::ssh_send_issue_banner(session, banner);
        ::ssh_string_free(banner);
      }
    } else {
      ::ssh_message_reply_default(message);
    }
    ::ssh_message_free(message);
  }
}

int listen_somewhere() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 5) != 0) return -1;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::cout << ntohs(address.sin_port) << std::endl;
  return listener;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) return 64;
  std::signal(SIGPIPE, SIG_IGN);
  const Texts texts{arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]};
  const int listener = listen_somewhere();
  ssh_key key = nullptr;
  char* line = nullptr;
  if (listener < 0 || ::ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK) return 1;
  if (::ssh_pki_export_pubkey_base64(key, &line) != SSH_OK) return 1;
  std::cout << "ssh-ed25519 " << line << std::endl;
  ssh_bind bind = ::ssh_bind_new();
  // The bind owns the key from then on.
  ::ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, key);
  while (true) {
    pollfd watched[] = {{.fd = listener, .events = POLLIN, .revents = 0}, {.fd = 0, .events = POLLIN, .revents = 0}};
    ::poll(watched, 2, -1);
    if (watched[1].revents != 0) return 0;
    ssh_session session = ::ssh_new();
    if (::ssh_bind_accept_fd(bind, session, ::accept(listener, nullptr, nullptr)) == SSH_OK) serve(session, texts);
    ::ssh_disconnect(session);
    ::ssh_free(session);
  }
}
