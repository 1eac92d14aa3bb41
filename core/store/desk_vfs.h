// SQLite's own way to files (its VFS), but for two waits for the disk. One: whoever first writes to a write-ahead log
// that he has opened also makes its directory durable, even when others have written to that log before. A process that
// makes one change pays as much for that as for the change, and pays it behind the write gate.
//
// A log with more than its header is in its directory durably already: SQLite syncs the header of a new log, and the
// directory with it, before it writes anything behind the header. Such a log is opened as one that was there, not as
// one to be made, and then SQLite leaves the directory alone.
//
// The other: whoever closes a database last puts the log into it and would remove it, for the next to make it anew. The
// file system then waits for its own journal, with each change. An emptied log stays instead: its header is overwritten
// with zeros, which for SQLite is a log without anything in it, and what is written next takes the places of what stood
// there. The database alone is the whole desk, as it is without a log.
#pragma once

#include <string>

struct sqlite3;

namespace gilir::store {

// The VFS's name, for sqlite3_open_v2; registers it when needed. Call after sqlite3_config.
const char* desk_vfs();

// sqlite3_close(), but that an emptied log stays.
void close_keeping_log(sqlite3* database);

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
