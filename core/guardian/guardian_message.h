// What holder and guardian say to each other: one fixed-size datagram each way on a SOCK_SEQPACKET pair.
// Both ends are the same executable, so the layout is no format that must last.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "core/process/descriptor.h"

namespace gilir {

struct GuardianMessage {
  enum Kind : std::uint32_t {
    // From the holder.
    guard_socket,   // carries a descriptor; answered
    guard_group,    // value: the group; answered
    deadline,       // value: the cut, ms on the boot clock; second: the grace in ms
    socket_closed,  // what guard_socket gave is over
    group_over,     // value: the group
    done,
    // From the guardian.
    confirmed,
    refused,  // value: errno
    has_cut,
  };
  std::uint32_t kind = done;
  std::uint32_t unused = 0;
  std::int64_t value = 0;
  std::int64_t second = 0;
};

// Never waits for room and never raises PIPE. False when it could not be sent. Allocates nothing.
bool send_message(int socket, const GuardianMessage& message, int passed_descriptor = -1) noexcept;

enum class Received { message, nothing_yet, end };
// Never waits. `passed` takes over a descriptor that came along. Allocates nothing.
Received receive_message(int socket, GuardianMessage& message, Descriptor& passed) noexcept;

}  // namespace gilir
