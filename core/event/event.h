// The desk's history: a closed list of events, each naming all its subjects, in one numbered chain without
// gaps. Every event carries SHA-256 over the previous event's hash and its own canonical JSON, so that a
// changed, removed or inserted event is noticed (Haber and Stornetta, "How to time-stamp a digital document",
// 1991).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/event/event_facts.h"
#include "core/event/event_kind.h"

namespace gilir {

enum class SubjectKind { agent, reporter, server, ticket };
BOOST_DESCRIBE_ENUM(SubjectKind, agent, reporter, server, ticket)

struct Subject {
  SubjectKind kind{};
  std::string name;
  auto operator<=>(const Subject&) const = default;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (kind, name))

Subject subject(TicketNumber ticket);
Subject subject(const AgentName& agent);
Subject subject(const ServerName& server);

struct Event {
  EventNumber number;
  WallTime at{};
  AgentName actor;
  std::string kind;
  std::vector<Subject> subjects;
  EventFacts facts;
  // The chain's up to this event, where it was read from the log; no part of the JSON.
  std::string hash = {};
};
BOOST_DESCRIBE_STRUCT(Event, (), (number, at, actor, kind, subjects, facts))

}  // namespace gilir
