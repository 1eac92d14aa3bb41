// SQLite's own way to files (its VFS), but for one wait for the disk: whoever first writes to a write-ahead log that he
// has opened also makes its directory durable, even when others have written to that log before. A process that
// makes one change pays as much for that as for the change, and pays it behind the write gate.
//
// A log with more than its header is in its directory durably already: SQLite syncs the header of a new log, and the
// directory with it, before it writes anything behind the header. Such a log is opened as one that was there, not as
// one to be made, and then SQLite leaves the directory alone.
#pragma once

#include <string>

namespace gilir::store {

// The VFS's name, for sqlite3_open_v2; registers it when needed. Call after sqlite3_config.
const char* desk_vfs();

// Whether nobody can write there: a medium or a mount that is read-only.
bool lies_on_read_only_medium(const std::string& path);

// Whether not even the index beside the log, which readers make as well, has room there.
bool has_no_room(const std::string& path);
// Whether a desk's file is to be read without anything made beside it: on such a medium, or where there is no room
// and nobody has the desk open.
bool can_only_be_read(const std::string& path);

// The URI under which SQLite reads a desk so: it makes no files beside it. Error{unreachable} when its
// last changes stand in the write-ahead log still, which cannot be read so.
std::string immutable_uri(const std::string& path);

}  // namespace gilir::store
