#include "core/desk/desk_directory.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/store/desk_vfs.h"
#include "core/store/migration.h"

namespace gilir {
namespace {

namespace files = std::filesystem;

constexpr std::array files_of_unused_desk{"desk.db", "desk.db-journal", "desk.db-shm", "desk.db-wal", "gate", "bells"};

bool is_empty_of_desks(store::Connection& connection) {
  const auto application = connection.first<std::int64_t>("PRAGMA application_id").value_or(0);
  const auto tables = connection.first<std::int64_t>("SELECT count(*) FROM sqlite_schema").value_or(0);
  if (tables == 0) return application == 0;
  return application == store::application_id && !has_desk_row(connection);
}

// Neither somebody else's, who may have it open, nor a link to what lies elsewhere.
bool is_plain_and_ours(const files::path& path) {
  struct stat facts {};
  return lstat(path.c_str(), &facts) == 0 && facts.st_uid == geteuid() &&
         (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
}

// Nothing but what may be left of a desk that nobody ever used: a change leaves a bell behind.
bool has_only_our_files(const std::string& directory, std::error_code& problem) {
  for (files::directory_iterator entry(directory, problem), end; !problem && entry != end; entry.increment(problem)) {
    const auto name = entry->path().filename().string();
    if (std::ranges::find(files_of_unused_desk, name) == files_of_unused_desk.end()) return false;
    if (!is_plain_and_ours(entry->path())) return false;
    if (name == "bells" && !files::is_empty(entry->path(), problem)) return false;
  }
  return !problem;
}

bool is_unused(const std::string& directory, std::error_code& problem) {
  if (!has_only_our_files(directory, problem)) return false;
  if (!files::exists(database_of(directory), problem)) return !problem;
  try {
    store::Connection connection({database_of(directory)});
    return is_empty_of_desks(connection);
  } catch (const Error&) {
    // Whatever it is, it is not for us to write into.
    return false;
  }
}

// Error{no_desk, unreachable, foreign_desk}.
struct stat facts_of_own(const std::string& directory) {
  struct stat facts {};
  if (stat(directory.c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) throw Error(ErrorCode::no_desk).with("path", directory);
    throw desk_unreachable(directory, errno);
  }
  if (!S_ISDIR(facts.st_mode)) throw Error(ErrorCode::no_desk).with("path", directory);
  if (facts.st_uid != geteuid()) {
    throw Error(ErrorCode::foreign_desk).with("path", directory).with("owner", static_cast<std::int64_t>(facts.st_uid));
  }
  return facts;
}

void refuse_unless(bool (*is_fit)(const std::string&, std::error_code&), const std::string& directory) {
  std::error_code problem;
  if (is_fit(directory, problem)) return;
  if (problem) throw desk_unreachable(directory, problem.value());
  if (files::exists(database_of(directory), problem)) throw desk_exists(directory);
  throw Error(ErrorCode::exists).with("kind", "directory").with("name", directory);
}

}  // namespace

std::string database_of(const std::string& directory) {
  return directory + "/desk.db";
}

std::string bells_of(const std::string& directory) {
  return directory + "/bells";
}

DeskFile file_at(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return {};
  return {facts.st_dev, facts.st_ino};
}

Error desk_unreachable(const std::string& path, int problem) {
  return Error(ErrorCode::unreachable).with("path", path).with("problem", std::string(strerror(problem)));
}

Error desk_exists(const std::string& directory) {
  return Error(ErrorCode::exists).with("kind", "desk").with("name", directory);
}

void check_owner(const std::string& directory) {
  const auto facts = facts_of_own(directory);
  if (access(database_of(directory).c_str(), F_OK) != 0 && errno == ENOENT)
    throw Error(ErrorCode::no_desk).with("path", directory);
  // Whoever can put files there can put another desk in its place.
  if ((facts.st_mode & 0022) != 0 && !store::lies_on_read_only_medium(directory)) {
    throw Error(ErrorCode::unreachable)
        .with("path", directory)
        .with("problem", "others can write there; close it with gilir doctor --fix, or with chmod 700");
  }
}

void check_database(const std::string& directory) {
  const auto database = database_of(directory);
  if (access(database.c_str(), F_OK) != 0) {
    throw errno == ENOENT ? Error(ErrorCode::no_desk).with("path", directory) : desk_unreachable(database, errno);
  }
  // SQLite takes a file below its smallest page for a new database; here it is what is left of a desk.
  std::error_code unknown_size;
  if (std::filesystem::file_size(database, unknown_size) < 512) {
    throw Error(ErrorCode::damaged).with("path", database).with("problem", "the file is empty or cut off");
  }
}

void make_directory(const std::string& path) {
  std::error_code problem;
  const auto parent = files::path(path).parent_path();
  if (!parent.empty()) files::create_directories(parent, problem);
  if (problem) throw desk_unreachable(parent.string(), problem.value());
  if (mkdir(path.c_str(), 0700) == 0) return;
  const int because = errno;
  const bool is_there = because == EEXIST && files::is_directory(path, problem);
  if (!is_there) throw desk_unreachable(path, problem ? problem.value() : because);
}

void make_directory_for_new_desk(const std::string& directory) {
  make_directory(directory);
  // Whoever may write there all the same (root) could not open the desk afterwards.
  try {
    facts_of_own(directory);
  } catch (Error& error) {
    error.add("kind", "directory");
    throw;
  }
  // A directory that is used for something else stays open to whom it is open. What others put there meanwhile is seen
  // at the second look, once they cannot any more.
  refuse_unless(has_only_our_files, directory);
  if (chmod(directory.c_str(), 0700) != 0) throw desk_unreachable(directory, errno);
  refuse_unless(is_unused, directory);
}

bool has_desk_row(store::Connection& connection) {
  return connection.first<std::int64_t>("SELECT 1 FROM desk").has_value();
}

}  // namespace gilir
