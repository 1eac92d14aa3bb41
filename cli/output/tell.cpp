#include "cli/output/tell.h"

#include <exception>

#include "cli/output/output.h"

namespace gilir::cli {

void tell_if_heard(Output& output, const Line& line) noexcept {
  try {
    output.note(line);
  } catch (const std::exception&) {
    // A reader who has gone, or a full disk behind stderr: there is nobody to say it to.
  }
}

}  // namespace gilir::cli
