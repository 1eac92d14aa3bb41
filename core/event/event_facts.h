// What events tell, one struct for all kinds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"

namespace gilir {

// A reporter who asks for a ticket's answer, as a hook needs it to tell them.
struct VoiceFacts {
  std::string name;
  std::string office;
  std::string contact;
};
BOOST_DESCRIBE_STRUCT(VoiceFacts, (), (name, office, contact))

// What happened, in fields that scripts read; only those that apply are present.
struct EventFacts {
  static constexpr bool omit_empty = true;

  std::optional<TicketNumber> ticket = {};
  std::optional<TicketNumber> into = {};
  std::optional<std::string> title = {};
  std::optional<std::string> text = {};
  std::optional<bool> internal = {};
  std::optional<std::string> status = {};
  std::optional<AgentName> agent = {};
  std::optional<AgentName> from_agent = {};
  // Whose demand it is, and to whom he who hands over gives.
  std::optional<AgentName> by = {};
  std::optional<AgentName> to = {};
  std::optional<std::string> reporter = {};
  std::optional<std::string> office = {};
  // Why, in one closed word: "turn", "sticky", "named", "returned", "escalated" …
  std::optional<std::string> because = {};
  std::optional<std::string> reason = {};
  std::optional<int> tier = {};
  std::optional<int> from_tier = {};
  std::optional<TicketNumber> twin = {};
  std::vector<std::string> evidence = {};
  std::optional<WallTime> next_news = {};
  std::optional<ServerName> server = {};
  std::optional<LeaseId> lease = {};
  std::optional<HoldId> hold = {};
  std::optional<WaitId> wait = {};
  std::optional<PlaceId> place = {};
  std::optional<Token> token = {};
  std::optional<std::string> kind = {};
  std::optional<std::string> host = {};
  std::optional<int> pid = {};
  std::optional<std::string> command = {};
  std::optional<std::string> fingerprint = {};
  std::optional<std::string> changes = {};
  std::optional<std::int64_t> bytes_in = {};
  std::optional<std::int64_t> bytes_out = {};
  std::optional<int> exit_status = {};
  std::optional<WallTime> due = {};
  // Until when a ticket is put aside or a claim stands.
  std::optional<WallTime> until = {};
  std::optional<TicketNumber> other = {};
  std::optional<std::string> category = {};
  // Whom it is to be told; where there are more than these, how many.
  std::vector<VoiceFacts> voices = {};
  std::optional<std::int64_t> voice_count = {};
  // By how much the desk's time was put right.
  std::optional<std::int64_t> moved_s = {};
};
BOOST_DESCRIBE_STRUCT(EventFacts, (),
                      (ticket, into, title, text, internal, status, agent, from_agent, by, to, reporter, office,
                       because, reason, tier, from_tier, twin, evidence, next_news, server, lease, hold, wait, place,
                       token, kind, host, pid, command, fingerprint, changes, bytes_in, bytes_out, exit_status, due,
                       until, other, category, voices, voice_count, moved_s))

}  // namespace gilir
