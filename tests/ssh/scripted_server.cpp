#include "tests/ssh/scripted_server.h"

#include <libssh/server.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <csignal>
#include <iostream>

namespace gilir::test {
namespace {

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

int serve_one_after_another(const std::function<void(ssh_session)>& serve) {
  std::signal(SIGPIPE, SIG_IGN);
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
    if (watched[1].revents != 0) break;
    ssh_session session = ::ssh_new();
    if (::ssh_bind_accept_fd(bind, session, ::accept(listener, nullptr, nullptr)) == SSH_OK) serve(session);
    ::ssh_disconnect(session);
    ::ssh_free(session);
  }
  ::ssh_bind_free(bind);
  ::ssh_string_free_char(line);
  return 0;
}

}  // namespace gilir::test
