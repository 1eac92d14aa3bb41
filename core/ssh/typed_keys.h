// Tells what a person types from what their terminal says by itself: answers to a program that asks where the cursor
// stands or what the terminal can do, reports of the focus and of the mouse (ECMA-48, xterm's control sequences).
#pragma once

#include <string>
#include <string_view>

namespace gilir {

class TypedKeys {
 public:
  // Is anything in what came a person's? Where a sequence is cut off, that is told with its rest.
  bool take(std::string_view bytes);

 private:
  std::string begun_;  // of a sequence that has not come whole
};

}  // namespace gilir
