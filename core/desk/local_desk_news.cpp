#include <poll.h>

#include <algorithm>

#include "core/desk/desk_directory.h"
#include "core/desk/local_desk.h"
#include "core/event/event_table.h"
#include "core/server/server_table.h"

// How a desk that is here waits for news.
namespace gilir {
namespace {

// How long a waiter sleeps before it looks again: a writer may die between its commit and the bell.
constexpr Milliseconds look_again{1000};

}  // namespace

store::BellWatch& LocalDesk::watch(const std::vector<ServerName>& servers) {
  auto known = watches_.find(servers);
  if (known == watches_.end()) {
    std::vector<std::string> bells;
    for (const auto& server : servers) bells.push_back(bell(lock_name(*connection_, server)));
    if (bells.empty()) bells.push_back(desk_bell());
    known = watches_.emplace(servers, store::BellWatch(bells)).first;
  }
  return known->second;
}

int LocalDesk::descriptor_of(const std::vector<ServerName>& servers) {
  return watch(servers).descriptor();
}

EventNumber LocalDesk::await(const std::vector<ServerName>& servers, EventNumber after, Milliseconds limit,
                             int interrupt) {
  auto& bells = watch(servers);
  const auto look = [&] {
    // First, so that a desk that cannot be read leaves no bell readable for ever.
    bells.drain();
    check_file();
    open_again_to_write();
    return read_head(*connection_).number;
  };
  const auto head = look();
  if (head > after) return head;
  pollfd ready[] = {{bells.descriptor(), POLLIN, 0}, {interrupt, POLLIN, 0}};
  const auto sleep = std::clamp(limit, Milliseconds{0}, look_again);
  poll(ready, interrupt >= 0 ? 2 : 1, static_cast<int>(sleep.count()));
  return look();
}

std::string LocalDesk::bell(const ServerName& server) const {
  return bells_of(options_.directory) + "/server-" + server.value;
}
std::string LocalDesk::desk_bell() const {
  return bells_of(options_.directory) + "/desk";
}

}  // namespace gilir
