// gilir-manual PROGRAMS DIRECTORY VERSION DATE: writes gilir's man pages in the language that the environment asks for,
// with the messages beside the folder PROGRAMS. A program of the build, which is not installed.
#include <cstdio>
#include <fstream>

#include "cli/command_table.h"
#include "cli/environment.h"
#include "cli/manual/page.h"
#include "cli/output/translate.h"

namespace {

bool write(const std::string& directory, const std::string& name, const std::string& page) {
  std::ofstream file(directory + "/" + name + ".1", std::ios::trunc);
  file << page;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
  using namespace gilir::cli;
  if (count != 5) {
    std::fputs("usage: gilir-manual PROGRAMS DIRECTORY VERSION DATE\n", stderr);
    return 2;
  }
  start_translation(Environment::of_process(environ), arguments[1]);
  const std::string directory = arguments[2];
  const ManualFacts facts{arguments[3], arguments[4]};
  const auto table = command_table();
  bool good = write(directory, page_name(""), overview_page(table, facts));
  for (const CommandSpec* command : table) {
    if (command->hidden || command->path.empty()) continue;
    good = write(directory, page_name(command->path), command_page(table, *command, facts)) && good;
  }
  if (!good) std::perror("gilir-manual");
  return good ? 0 : 1;
}
