#include "core/ssh/tcp_connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include "core/base/error.h"
#include "core/ssh/resolve.h"

namespace gilir {

namespace {

std::string address_of(const SshTarget& target) {
  const bool is_ipv6 = target.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + target.host + "]" : target.host) + ":" + std::to_string(target.port);
}

[[noreturn]] void fail(const SshTarget& target, std::string_view problem) {
  throw Error(ErrorCode::connect_failed)
      .with("server", target.server)
      .with("address", address_of(target))
      .with("problem", problem);
}

// 0 when it is connected, else why not.
int finish_connecting(int socket, BootTime until, Supervision& supervision) {
  pollfd watched{.fd = socket, .events = POLLOUT, .revents = 0};
  while (watched.revents == 0) {
    if (boot_now() >= until) return ETIMEDOUT;
    supervision.wait({&watched, 1}, until);
    supervision.throw_if_over();
  }
  int problem = 0;
  socklen_t size = sizeof problem;
  if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size) != 0) return errno;
  return problem;
}

void set_option(int socket, int level, int option, int value = 1) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

}  // namespace

void acknowledge_quickly(int socket) noexcept {
  set_option(socket, IPPROTO_TCP, TCP_QUICKACK);
}

std::optional<int> tcp_state(int socket) noexcept {
  tcp_info information{};
  socklen_t size = sizeof information;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &information, &size) != 0) return std::nullopt;
  return information.tcpi_state;
}

Descriptor tcp_connect(const SshTarget& target, Milliseconds limit, Supervision& supervision) {
  const auto until = boot_now() + limit;
  const auto [addresses, problem_of_name] = resolve(target.host, target.port, until, supervision);
  if (!addresses) fail(target, problem_of_name);
  int left = 0;
  for (auto* address = addresses.get(); address != nullptr; address = address->ai_next) ++left;
  int problem = EADDRNOTAVAIL;
  for (auto* address = addresses.get(); address != nullptr; address = address->ai_next, --left) {
    Descriptor socket(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) {
      problem = errno;
      continue;
    }
    set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY);
    // A session over a dead network ends after two minutes, and with it the lock: a silent one by the probes, one that
    // has sent something by the other limit, without which the kernel would try again for a quarter of an hour.
    set_option(socket.get(), SOL_SOCKET, SO_KEEPALIVE);
    set_option(socket.get(), IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set_option(socket.get(), IPPROTO_TCP, TCP_KEEPINTVL, 15);
    set_option(socket.get(), IPPROTO_TCP, TCP_KEEPCNT, 4);
    set_option(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, 120'000);
    const auto now = boot_now();
    problem = ::connect(socket.get(), address->ai_addr, address->ai_addrlen) == 0 ? 0 : errno;
    if (problem == EINPROGRESS) {
      problem = finish_connecting(socket.get(), now + (until - now) / left, supervision);
    }
    if (problem == 0) return socket;
  }
  fail(target, std::generic_category().message(problem));
}

}  // namespace gilir
