#include "core/ssh/resolve.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/guardian/beside.h"

namespace gilir {

namespace {

// One question and its answer.
struct Lookup {
  std::string host;
  std::string port;
  int problem = 0;
  int system_error = 0;
  addrinfo* found = nullptr;

  Lookup(std::string name, std::uint16_t number) : host(std::move(name)), port(std::to_string(number)) {}
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  ~Lookup() {
    if (found != nullptr) ::freeaddrinfo(found);
  }

  void run(int flags) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = flags | AI_NUMERICSERV;
    problem = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found);
    system_error = errno;
  }
};

std::string words_of(int error_number) {
  return std::generic_category().message(error_number);
}

}  // namespace

Resolved resolve(const std::string& host, std::uint16_t port, BootTime until, Supervision& supervision) {
  auto lookup = std::make_shared<Lookup>(host, port);
  lookup->run(AI_NUMERICHOST);
  if (lookup->problem != 0) {
    // A process of its own would cost every connection more than the look-up does.
    Beside call([lookup] { lookup->run(AI_ADDRCONFIG); });
    if (!call.wait(supervision, until)) return {.problem = words_of(ETIMEDOUT)};
  }
  Resolved resolved;
  if (lookup->problem == 0)
    resolved.addresses.reset(std::exchange(lookup->found, nullptr));
  else
    resolved.problem = lookup->problem == EAI_SYSTEM ? words_of(lookup->system_error) : ::gai_strerror(lookup->problem);
  return resolved;
}

}  // namespace gilir
