// gilir-manual DIRECTORY VERSION DATE: writes gilir's man pages. A program of the build, which is not
// installed.
#include <cstdio>
#include <fstream>

#include "cli/command_table.h"
#include "cli/manual/page.h"

namespace {

bool write(const std::string& directory, const std::string& name, const std::string& page) {
  std::ofstream file(directory + "/" + name + ".1", std::ios::trunc);
  file << page;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
  using namespace gilir::cli;
  if (count != 4) {
    std::fputs("usage: gilir-manual DIRECTORY VERSION DATE\n", stderr);
    return 2;
  }
  const std::string directory = arguments[1];
  const ManualFacts facts{arguments[2], arguments[3]};
  const auto table = command_table();
  bool good = write(directory, page_name(""), overview_page(table, facts));
  for (const CommandSpec* command : table) {
    if (command->hidden || command->path.empty()) continue;
    good = write(directory, page_name(command->path), command_page(table, *command, facts)) && good;
  }
  if (!good) std::perror("gilir-manual");
  return good ? 0 : 1;
}
