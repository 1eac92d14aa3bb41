// The last line of a terminal that a remote session uses, taken for a message for a while.
//
// The screen is the remote program's. To write on it without breaking it, the last line is taken out of the scrolling
// region (DECSTBM, ECMA-48 and VT100; as apt does for its progress bar), while whoever uses this tells the remote
// program that its terminal has one line less: full-screen programs then draw themselves anew, above. Both are undone
// when the message goes.
#pragma once

#include <string>

#include "core/process/terminal.h"

namespace gilir {

class StatusLine {
 public:
  bool is_shown() const { return !text_.empty(); }
  // What to write so that `text`, cut to the width, stands in the last line; empty when it does already. Control
  // characters must have been escaped.
  std::string show(const std::string& text, const WindowSize& size);
  // What to write so that the line is the remote program's again; empty when nothing is shown.
  std::string hide(const WindowSize& size);
  // The size that the remote program has left.
  WindowSize remote_size(WindowSize size) const;

 private:
  std::string text_;
  int rows_ = 0;
};

}  // namespace gilir
