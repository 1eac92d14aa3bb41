#include "core/event/event.h"

#include <algorithm>

namespace gilir {

std::string event_name(EventKind kind) {
  std::string name(enum_name(kind));
  name[name.find('_')] = '.';
  return name;
}

std::optional<EventKind> event_kind_from_name(std::string_view name) {
  std::string plain(name);
  std::ranges::replace(plain, '.', '_');
  return enum_from_name<EventKind>(plain);
}

Subject subject(TicketNumber ticket) {
  return {SubjectKind::ticket, std::to_string(ticket.value)};
}
Subject subject(const AgentName& agent) {
  return {SubjectKind::agent, agent.value};
}
Subject subject(const ServerName& server) {
  return {SubjectKind::server, server.value};
}

}  // namespace gilir
