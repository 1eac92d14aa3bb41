#include "cli/session/outcome_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/arguments.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/output/tell.h"
#include "cli/output/translate.h"
#include "core/base/error.h"
#include "core/base/json.h"

namespace gilir::cli {
namespace {

// More than any outcome is long.
constexpr off_t room = 256;

std::string problem_words(const std::string& path, int problem) {
  return plain_text(phrase(_("cannot write {}: {}"), path, known_words(strerror(problem))));
}

// Why nothing could be written there, or 0. The file stays empty.
int try_room(int file) {
  struct stat about {};
  if (fstat(file, &about) != 0) return errno;
  if (!S_ISREG(about.st_mode)) return ::write(file, "", 0) < 0 ? errno : 0;
  if (fallocate(file, FALLOC_FL_KEEP_SIZE, 0, room) == 0 || errno == EOPNOTSUPP || errno == ENOSYS) return 0;
  return errno;
}

}  // namespace

OutcomeFile::OutcomeFile(const CommandContext& context) : path_(context.arguments.text("outcome")) {
  if (!path_) return;
  file_ = Descriptor(open(path_->c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  const int problem = file_ ? try_room(file_.get()) : errno;
  if (problem != 0) throw Error(ErrorCode::failed).with("problem", problem_words(*path_, problem));
}

void OutcomeFile::write(CommandContext& context, const RunOutcome& outcome) const noexcept {
  if (!path_) return;
  try {
    const auto json = to_json(outcome) + "\n";
    const auto written = ::write(file_.get(), json.data(), json.size());
    if (written != static_cast<ssize_t>(json.size()))
      tell_if_heard(context.output, bad(problem_words(*path_, written < 0 ? errno : ENOSPC)));
    // Gives back the room that was not needed.
    [[maybe_unused]] const int cut = ftruncate(file_.get(), std::max<off_t>(written, 0));
  } catch (const std::exception&) {
    // Nobody reads of it.
  }
}

}  // namespace gilir::cli
