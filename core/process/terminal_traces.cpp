#include "core/process/terminal_traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace gilir {

namespace {

constexpr char escape_byte = '\x1b';
// Longer sequences are no sequences of a terminal; of a string only the beginning says what it is.
constexpr std::size_t most_kept = 256;
constexpr int most_pushed = 99;
constexpr std::size_t most_titles = 10;
// Ends whatever sequence was cut off: CAN any, ST a string where CAN does not.
constexpr std::string_view end_of_sequence = "\x18\x1b\\";

// Off in a terminal that was left alone, and worth nothing to a shell.
constexpr int private_modes_known[] = {
    1,                             // cursor keys send what an application wants
    5,                             // reverse video
    6,                             // origin mode
    12,                            // blinking cursor
    66,                            // application keypad
    69,                            // left and right margins
    9,    1000, 1001, 1002, 1003,  // the mouse
    1005, 1006, 1015, 1016,        // how its clicks are told
    1004,                          // the window's focus is told
    2004,                          // bracketed paste
    2026,                          // synchronized output
    2031, 2048,                    // changes of colours and size are told
};
constexpr int modes_known[] = {2 /* keyboard locked */, 4 /* insert */, 20 /* new line */};

template <class Known>
bool knows(const Known& known, int mode) {
  return std::ranges::find(known, mode) != std::end(known);
}

void put(std::vector<int>& modes, int mode, bool on) {
  std::erase(modes, mode);
  if (on) modes.push_back(mode);
}

bool has(const std::vector<int>& modes, int mode) {
  return std::ranges::find(modes, mode) != modes.end();
}

std::string resets(const std::vector<int>& modes, std::string_view prefix) {
  std::string written;
  for (const int mode : modes) written += fmt::format("\x1b[{}{}l", prefix, mode);
  return written;
}

}  // namespace

void TerminalTraces::see(std::string_view bytes) {
  while (!bytes.empty()) {
    if (state_ == State::ground) {
      // Plain text, which is most of what comes.
      constexpr std::string_view of_interest = "\x1b\x0e\x0f";
      bytes.remove_prefix(std::min(bytes.find_first_of(of_interest), bytes.size()));
      if (bytes.empty()) return;
    }
    see_byte(bytes.front());
    bytes.remove_prefix(1);
  }
}

void TerminalTraces::see_byte(char byte) {
  const bool is_string = state_ == State::string || state_ == State::string_escape;
  if (byte == '\x18' || byte == '\x1a') {
    state_ = State::ground;
  } else if (byte == escape_byte) {
    state_ = state_ == State::string ? State::string_escape : State::escape;
  } else if (state_ == State::ground || (byte >= 0 && byte < ' ' && !is_string)) {
    // A control character within a sequence is obeyed at once.
    if (byte == '\x0e' || byte == '\x0f') is_shifted_ = byte == '\x0e';
  } else if (state_ == State::escape) {
    begin_escape(byte);
  } else if (state_ == State::designation) {
    if (designated_ == '(') has_line_drawing_ = byte != 'B';
    state_ = State::ground;
  } else if (state_ == State::control) {
    if (byte >= '@' && byte <= '~') {
      state_ = State::ground;
      end_control(byte);
    } else if (kept_.size() < most_kept) {
      kept_ += byte;
    }
  } else if (state_ == State::string_escape) {
    // ESC \ ends it; any other sequence does, too.
    end_string();
    begin_escape(byte);
  } else if (byte == '\a' && introducer_ == ']') {
    end_string();
  } else if (kept_.size() < most_kept) {
    kept_ += byte;
  }
}

void TerminalTraces::begin_escape(char byte) {
  kept_.clear();
  state_ = State::ground;
  switch (byte) {
    case '[':
      state_ = State::control;
      break;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      introducer_ = byte;
      state_ = State::string;
      break;
    case 'c':
      *this = TerminalTraces();
      break;
    case '=':
    case '>':
      has_keypad_ = byte == '=';
      break;
    case 'n':
    case 'o':
      is_shifted_ = true;
      break;
    case '7':
      if (alternate_screen_ == 0) has_saved_cursor_ = true;
      break;
    default:
      if (byte < ' ' || byte > '/') break;
      designated_ = byte;
      state_ = State::designation;
  }
}

// Whatever it was, nothing of it is left but an open hyperlink: OSC 8 ; parameters ; address.
void TerminalTraces::end_string() {
  state_ = State::ground;
  if (introducer_ != ']' || !kept_.starts_with("8;")) return;
  const auto address = kept_.find(';', 2);
  is_in_link_ = address != std::string::npos ? address + 1 < kept_.size() : kept_.size() == most_kept;
}

std::vector<int> TerminalTraces::numbers() const {
  std::vector<int> found;
  std::string_view rest = kept_;
  if (!rest.empty() && rest.front() >= '<' && rest.front() <= '?') rest.remove_prefix(1);
  for (;;) {
    int number = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    found.push_back(problem == std::errc() ? number : 0);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    const auto next = rest.find(';');
    if (next == std::string_view::npos) return found;
    rest.remove_prefix(next + 1);
  }
}

void TerminalTraces::end_control(char final_byte) {
  const char prefix = !kept_.empty() && kept_.front() >= '<' && kept_.front() <= '?' ? kept_.front() : '\0';
  const char intermediate = !kept_.empty() && kept_.back() >= ' ' && kept_.back() <= '/' ? kept_.back() : '\0';
  if (intermediate != 0) {
    if (intermediate == ' ' && final_byte == 'q') has_cursor_shape_ = numbers().front() != 0;
    if (intermediate == '!' && final_byte == 'p') soft_reset();
    return;
  }
  if (prefix == '?') {
    if (final_byte == 'h' || final_byte == 'l') set_private_modes(final_byte == 'h');
  } else if (final_byte == 'u' && prefix != 0) {
    change_keyboard(prefix);
  } else if (final_byte == 'm' && prefix == '>') {
    const auto keys = numbers();
    if (keys.front() == 4) has_other_keys_ = keys.size() > 1 && keys[1] != 0;
  } else if (prefix != 0) {
    return;
  } else if (final_byte == 'h' || final_byte == 'l') {
    set_modes(final_byte == 'h');
  } else if (final_byte == 'r') {
    has_region_ = !kept_.empty();
  } else if (final_byte == 'm') {
    set_attributes();
  } else if (final_byte == 's' && kept_.empty()) {
    if (alternate_screen_ == 0) has_saved_cursor_ = true;
  } else if (final_byte == 't') {
    const auto words = numbers();
    keep_title(words.front(), words.size() > 1 ? words[1] : 0);
  }
}

void TerminalTraces::set_modes(bool on) {
  for (const int mode : numbers()) {
    if (knows(modes_known, mode)) put(modes_, mode, on);
  }
}

void TerminalTraces::set_private_modes(bool on) {
  for (const int mode : numbers()) {
    if (mode == 47 || mode == 1047 || mode == 1049)
      set_alternate_screen(mode, on);
    else if (mode == 1048 && on && alternate_screen_ == 0)
      has_saved_cursor_ = true;
    else if (mode == 25)
      hides_cursor_ = !on;
    else if (mode == 7)
      does_not_wrap_ = !on;
    else if (knows(private_modes_known, mode))
      put(private_modes_, mode, on);
  }
}

void TerminalTraces::set_alternate_screen(int mode, bool on) {
  if (!on)
    alternate_screen_ = 0;
  else if (alternate_screen_ == 0)
    alternate_screen_ = mode;
}

void TerminalTraces::set_attributes() {
  // Within one sequence only what comes last counts; a colour by number may end with a zero that is none.
  const auto words = numbers();
  const bool has_colour = std::ranges::any_of(words, [](int word) { return word == 38 || word == 48 || word == 58; });
  has_attributes_ = has_colour || words.back() != 0 || kept_.find(':') != std::string::npos;
}

void TerminalTraces::change_keyboard(char prefix) {
  auto& keyboard = keyboards_[alternate_screen_ != 0 ? 1 : 0];
  const auto words = numbers();
  if (prefix == '>') {
    keyboard.pushed = std::min(keyboard.pushed + 1, most_pushed);
  } else if (prefix == '<') {
    keyboard.pushed = std::max(keyboard.pushed - std::max(words.front(), 1), 0);
  } else if (prefix == '=') {
    // Flags that are taken away (3) leave nothing that was not there before.
    const bool takes_away = words.size() > 1 && words[1] == 3;
    if (!takes_away) keyboard.is_changed = words.front() != 0;
  }
}

void TerminalTraces::keep_title(int what, int which) {
  if (what == 22 && titles_.size() < most_titles) titles_.push_back(which);
  if (what != 23) return;
  const auto kept = std::ranges::find(titles_, which);
  if (kept != titles_.end()) titles_.erase(kept);
}

void TerminalTraces::soft_reset() {
  for (const int mode : {1, 6, 66, 69}) std::erase(private_modes_, mode);
  modes_.clear();
  has_region_ = has_attributes_ = has_line_drawing_ = is_shifted_ = has_keypad_ = hides_cursor_ = false;
}

std::string TerminalTraces::undo() {
  std::string written;
  if (state_ != State::ground) written += end_of_sequence;
  if (is_in_link_) written += "\x1b]8;;\x1b\\";
  written += undo_margins();
  const bool has_origin = has(private_modes_, 6);
  for (const int mode : {6, 69}) std::erase(private_modes_, mode);
  written += resets(private_modes_, "?");
  written += undo_keyboard();
  if (alternate_screen_ != 0)
    written += undo_alternate_screen();
  else if (has_origin)
    // Its end has moved the cursor to the first line.
    written += "\x1b[999;1H";
  written += undo_keys_and_text();
  *this = TerminalTraces();
  return written;
}

// The cursor goes home with each of them; on the alternate screen that is of no consequence.
std::string TerminalTraces::undo_margins() const {
  std::string written;
  if (has(private_modes_, 69)) written += "\x1b[?69l";
  if (has(private_modes_, 6)) written += "\x1b[?6l";
  if (!has_region_) return written;
  return alternate_screen_ != 0 ? written + "\x1b[r" : written + "\0337\x1b[r\0338";
}

std::string TerminalTraces::undo_keyboard() {
  std::string written;
  auto& keyboard = keyboards_[alternate_screen_ != 0 ? 1 : 0];
  if (keyboard.pushed != 0) written += fmt::format("\x1b[<{}u", keyboard.pushed);
  if (keyboard.is_changed) written += "\x1b[=0u";
  keyboard = {};
  return written;
}

std::string TerminalTraces::undo_alternate_screen() {
  auto written = fmt::format("\x1b[?{}l", alternate_screen_);
  // Only the newest of the modes brings the cursor back as well.
  if (alternate_screen_ != 1049) written += has_saved_cursor_ ? "\0338" : "\x1b[999;1H";
  alternate_screen_ = 0;
  return written + undo_keyboard();
}

// After the screen's change, which brings back what was saved of these with the cursor.
std::string TerminalTraces::undo_keys_and_text() const {
  auto written = resets(modes_, "");
  if (has_other_keys_) written += "\x1b[>4m";
  if (has_keypad_) written += "\x1b>";
  if (has_line_drawing_) written += "\x1b(B";
  if (is_shifted_) written += "\x0f";
  if (does_not_wrap_) written += "\x1b[?7h";
  if (has_cursor_shape_) written += "\x1b[0 q";
  if (hides_cursor_) written += "\x1b[?25h";
  if (has_attributes_) written += "\x1b[0m";
  for (const int which : titles_) written += fmt::format("\x1b[23;{}t", which);
  return written;
}

std::string TerminalTraces::undo_unseen(std::string_view type) {
  if (type.empty() || type == "dumb") return {};
  std::string written(end_of_sequence);
  // Who goes into the alternate screen first comes back from it to the same place, from wherever that was.
  written += "\x1b[?1049h\x1b[?1049l";
  written += "\0337\x1b[r\0338";
  for (const int mode : private_modes_known) {
    // The cursor would move (6, 69), or the mode may be the person's own choice.
    if (mode == 5 || mode == 6 || mode == 12 || mode == 69) continue;
    written += fmt::format("\x1b[?{}l", mode);
  }
  written += "\x1b[4l\x1b>";
  // The console of Linux, before 5.10, took these for something else.
  if (type != "linux") written += "\x1b[=0u\x1b[>4m";
  return written + "\x1b(B\x0f\x1b[?7h\x1b[?25h\x1b[0m";
}

}  // namespace gilir
