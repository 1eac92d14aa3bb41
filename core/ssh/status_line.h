// The last lines of a terminal that a remote session uses, taken for a message for a while.
//
// The screen is the remote program's. To write on it without breaking it, the last lines are taken out of the scrolling
// region (DECSTBM, ECMA-48 and VT100; as apt does for its progress bar), while whoever uses this tells the remote
// program that its terminal has so many lines less: full-screen programs then draw themselves anew, above. Both are
// undone when the message goes.
#pragma once

#include <string>
#include <vector>

#include "core/process/terminal.h"

namespace gilir {

class StatusLine {
 public:
  bool is_shown() const { return !rows_.empty(); }
  // What to write so that `lines`, each broken at blanks into three rows at most, are the last ones; empty when they
  // are already. A low terminal shows the first rows only, two stay the program's; one that has become too low for any
  // has what stands there hidden. Control characters must have been escaped.
  std::string show(const std::vector<std::string>& lines, const WindowSize& size);
  // How many of the first lines stand there whole.
  std::size_t whole_lines() const { return whole_lines_; }
  // What to write so that the lines are the remote program's again; empty when nothing is shown.
  std::string hide(const WindowSize& size);
  // How many rows it takes.
  std::size_t rows() const { return rows_.size(); }
  // The size that the remote program has left: a row at least.
  WindowSize remote_size(WindowSize size) const;

 private:
  std::vector<std::string> rows_;
  std::size_t whole_lines_ = 0;
  int height_ = 0;  // of the terminal
};

}  // namespace gilir
