#include "core/health/desk_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "core/store/desk_vfs.h"
#include "core/store/migration.h"

namespace gilir {
namespace {

// What SQLite and gilir keep in the directory, with which somebody else could read or change the desk.
constexpr std::array files{"desk.db", "desk.db-wal", "desk.db-shm", "gate", "bells"};

std::optional<Finding> check_file(const std::string& path) {
  struct stat facts {};
  if (lstat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return Finding{Check::directory, Health::problem, Because::unreadable, path, strerror(errno)};
  }
  if (facts.st_uid != geteuid()) {
    return Finding{Check::directory, Health::problem, Because::foreign_owner, path, std::to_string(facts.st_uid)};
  }
  return std::nullopt;
}

Finding check_directory(const std::string& directory) {
  struct stat facts {};
  if (stat(directory.c_str(), &facts) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return {Check::directory, Health::problem, missing ? Because::missing : Because::unreadable, directory,
            missing ? "" : strerror(errno)};
  }
  if (!S_ISDIR(facts.st_mode)) return {Check::directory, Health::problem, Because::not_a_directory, directory, ""};
  if (facts.st_uid != geteuid()) {
    return {Check::directory, Health::problem, Because::foreign_owner, directory, std::to_string(facts.st_uid)};
  }
  // Whoever may not enter the directory reaches none of its files, whatever their modes.
  if (const auto bits = bits_of_others(facts.st_mode); !bits.empty()) {
    return {Check::directory, Health::problem, Because::open_to_others, directory, bits};
  }
  if ((facts.st_mode & 0700) != 0700) {
    return {Check::directory, Health::problem, Because::unreadable, directory,
            fmt::format("{:04o}", facts.st_mode & 07777)};
  }
  for (const auto* file : files) {
    if (auto finding = check_file(directory + "/" + file)) return *finding;
  }
  return {Check::directory, Health::ok, Because::fine, directory, "0700"};
}

}  // namespace

std::string bits_of_others(unsigned mode) {
  return (mode & 0077) == 0 ? std::string() : fmt::format("{:04o}", mode & 07777);
}

bool close_to_others(const std::string& directory) {
  const int opened = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  struct stat facts {};
  struct stat desk {};
  const bool is_ours = fstat(opened, &facts) == 0 && facts.st_uid == geteuid() &&
                       fstatat(opened, "desk.db", &desk, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(desk.st_mode) &&
                       desk.st_uid == geteuid();
  const bool is_closed = is_ours && (facts.st_mode & 0077) != 0 && fchmod(opened, 0700) == 0;
  close(opened);
  return is_closed;
}

std::vector<Finding> check_desk_files(const std::string& directory) {
  std::vector<Finding> findings{check_directory(directory)};
  struct statfs facts {};
  if (statfs(directory.c_str(), &facts) != 0) return findings;
  const auto name = store::network_file_system(static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL);
  if (name.empty() && store::lies_on_read_only_medium(directory))
    findings.push_back({Check::file_system, Health::warning, Because::read_only, directory, ""});
  else if (name.empty() && store::has_no_room(directory))
    findings.push_back({Check::file_system, Health::problem, Because::full, directory, ""});
  else if (name.empty())
    findings.push_back({Check::file_system, Health::ok, Because::fine, directory, ""});
  else
    findings.push_back({Check::file_system, Health::problem, Because::network, directory, std::string(name)});
  return findings;
}

}  // namespace gilir
