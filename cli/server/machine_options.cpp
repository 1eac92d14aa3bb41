#include "cli/server/machine_options.h"

#include <arpa/inet.h>

#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "core/process/signal_set.h"
#include "core/ssh/resolve.h"

namespace gilir::cli {
namespace {

// As long as people wait for a name server before they think that something hangs.
constexpr Seconds patience{5};

// Looking a name up needs no lock.
class NoLock final : public SessionControl {
 public:
  Instruction tick(BootTime) override { return {}; }
};

std::string in_digits(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.sa_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  else if (address.sa_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  return text;
}

}  // namespace

HostAddresses addresses_of(const std::string& host) {
  SignalSet signals;
  NoLock no_lock;
  Supervision supervision(no_lock, signals, nullptr);
  const auto resolved = resolve(host, 0, boot_now() + patience, supervision);
  HostAddresses looked_up{.problem = resolved.problem};
  for (const auto* found = resolved.addresses.get(); found != nullptr; found = found->ai_next) {
    // An address of one link is another machine's on the next.
    const auto& six = reinterpret_cast<const sockaddr_in6&>(*found->ai_addr);
    if (found->ai_family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr)) continue;
    looked_up.addresses.push_back(in_digits(*found->ai_addr));
  }
  return looked_up;
}

void tell_unresolved(Output& output, const std::string& host, const HostAddresses& looked_up) {
  if (looked_up.problem.empty()) return;
  output.mark("unresolved");
  if (output.is_json()) return;
  output.note(warning(
      plain_text(phrase(_("{} has no address now ({}), so it was not seen whether another server is the same machine."),
                        host, known_words(looked_up.problem)))));
}

}  // namespace gilir::cli
