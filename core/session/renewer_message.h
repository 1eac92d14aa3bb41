// What a renewer and its asker say to each other: one JSON text a datagram on a SOCK_SEQPACKET pair. Both ends are the
// same executable, so the layout is no format that must last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/describe.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/operations/lock/renew.h"

namespace gilir {

struct ErrorPart {
  std::string key;
  RawJson value;
};
BOOST_DESCRIBE_STRUCT(ErrorPart, (), (key, value))

struct RequestMessage {
  std::int64_t asked_at = 0;  // ms on the boot clock
  std::int64_t cut_at = 0;
};
BOOST_DESCRIBE_STRUCT(RequestMessage, (), (asked_at, cut_at))

struct AnswerMessage {
  std::int64_t asked_at = 0;
  RenewedHolds renewed;
  std::optional<ErrorCode> error;
  std::vector<ErrorPart> details;
};
BOOST_DESCRIBE_STRUCT(AnswerMessage, (), (asked_at, renewed, error, details))

// False when it could not be sent at once.
bool send_text(int socket, const std::string& text) noexcept;

struct ReceivedText {
  enum Kind { text, nothing_yet, end } kind = end;
  std::string bytes{};
};
// Waits only when `may_wait`.
ReceivedText receive_text(int socket, bool may_wait);

}  // namespace gilir
