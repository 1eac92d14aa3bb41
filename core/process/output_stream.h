// One local output of a session: a bounded buffer in front of a descriptor that must never be waited on.
#pragma once

#include <poll.h>

#include <span>
#include <string>

#include "core/base/clock.h"
#include "core/process/descriptor.h"

namespace gilir {

// Borrows `descriptor`, and reopens it where it can (terminals, pipes) so that not waiting is a matter of our
// own open file description and not of the one that other programs share. Not thread-safe.
class OutputStream {
 public:
  explicit OutputStream(int descriptor);

  bool is_terminal() const { return is_terminal_; }
  bool is_empty() const { return buffer_.size() == written_; }
  // Why nothing can be written any more (EPIPE: the reader is gone), or 0. What is put here then is dropped.
  int problem() const { return problem_; }
  void put(const char* bytes, std::size_t count);
  // Writes what can be written without waiting.
  void write_some();
  // What to poll; nothing when there is nothing to write.
  pollfd to_poll() const;

 private:
  int descriptor_;
  Descriptor own_;
  bool may_block_ = true;
  bool is_terminal_ = false;
  int problem_ = 0;
  std::string buffer_;
  std::size_t written_ = 0;
};

// Writes out what they hold, together, for as long as `patience`.
void flush(std::span<OutputStream* const> streams, Milliseconds patience);

}  // namespace gilir
