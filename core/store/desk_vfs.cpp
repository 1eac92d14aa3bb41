#include "core/store/desk_vfs.h"

#include <sqlite3.h>
#include <sys/stat.h>

namespace gilir::store {
namespace {

// The write-ahead log's file format: https://www.sqlite.org/fileformat2.html#walformat
constexpr off_t log_header_bytes = 32;

bool has_frames(const char* log) {
  struct stat facts {};
  return stat(log, &facts) == 0 && facts.st_size > log_header_bytes;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_given) {
  auto* plain = static_cast<sqlite3_vfs*>(vfs->pAppData);
  // Nobody removes the log meanwhile: that takes the exclusive lock on the database, which we share.
  if ((flags & SQLITE_OPEN_WAL) != 0 && has_frames(path)) flags &= ~SQLITE_OPEN_CREATE;
  return plain->xOpen(plain, path, file, flags, flags_given);
}

sqlite3_vfs like_plain(const char* name) {
  auto* plain = sqlite3_vfs_find(nullptr);
  sqlite3_vfs ours = *plain;
  ours.zName = name;
  ours.pAppData = plain;
  ours.xOpen = open_file;
  return ours;
}

}  // namespace

const char* desk_vfs() {
  static constexpr const char* name = "gilir";
  static sqlite3_vfs ours = like_plain(name);
  static const int registered = sqlite3_vfs_register(&ours, 0);
  return registered == SQLITE_OK ? name : nullptr;
}

}  // namespace gilir::store
