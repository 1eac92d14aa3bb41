// How many rows statements give back: what a walk costs, on every machine the same.
#pragma once

#include <sqlite3.h>

#include "core/store/connection.h"

namespace gilir {

class RowsRead {
 public:
  explicit RowsRead(store::Connection& connection) : database_(connection.handle()) {
    sqlite3_trace_v2(&database_, SQLITE_TRACE_ROW, count_one, this);
  }
  RowsRead(const RowsRead&) = delete;
  RowsRead& operator=(const RowsRead&) = delete;
  ~RowsRead() { sqlite3_trace_v2(&database_, 0, nullptr, nullptr); }

  std::size_t count() const { return count_; }

 private:
  static int count_one(unsigned, void* self, void*, void*) {
    ++static_cast<RowsRead*>(self)->count_;
    return 0;
  }

  sqlite3& database_;
  std::size_t count_ = 0;
};

}  // namespace gilir
