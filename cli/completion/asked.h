// What somebody is typing: the words of an unfinished command line, understood as far as they go. Never
// refuses: what makes no sense asks for nothing.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace gilir::cli {

// What the word under the cursor is.
enum class Typed {
  nothing,       // nothing that could be offered
  path,          // a noun or a verb, or an option in front of them
  option,        // the name of an option
  option_value,  // of `option`
  positional,    // `positional`
  own_command,   // a program, of a tail: `gilir with SERVER -- PROGRAM`
  own_argument,  // whatever the program of a tail takes
};

struct Asked {
  Typed typed = Typed::nothing;
  // Null while the words name none yet.
  const CommandSpec* command = nullptr;
  const OptionSpec* option = nullptr;
  const PositionalSpec* positional = nullptr;
  // The words of the path in front of the cursor: "", "ticket", "ticket show"; for `help TICKET` its
  // arguments.
  std::string path;
  // The word under the cursor in two parts: what stays as it is ("--status=new,") and the beginning of a
  // value.
  std::string kept;
  std::string beginning;
  // --desk and --as with their values, where they were typed.
  std::vector<std::string> desk_options;
};

// `words` are those behind `gilir`; the last one is under the cursor and may be empty.
Asked understand(CommandTable table, const std::vector<std::string>& words);

// What the value is; by its name where the spec leaves that open.
Completes kind_of(const OptionSpec& option);
Completes kind_of(const PositionalSpec& positional);

}  // namespace gilir::cli
