// desk.complete: what a word that somebody is typing can become, from the desk's tickets and names.
#pragma once

#include <string>
#include <vector>

#include "core/operations/operation.h"

namespace gilir {

enum class ValueKind { ticket, server, agent, reporter, office, category };
BOOST_DESCRIBE_ENUM(ValueKind, ticket, server, agent, reporter, office, category)

// `about` is a ticket's title, an agent's tier, a server's host, a reporter's office; it may be empty.
struct Candidate {
  std::string value;
  std::string about;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (value, about))

struct Candidates {
  std::vector<Candidate> candidates;
  // There are more. Even then the candidates have no longer beginning in common than all have, so that a
  // shell which types that beginning types nothing wrong.
  bool truncated = false;
};
BOOST_DESCRIBE_STRUCT(Candidates, (), (candidates, truncated))

// Values that start with `typed`: open tickets first, the newest in front; names in order. Texts are as
// stored.
struct CompleteValue {
  ValueKind kind{};
  std::string typed;
  std::int64_t limit = 50;

  using Result = Candidates;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CompleteValue, (), (kind, typed, limit))

}  // namespace gilir
