#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/command_table.h"
#include "cli/environment.h"
#include "cli/output/translate.h"
#include "cli/program.h"
#include "cli/program_path.h"
#include "core/base/error.h"
#include "core/guardian/guardian.h"
#include "core/guardian/guardian_process.h"
#include "core/hooks/hook_runner.h"
#include "core/hooks/hook_starter.h"
#include "core/process/descriptor.h"
#include "core/session/renewer.h"

namespace {

std::string executable_directory() {
  const auto whole = gilir::cli::running_file();
  return whole.empty() ? "." : whole.substr(0, whole.rfind('/'));
}

// execv wants the arguments as main got them.
char** original_arguments = nullptr;

void run_full() {
  const std::string program = executable_directory() + "/../libexec/gilir/gilir-full";
  execv(program.c_str(), original_arguments);
}

// Where there is no memory even for the exception that would say so, the C++ library ends the process with a signal.
[[noreturn]] void end_without_memory() {
  void* const some = std::malloc(4096);
  const bool is_out_of_memory = some == nullptr;
  std::free(some);
  if (!is_out_of_memory) std::abort();
  constexpr std::string_view words = "gilir: out of memory.\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, words.data(), words.size());
  _exit(gilir::exit_code(gilir::ErrorCode::failed));
}

// A command lives for some milliseconds and wants again what it has given back; the kernel would clear it anew.
void keep_freed_memory() {
#ifdef M_TRIM_THRESHOLD
  constexpr int kept_bytes = 4 << 20;
  constexpr int taken_at_once = 256 << 10;
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
  mallopt(M_TOP_PAD, taken_at_once);
#endif
}

// Before anything that allocates.
[[gnu::constructor(101)]] void prepare_for_no_memory() {
  std::set_terminate(end_without_memory);
}

}  // namespace

int main(int count, char** arguments) {
  using namespace gilir::cli;
  gilir::fill_standard_descriptors();
  if (count > 0 && std::string_view(arguments[0]) == gilir::guardian_name) {
    return gilir::guardian_main(gilir::guardian_descriptor);
  }
  if (count > 0 && std::string_view(arguments[0]) == gilir::renewer_name) {
    return gilir::renewer_main(gilir::renewer_descriptor, own_program());
  }
  keep_freed_memory();
  std::signal(SIGPIPE, SIG_IGN);
  // A file that has reached the limit on its size is an error like a full disk, not a death.
  std::signal(SIGXFSZ, SIG_IGN);
  if (count > 0 && std::string_view(arguments[0]) == gilir::hook_runner_name) {
    return gilir::hook_runner_main(own_program(), {arguments + 1, arguments + count});
  }
  original_arguments = arguments;
  const auto environment = Environment::of_process(environ);
  const gilir::SystemClock clock;
  DescriptorInput input(STDIN_FILENO);
  DescriptorSink out(STDOUT_FILENO);
  DescriptorSink errors(STDERR_FILENO);
  ProgramParts parts{.words = {arguments + (count > 0 ? 1 : 0), arguments + count},
                     .table = command_table(),
                     .environment = environment,
                     .clock = clock,
                     .terminal = terminal_facts(),
                     .input = input,
                     .out = out,
                     .errors = errors,
                     .run_full = run_full};
  // Scripts read English: with --json and --format even messages are not translated.
  if (!asks_for_script(parts.words)) start_translation(environment, executable_directory());
  return run_program(parts);
}
