// A decorator over SQLite's default VFS that makes one chosen call fail, or that call and all after it. Counted
// are the calls that reach for the disk's contents: open, write, sync, truncate, delete and the growing of the
// shared-memory file. Reads, locks and sizes pass through.
//
// One per process, because SQLite's registry of VFSes is; not thread-safe.
#pragma once

#include <cstdint>

namespace gilir {

enum class Fault {
  io_error,     // the call does nothing and fails with EIO
  full_disk,    // the call does nothing and fails with ENOSPC
  short_write,  // half of what is written arrives, then EIO; other calls as io_error
};

class FaultyVfs {
 public:
  // For LocalDeskOptions::vfs.
  static constexpr const char* name = "gilir-faulty";

  // Registers it on first use.
  static FaultyVfs& instance();

  // The `call`-th counted call from now fails; with `lasting` every one after it as well.
  void arm(Fault fault, std::int64_t call, bool lasting);
  void disarm();
  // Whether a call has failed since arm().
  bool fired() const { return fired_; }

  // For the VFS's own functions: counts the call, and says whether it must fail.
  bool fails_now();
  Fault fault() const { return fault_; }

 private:
  FaultyVfs();

  Fault fault_ = Fault::io_error;
  std::int64_t calls_until_fault_ = 0;
  bool armed_ = false;
  bool lasting_ = false;
  bool fired_ = false;
};

}  // namespace gilir
