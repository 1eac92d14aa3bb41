// desk.show: the desk, who the caller is there, and what waits for him.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct OwnTicketView {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::optional<ServerName> server;
  bool urgent = false;
  WallTime updated{};
  std::optional<WallTime> next_news;
  WallTime created{};
  std::string reporter;
};
BOOST_DESCRIBE_STRUCT(OwnTicketView, (), (number, title, status, server, urgent, updated, next_news, created, reporter))

struct DeskView {
  std::string name;
  AgentView agent;
  // Urgent ones first, then in order of number; at most a screenful.
  std::vector<OwnTicketView> tickets;
};
BOOST_DESCRIBE_STRUCT(DeskView, (), (name, agent, tickets))

struct ShowDesk {
  using Result = DeskView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowDesk, (), ())

}  // namespace gilir
