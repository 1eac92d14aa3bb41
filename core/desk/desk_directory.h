// What a desk in a directory consists of, and whether there is one: see core/desk/local_desk.h.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/store/connection.h"

namespace gilir {

std::string database_of(const std::string& directory);
std::string bells_of(const std::string& directory);

// Which file it is that has a name, whatever name it gets later. All 0 when there is none.
struct DeskFile {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool operator==(const DeskFile&) const = default;
};
DeskFile file_at(const std::string& path);

Error desk_unreachable(const std::string& path, int problem);
Error desk_exists(const std::string& directory);

// Error{no_desk, foreign_desk, unreachable}; the last one also for the directory of a desk that others can write.
void check_owner(const std::string& directory);

// Error{no_desk, unreachable}, Error{damaged} when the database is cut off.
void check_database(const std::string& directory);

// For the desk's owner only. Nothing happens when it is there.
void make_directory(const std::string& path);

// The directory may be there when it is empty, or when it holds what a crash or a full disk left of a desk that was
// never finished. Error{exists, unreachable}, Error{foreign_desk} with the kind "directory".
void make_directory_for_new_desk(const std::string& directory);

// The last thing that a desk gets when it is made.
bool has_desk_row(store::Connection& connection);

}  // namespace gilir
