#include "tests/faults/faulty_vfs.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace gilir {
namespace {

sqlite3_vfs* real_vfs() {
  return sqlite3_vfs_find(nullptr);
}

// What SQLite allocates for a file of ours: this, and the real VFS's file right behind it.
struct FaultyFile {
  sqlite3_file base;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<FaultyFile*>(file)->real();
}

int fault_errno() {
  return FaultyVfs::instance().fault() == Fault::full_disk ? ENOSPC : EIO;
}
// As the real VFS: a write that finds the disk full is SQLITE_FULL, everything else an error of its own.
int write_failure() {
  return FaultyVfs::instance().fault() == Fault::full_disk ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int last_error = 0;

// True when the call must fail now.
bool fault() {
  if (!FaultyVfs::instance().fails_now()) return false;
  last_error = fault_errno();
  errno = last_error;
  return true;
}

int close_file(sqlite3_file* file) {
  return real_of(file)->pMethods->xClose(real_of(file));
}

int read_file(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  return real_of(file)->pMethods->xRead(real_of(file), buffer, amount, offset);
}

int write_file(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
  const auto* real = real_of(file)->pMethods;
  if (!fault()) return real->xWrite(real_of(file), buffer, amount, offset);
  if (FaultyVfs::instance().fault() == Fault::short_write) real->xWrite(real_of(file), buffer, amount / 2, offset);
  return write_failure();
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return fault() ? SQLITE_IOERR_TRUNCATE : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  return fault() ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_reserved(sqlite3_file* file, int* result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}

int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  if (extend != 0 && fault()) return SQLITE_IOERR_SHMSIZE;
  return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void shared_barrier(sqlite3_file* file) {
  real_of(file)->pMethods->xShmBarrier(real_of(file));
}

int unmap_shared(sqlite3_file* file, int remove) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

// Version 2 has shared memory but no memory-mapped reads, which gilir does not use.
constexpr sqlite3_io_methods file_methods{
    2,           close_file,     read_file,      write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file,    check_reserved, control_file, sector_size,   characteristics, map_shared,
    lock_shared, shared_barrier, unmap_shared,   nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* faulty = new (file) FaultyFile{};
  if (fault()) return SQLITE_CANTOPEN;
  const int result = real_vfs()->xOpen(real_vfs(), path, faulty->real(), flags, out_flags);
  // Without methods SQLite does not call xClose.
  if (faulty->real()->pMethods != nullptr) faulty->base.pMethods = &file_methods;
  return result;
}

int delete_file(sqlite3_vfs*, const char* path, int sync_directory) {
  return fault() ? SQLITE_IOERR_DELETE : real_vfs()->xDelete(real_vfs(), path, sync_directory);
}

int get_last_error(sqlite3_vfs*, int, char*) {
  return last_error;
}

}  // namespace

FaultyVfs& FaultyVfs::instance() {
  static FaultyVfs vfs;
  return vfs;
}

FaultyVfs::FaultyVfs() {
  // Everything that is not about files' contents stays the real VFS's own function, called with our structure:
  // the default VFS reads only its fields that are copied here.
  static sqlite3_vfs vfs = *real_vfs();
  vfs.pNext = nullptr;
  vfs.zName = name;
  vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs()->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xGetLastError = get_last_error;
  sqlite3_vfs_register(&vfs, 0);
}

void FaultyVfs::arm(Fault fault, std::int64_t call, bool lasting) {
  fault_ = fault;
  calls_until_fault_ = call;
  lasting_ = lasting;
  fired_ = false;
  armed_ = true;
}

void FaultyVfs::disarm() {
  armed_ = false;
}

bool FaultyVfs::fails_now() {
  if (!armed_) return false;
  --calls_until_fault_;
  const bool fails = calls_until_fault_ == 0 || (lasting_ && calls_until_fault_ < 0);
  fired_ = fired_ || fails;
  return fails;
}

}  // namespace gilir
