#include "core/hooks/hook_starter.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/hooks/hook_files.h"

namespace gilir {
namespace {

struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_len = 1;
  return lock;
}

std::string lock_path(const std::string& desk_directory) {
  return hooks_directory(desk_directory) + "/runner.lock";
}

// Asks without taking it, even for an instant: a runner that just starts must not find it taken.
bool runner_works(const std::string& desk_directory) {
  const Descriptor file(::open(lock_path(desk_directory).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  auto lock = whole_file();
  return file && ::fcntl(file.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

}  // namespace

Descriptor lock_hook_runner(const std::string& desk_directory) {
  Descriptor file(::open(lock_path(desk_directory).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  auto lock = whole_file();
  if (file && ::fcntl(file.get(), F_OFD_SETLK, &lock) != 0) file.reset();
  return file;
}

HookStarter::~HookStarter() {
  for (auto& runner : runners_) runner.release();
}

bool HookStarter::has_hooks() const {
  return !program_.empty() && ::access(hooks_directory(desk_directory_).c_str(), F_OK) == 0;
}

void HookStarter::start() noexcept {
  try {
    std::erase_if(runners_, [](Child& runner) { return runner.poll().over(); });
    if (!has_hooks() || runner_works(desk_directory_)) return;
    runners_.push_back(spawn({.program = program_,
                              .arguments = {hook_runner_name, desk_directory_},
                              .descriptors = {{-1, 0}, {-1, 1}, {-1, 2}},
                              .close_others = true,
                              .directory = "/",
                              .own_session = true}));
  } catch (const std::exception&) {
    // The change is made, whatever becomes of its hooks; the next one catches up.
  }
}

}  // namespace gilir
