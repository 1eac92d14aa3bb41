#include "core/ssh/resolve.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

#include "core/process/descriptor.h"

namespace gilir {

namespace {

// One question and its answer.
struct Lookup {
  std::string host;
  std::string port;
  int problem = 0;
  int system_error = 0;
  addrinfo* found = nullptr;
  // Only for one that runs beside: readable when it is done.
  Descriptor bell{};
  std::atomic<bool> is_done = false;

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

// The one thread that gilir starts: what blocks is a call of the C library's own, and a process for it would cost
// every connection more than the look-up does. It shares nothing but the look-up, which lives until both are done
// with it, and takes no signals. Who need not wait for it any more leaves it behind.
void start(const std::shared_ptr<Lookup>& lookup) {
  lookup->bell = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!lookup->bell) throw_system_error("eventfd", errno);
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    std::thread([lookup] {
      lookup->run(AI_ADDRCONFIG);
      lookup->is_done.store(true, std::memory_order_release);
      ::eventfd_write(lookup->bell.get(), 1);
    }).detach();
  } catch (const std::system_error& error) {
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw_system_error("thread", error.code().value());
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

// True when the answer is there.
bool wait_for(const Lookup& lookup, BootTime until, Supervision& supervision) {
  while (!lookup.is_done.load(std::memory_order_acquire)) {
    if (boot_now() >= until) return false;
    pollfd watched{.fd = lookup.bell.get(), .events = POLLIN, .revents = 0};
    supervision.wait({&watched, 1}, until);
    supervision.throw_if_over();
  }
  return true;
}

}  // namespace

Resolved resolve(const std::string& host, std::uint16_t port, BootTime until, Supervision& supervision) {
  auto lookup = std::make_shared<Lookup>(host, port);
  lookup->run(AI_NUMERICHOST);
  if (lookup->problem != 0) {
    start(lookup);
    if (!wait_for(*lookup, until, supervision)) return {.problem = words_of(ETIMEDOUT)};
  }
  Resolved resolved;
  if (lookup->problem == 0)
    resolved.addresses.reset(std::exchange(lookup->found, nullptr));
  else
    resolved.problem = lookup->problem == EAI_SYSTEM ? words_of(lookup->system_error) : ::gai_strerror(lookup->problem);
  return resolved;
}

}  // namespace gilir
