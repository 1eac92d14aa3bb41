// Writing a text in the user's own editor ($VISUAL, else $EDITOR, else what Debian calls `editor`, else vi), in a draft
// file that is kept until the text is safe elsewhere.
#pragma once

#include <string>
#include <string_view>

#include "cli/environment.h"

namespace gilir::cli {

// The editor's command line; "" when neither variable says any and none is installed. Its words are those that a shell
// would see (cli/output/shell_words.h); no shell is run.
std::string_view editor_of(const Environment& environment);

// A draft file of one user (0600), in $XDG_STATE_HOME/gilir/drafts, else ~/.local/state/gilir/drafts. Stays
// when it goes out of scope; remove() removes it.
class Draft {
 public:
  // Throws Error{failed} when it cannot be written.
  Draft(const Environment& environment, std::string_view initial);

  const std::string& path() const { return path_; }
  // Runs the editor in the terminal's foreground until it ends, and returns what the file holds then. Throws
  // Error{usage}, which names the file, when the editor cannot be run or ends with a failure and when the text
  // is longer than max_body_bytes. A failed editor's file goes when nothing was written in it.
  std::string edit(const Environment& environment);
  void remove();

 private:
  bool is_unchanged() const;

  std::string path_;
  std::string initial_;
};

}  // namespace gilir::cli
