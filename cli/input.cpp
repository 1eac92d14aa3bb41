#include "cli/input.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/usage_error.h"

namespace gilir::cli {
namespace {

// The terminal without line editing, echo and signals while it lives: who died of a Ctrl-C now would leave it so.
class KeyMode {
 public:
  explicit KeyMode(int descriptor) : descriptor_(descriptor) {
    active_ = tcgetattr(descriptor, &before_) == 0;
    if (!active_) return;
    termios keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(descriptor, TCSANOW, &keys);
  }
  KeyMode(const KeyMode&) = delete;
  KeyMode& operator=(const KeyMode&) = delete;
  ~KeyMode() {
    if (active_) tcsetattr(descriptor_, TCSANOW, &before_);
  }

  // What the key would have sent.
  std::optional<int> signal_of(char key) const {
    if (!active_ || key == _POSIX_VDISABLE) return std::nullopt;
    const auto is = [&](int name) { return static_cast<cc_t>(key) == before_.c_cc[name]; };
    if (is(VINTR)) return SIGINT;
    if (is(VQUIT)) return SIGQUIT;
    if (is(VSUSP)) return SIGTSTP;
    return std::nullopt;
  }

 private:
  int descriptor_;
  bool active_ = false;
  termios before_{};
};

}  // namespace

bool DescriptorInput::is_terminal() const {
  return isatty(descriptor_) == 1;
}

void DescriptorInput::refuse_length(std::size_t most) const {
  throw usage_error(UsageProblem::too_long).with("option", name_).with("most", most);
}

// Drops the mark at the beginning of the text; false while only more of it can tell.
bool DescriptorInput::drop_mark() {
  constexpr std::string_view mark = "\uFEFF";
  if (has_begun_) return true;
  if (buffer_.size() < mark.size() && mark.starts_with(buffer_)) return false;
  if (buffer_.starts_with(mark)) buffer_.erase(0, mark.size());
  has_begun_ = true;
  return !buffer_.empty();
}

bool DescriptorInput::fill() {
  char chunk[16 * 1024];
  while (!at_end_) {
    const ssize_t count = read(descriptor_, chunk, sizeof chunk);
    if (count > 0) {
      buffer_.append(chunk, static_cast<std::size_t>(count));
      if (drop_mark()) return true;
    } else if (count == 0) {
      at_end_ = true;
    } else if (errno == EAGAIN) {
      // Somebody left it non-blocking (ssh does, and what shares a pipe with it), and what is to come is late.
      pollfd late{descriptor_, POLLIN, 0};
      poll(&late, 1, -1);
    } else if (errno != EINTR) {
      throw usage_error(UsageProblem::file_unreadable)
          .with("path", name_)
          .with("because", std::string(strerror(errno)));
    }
  }
  return false;
}

std::optional<std::string> DescriptorInput::line(std::size_t most) {
  std::size_t searched = 0;
  while (true) {
    const auto end = buffer_.find('\n', searched);
    if (end != std::string::npos || buffer_.size() > most) {
      if (end == std::string::npos || end > most) refuse_length(most);
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    searched = buffer_.size();
    if (!fill()) break;
  }
  if (buffer_.empty()) return std::nullopt;
  return std::exchange(buffer_, {});
}

std::string DescriptorInput::all(std::size_t most) {
  while (buffer_.size() <= most && fill()) {
  }
  if (buffer_.size() > most) refuse_length(most);
  return std::exchange(buffer_, {});
}

void DescriptorInput::forget_typed() {
  if (!is_terminal()) return;
  buffer_.clear();
  tcflush(descriptor_, TCIFLUSH);
}

char DescriptorInput::key() {
  while (true) {
    char pressed = 0;
    std::optional<int> signal;
    {
      const KeyMode mode(descriptor_);
      if (buffer_.empty() && !fill()) return 0;
      pressed = buffer_.front();
      // A key that sends several bytes (an arrow) is one key press, and typing ahead answers nothing.
      buffer_.clear();
      signal = mode.signal_of(pressed);
    }
    if (!signal) return pressed == '\r' ? '\n' : pressed;
    ::kill(0, *signal);
    if (*signal != SIGTSTP) return 0;
  }
}

}  // namespace gilir::cli
