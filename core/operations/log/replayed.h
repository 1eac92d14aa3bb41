// What a desk must look like when everything in its log happened and nothing else: the log told again, event by event.
// It knows what events tell: which agents, servers and tickets there are, and the better part of them. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/event/event.h"
#include "core/people/people.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct ReplayedTicket {
  std::string title;
  TicketStatus status{};
  std::optional<AgentName> assignee;
  std::optional<TicketNumber> merged_into;
};

struct ReplayedAgent {
  int tier = lowest_tier;
  Role role{};
  bool present = true;
};

struct ReplayedServer {
  // Of the host key that was pinned last.
  std::string fingerprint;
};

class ReplayedDesk {
 public:
  // In the order of their numbers, from the first.
  void tell(const Event& event);

  std::map<TicketNumber, ReplayedTicket> tickets;
  std::map<AgentName, ReplayedAgent> agents;
  std::map<ServerName, ReplayedServer> servers;

 private:
  void tell_of_desk(EventKind kind, const EventFacts& facts);
  void tell_of_ticket(EventKind kind, const EventFacts& facts);

  // Tickets that were merged, as they stood before.
  std::map<TicketNumber, ReplayedTicket> merged_;
};

}  // namespace gilir
