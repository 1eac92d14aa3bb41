#include "core/store/desk_vfs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"

namespace gilir::store {
namespace {

// The write-ahead log's file format: https://www.sqlite.org/fileformat2.html#walformat
constexpr off_t log_header_bytes = 32;
// What SQLite makes beside the log, as large as it is at first: https://www.sqlite.org/walformat.html
constexpr off_t index_bytes = 32 * 1024;

// As much as some dozens of changes write; what grew beyond it goes.
constexpr off_t most_kept_bytes = 1 << 20;

using LogHeader = std::array<char, log_header_bytes>;
constexpr LogHeader no_log{};

off_t size_of(const char* file) {
  struct stat facts {};
  return stat(file, &facts) == 0 ? facts.st_size : 0;
}

class LogFile {
 public:
  LogFile(const char* path, int flags) : file_(open(path, flags | O_NOFOLLOW | O_CLOEXEC)) {}
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile() {
    if (file_ >= 0) close(file_);
  }

  bool is_empty() const {
    LogHeader header;
    return pread(file_, header.data(), header.size(), 0) == log_header_bytes && header == no_log;
  }
  bool empty() const { return pwrite(file_, no_log.data(), no_log.size(), 0) == log_header_bytes; }

 private:
  int file_;
};

bool has_frames(const char* log) {
  return size_of(log) > log_header_bytes && !LogFile(log, O_RDONLY).is_empty();
}

// Whoever closes a database last has put its log into it, and that is durable.
thread_local bool closes_keeping_log = false;

bool keep_log(const char* path) {
  const auto size = size_of(path);
  if (size <= log_header_bytes || size > most_kept_bytes) return false;
  const LogFile log(path, O_RDWR);
  return log.is_empty() || log.empty();
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  if (closes_keeping_log && std::string_view(path).ends_with("-wal") && keep_log(path)) return SQLITE_OK;
  auto* plain = static_cast<sqlite3_vfs*>(vfs->pAppData);
  return plain->xDelete(plain, path, sync_directory);
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_given) {
  auto* plain = static_cast<sqlite3_vfs*>(vfs->pAppData);
  // Nobody removes the log meanwhile: that takes the exclusive lock on the database, which we share.
  if ((flags & SQLITE_OPEN_WAL) != 0 && size_of(path) > log_header_bytes) flags &= ~SQLITE_OPEN_CREATE;
  return plain->xOpen(plain, path, file, flags, flags_given);
}

sqlite3_vfs like_plain(const char* name) {
  auto* plain = sqlite3_vfs_find(nullptr);
  sqlite3_vfs ours = *plain;
  ours.zName = name;
  ours.pAppData = plain;
  ours.xOpen = open_file;
  ours.xDelete = remove_file;
  return ours;
}

// All zero when nobody can tell.
struct statvfs file_system_of(const std::string& path) {
  struct statvfs facts {};
  if (statvfs(path.c_str(), &facts) != 0) return {};
  return facts;
}

bool is_read_only(const struct statvfs& file_system) {
  return (file_system.f_flag & ST_RDONLY) != 0;
}

bool is_full(const struct statvfs& file_system) {
  // Some file systems count no blocks.
  if (file_system.f_blocks == 0) return false;
  const auto free = geteuid() == 0 ? file_system.f_bfree : file_system.f_bavail;
  return free <= static_cast<fsblkcnt_t>(index_bytes) / std::max<unsigned long>(file_system.f_frsize, 1);
}

}  // namespace

const char* desk_vfs() {
  static constexpr const char* name = "gilir";
  static sqlite3_vfs ours = like_plain(name);
  static const int registered = sqlite3_vfs_register(&ours, 0);
  return registered == SQLITE_OK ? name : nullptr;
}

void close_keeping_log(sqlite3* database) {
  closes_keeping_log = true;
  sqlite3_close(database);
  closes_keeping_log = false;
}

bool lies_on_read_only_medium(const std::string& path) {
  return is_read_only(file_system_of(path));
}

bool has_no_room(const std::string& path) {
  return is_full(file_system_of(path));
}

bool can_only_be_read(const std::string& path) {
  const auto file_system = file_system_of(path);
  if (is_read_only(file_system)) return true;
  if (!is_full(file_system) || has_frames((path + "-wal").c_str())) return false;
  struct stat index {};
  return stat((path + "-shm").c_str(), &index) != 0 || index.st_size < index_bytes;
}

std::string immutable_uri(const std::string& path) {
  if (has_frames((path + "-wal").c_str())) {
    throw Error(ErrorCode::unreachable)
        .with("path", path)
        .with("problem",
              "it lies on a read-only medium with changes that were not put in yet; copy its directory to a disk");
  }
  // https://www.sqlite.org/uri.html; without an authority, "//" would begin one.
  std::string uri = path.starts_with('/') ? "file://" : "file:";
  for (const char letter : path) {
    if (letter == '?' || letter == '#' || letter == '%')
      uri += fmt::format("%{:02x}", static_cast<unsigned>(static_cast<unsigned char>(letter)));
    else
      uri += letter;
  }
  return uri + "?immutable=1";
}

}  // namespace gilir::store
