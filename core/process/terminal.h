// The controlling terminal: its modes, its size, and whose turn it is in the foreground.
// All of it does nothing when the descriptor is not a terminal. Not thread-safe.
#pragma once

#include <sys/types.h>
#include <termios.h>

#include <optional>

#include "core/process/descriptor.h"

namespace gilir {

struct WindowSize {
  int columns = 80;
  int rows = 24;
  bool operator==(const WindowSize&) const = default;
};
// The terminal that controls this process's session, whatever its standard descriptors are; empty when there is none.
Descriptor open_controlling_terminal();

// The terminal's size; nothing when it is no terminal or has none.
std::optional<WindowSize> window_size(int descriptor);

// Remembers a terminal's modes and brings them back: on demand and in the destructor. Borrows the descriptor.
class TerminalState {
 public:
  explicit TerminalState(int descriptor);
  ~TerminalState() { restore(); }
  TerminalState(const TerminalState&) = delete;
  TerminalState& operator=(const TerminalState&) = delete;

  bool is_terminal() const { return saved_.has_value(); }
  bool is_raw() const { return changed_; }
  // Every key goes through as a byte (cfmakeraw). Repeatable. In the background this stops the process (TTOU), as every
  // program that changes the terminal is: its shell has it.
  void make_raw();
  // No echo, for a passphrase; lines still end with Enter, and Ctrl-Z is a character: who stopped now would leave the
  // shell without echo. In the background as make_raw().
  void hide_input();
  // Back to what it was at construction. In the background nothing: the shell has modes of its own by then.
  void restore() noexcept;
  // Back to what it was at construction, whoever changed it (a child that was killed in raw mode); as restore().
  void force_restore() noexcept;

 private:
  int descriptor_;
  bool changed_ = false;
  std::optional<termios> saved_;
};

// Lends the terminal's foreground to a child's group and takes it back: on demand and in the destructor.
// Only a group that is in the foreground can lend it, and only what it lent is taken back: a shell that has put us into
// the background has the terminal itself. Borrows the descriptor.
// The child takes it itself before its program runs (SpawnOptions::terminal = descriptor_to_lend()).
class ForegroundLoan {
 public:
  explicit ForegroundLoan(int descriptor);
  ~ForegroundLoan() { take_back(); }
  ForegroundLoan(const ForegroundLoan&) = delete;
  ForegroundLoan& operator=(const ForegroundLoan&) = delete;

  // What to put into SpawnOptions::terminal: the terminal, when we are in its foreground. It counts as lent.
  std::optional<int> descriptor_to_lend();
  // Gives the foreground to `group`, again after the child was stopped and continued. True: it has it now.
  bool give(pid_t group) noexcept;
  bool is_lent() const { return is_lent_; }
  // Our group has the foreground.
  bool is_ours() const noexcept;
  void take_back() noexcept;

 private:
  int descriptor_;
  pid_t own_group_ = 0;
  bool is_lent_ = false;
};

}  // namespace gilir
