// What programs have set on a terminal and not taken back, and how to take it back for them.
//
// A full-screen program that is cut off in its work leaves the terminal in its own state: the alternate screen, a
// hidden cursor, mouse clicks and pastes that arrive as escape sequences. Whoever passes its output on shows it to
// see() and writes undo() behind the last of it. Nothing is undone that was not seen to be set, so that after a plain
// command there is nothing to write, and a screen and its cursor stay as they are.
//
// Known are the sequences of xterm (ctlseqs), with the keyboard protocol of kitty, synchronized output and hyperlinks:
// what a terminal takes that has none of these it ignores. Not known is what cannot be put back without asking the
// terminal: colours of the palette, tab stops, titles that were not pushed before.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gilir {

// Not thread-safe. Memory is bounded, whatever comes.
class TerminalTraces {
 public:
  // The next piece of what is written to the terminal, cut anywhere.
  void see(std::string_view bytes);
  // What to write so that the terminal is as it was; empty when nothing was left behind. What it undoes is forgotten.
  std::string undo();
  // The same for programs whose output nobody saw: all that is harmless where it was not set. The cursor stays in its
  // place, and so does what the screen shows. Empty for a terminal that is none of the kind (`type` is $TERM).
  static std::string undo_unseen(std::string_view type);

 private:
  enum class State { ground, escape, designation, control, string, string_escape };
  // The main and the alternate screen have each a stack of their own for the keyboard.
  struct Keyboard {
    int pushed = 0;
    bool is_changed = false;
  };

  void see_byte(char byte);
  void begin_escape(char byte);
  void end_control(char final_byte);
  void end_string();
  void set_modes(bool on);
  void set_private_modes(bool on);
  void set_alternate_screen(int mode, bool on);
  void set_attributes();
  void change_keyboard(char prefix);
  void keep_title(int what, int which);
  void soft_reset();
  std::vector<int> numbers() const;
  std::string undo_keyboard();
  std::string undo_margins() const;
  std::string undo_alternate_screen();
  std::string undo_keys_and_text() const;

  State state_ = State::ground;
  std::string kept_;                // of the sequence that is being read, behind its introducer
  char introducer_ = 0;             // of a string
  char designated_ = 0;             // what a designation is about: '(' is G0
  std::vector<int> private_modes_;  // those that are set and are not on by themselves
  std::vector<int> modes_;
  std::vector<int> titles_;  // pushed: 0 both, 1 the icon's, 2 the window's
  std::array<Keyboard, 2> keyboards_{};
  int alternate_screen_ = 0;  // the mode that brought it: 47, 1047 or 1049
  bool has_saved_cursor_ = false;
  bool has_region_ = false;
  bool has_attributes_ = false;
  bool has_line_drawing_ = false;
  bool is_shifted_ = false;
  bool has_keypad_ = false;
  bool has_other_keys_ = false;
  bool has_cursor_shape_ = false;
  bool hides_cursor_ = false;
  bool does_not_wrap_ = false;
  bool is_in_link_ = false;
};

}  // namespace gilir
