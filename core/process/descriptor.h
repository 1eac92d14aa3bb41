// Ownership of file descriptors, and the few ways in which gilir makes them. Every descriptor made here is
// CLOEXEC; what a child may inherit is named in SpawnOptions (core/process/spawn.h).
// Nothing here is thread-safe. Failures throw Error{failed} with {problem}.
#pragma once

#include <string_view>
#include <utility>

namespace gilir {

// Owns one descriptor and closes it. Empty (-1) after a move or release().
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  // Gives ownership to the caller.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  // Closes what is owned and takes over `number`.
  void reset(int number = -1) noexcept;

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};
Pipe make_pipe();

struct SocketPair {
  Descriptor ours;
  Descriptor theirs;
};
// A connected pair of AF_UNIX sockets; `type` is SOCK_STREAM or SOCK_SEQPACKET.
SocketPair make_socket_pair(int type);

// A second descriptor for the same open file description.
Descriptor duplicate_descriptor(int descriptor);

// Sets or clears O_NONBLOCK on the open file description, which other processes may share.
void set_non_blocking(int descriptor, bool non_blocking);

// Writes everything, waiting where it must; EINTR is retried. Returns false when the reader is gone (EPIPE).
bool write_all(int descriptor, std::string_view bytes);

// Opens /dev/null as standard input, output and error where a caller closed them (`<&-`): whatever is opened next would
// else get their numbers, be read as input and be written to as output. What is written to such an output fails, as it
// would have; what is written to such an error output is nobody's. For the start of main().
void fill_standard_descriptors() noexcept;

// Throws Error{failed} with {problem: "what: text of error_number"}.
[[noreturn]] void throw_system_error(std::string_view what, int error_number);

}  // namespace gilir
