// ticket.edit: corrects what was filed. What is not named stays as it is.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct EditTicket {
  TicketNumber number;
  std::optional<std::string> title = {};
  std::optional<std::string> body = {};
  // Empty: about no server.
  std::optional<ServerName> server = {};
  // Empty: no category.
  std::optional<std::string> category = {};
  std::optional<bool> urgent = {};
  // Who asked, as for ticket.new: with an office an unknown reporter is added. The voice goes over to them.
  std::optional<std::string> reporter = {};
  std::optional<std::string> office = {};

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EditTicket, (), (number, title, body, server, category, urgent, reporter, office))

}  // namespace gilir
