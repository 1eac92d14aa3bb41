// Where bytes for people and scripts go: the process's stdout and stderr, or a string in tests.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace gilir::cli {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::string_view bytes) = 0;
  // Throws ReaderGone, or Error{failed} when the bytes cannot be written (a full disk behind stdout).
  virtual void flush() = 0;
};

// Whoever read our output has closed it (`gilir ticket list | head -1`). main ends quietly on it.
class ReaderGone : public std::exception {
 public:
  const char* what() const noexcept override { return "the reader of the output is gone"; }
};

// Buffers up to 64 KiB and writes with write(2). Does not own the descriptor. What the destructor finds
// unflushed is dropped: main flushes, where a failure can still be told.
class DescriptorSink final : public Sink {
 public:
  explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}
  void write(std::string_view bytes) override;
  void flush() override;

 private:
  int descriptor_;
  std::string buffer_;
};

}  // namespace gilir::cli
