#include "core/operations/log/latest_facts.h"

#include "core/base/json_reader.h"

namespace gilir {
namespace {

constexpr std::int64_t most_events = 1000;

}  // namespace

std::vector<EventFacts> latest_facts(Context& context, const Subject& subject, EventKind kind) {
  std::vector<EventFacts> facts;
  context.connection().each<RawJson>(
      "SELECT e.facts FROM (SELECT event FROM event_subject WHERE kind = $1 AND name = $2 "
      "ORDER BY event DESC LIMIT $3) s JOIN event e ON e.number = s.event WHERE e.kind = $4 ORDER BY e.number DESC",
      [&](const RawJson& json) { facts.push_back(from_json<EventFacts>(json.text)); }, subject.kind, subject.name,
      most_events, event_name(kind));
  return facts;
}

}  // namespace gilir
