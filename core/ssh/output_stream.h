// One local output of a session: a bounded buffer in front of a descriptor that must never be waited on.
#pragma once

#include <poll.h>

#include <string>

#include "core/process/descriptor.h"

namespace gilir {

// Borrows `descriptor`, and reopens it where it can (terminals, pipes) so that not waiting is a matter of our
// own open file description and not of the one that other programs share. Not thread-safe.
class OutputStream {
 public:
  explicit OutputStream(int descriptor);

  bool is_empty() const { return buffer_.size() == written_; }
  // The reader is gone; what is put here is dropped.
  bool is_broken() const { return is_broken_; }
  void put(const char* bytes, std::size_t count);
  // Writes what can be written without waiting.
  void write_some();
  // What to poll; nothing when there is nothing to write.
  pollfd to_poll() const;

 private:
  int descriptor_;
  Descriptor own_;
  bool may_block_ = true;
  bool is_broken_ = false;
  std::string buffer_;
  std::size_t written_ = 0;
};

}  // namespace gilir
