// Strong types for the names and numbers that travel through gilir, so that a hold is never passed
// where a lease is meant. All are regular values; text types do not validate: see core/base/text.h.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace gilir {

template <class Tag>
struct StrongNumber {
  std::int64_t value{};
  auto operator<=>(const StrongNumber&) const = default;
};

template <class Tag>
struct StrongText {
  std::string value;
  auto operator<=>(const StrongText&) const = default;
  bool empty() const { return value.empty(); }
};

// A ticket's number: positive, never reused.
using TicketNumber = StrongNumber<struct TicketTag>;
// A position in the desk's event log: 1, 2, 3 … without gaps.
using EventNumber = StrongNumber<struct EventTag>;
// A server's fencing token (Kleppmann, "How to do distributed locking", 2016): strictly rising for each server.
using Token = StrongNumber<struct TokenTag>;
using LeaseId = StrongNumber<struct LeaseTag>;
using HoldId = StrongNumber<struct HoldTag>;
using PlaceId = StrongNumber<struct PlaceTag>;
using WaitId = StrongNumber<struct WaitTag>;

using AgentName = StrongText<struct AgentTag>;
using ServerName = StrongText<struct ServerTag>;

}  // namespace gilir

template <class Tag>
struct std::hash<gilir::StrongNumber<Tag>> {
  std::size_t operator()(const gilir::StrongNumber<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};

template <class Tag>
struct std::hash<gilir::StrongText<Tag>> {
  std::size_t operator()(const gilir::StrongText<Tag>& name) const noexcept {
    return std::hash<std::string>{}(name.value);
  }
};
