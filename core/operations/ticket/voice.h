// ticket.voice: one more reporter asks for a ticket's answer.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct VoicedTicket : Ticket {
  // Whose voice it is.
  ReporterView voice;
  // False when he asked for it already.
  bool new_voice = false;
  // He was unknown and has been added.
  bool new_reporter = false;
};
BOOST_DESCRIBE_STRUCT(VoicedTicket, (Ticket), (voice, new_voice, new_reporter))

// The reporter as for `ticket.new`: with an office an unknown one is added.
struct AddVoice {
  TicketNumber number;
  std::string reporter;
  std::optional<std::string> office = {};

  using Result = VoicedTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AddVoice, (), (number, reporter, office))

}  // namespace gilir
