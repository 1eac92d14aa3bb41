// To add a command: declare its spec below, add it to the array in order of path, and name its file in
// CMakeLists.txt. A test fails when the order is wrong.
#include "cli/command_table.h"

namespace gilir::cli {
namespace commands {

extern const CommandSpec help;
extern const CommandSpec version;

namespace {

constexpr const CommandSpec* all[] = {
    &help,
    &version,
};

}  // namespace
}  // namespace commands

CommandTable command_table() { return commands::all; }

}  // namespace gilir::cli
