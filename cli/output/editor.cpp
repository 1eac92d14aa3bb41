#include "cli/output/editor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "cli/config.h"
#include "cli/output/message.h"
#include "cli/output/shell_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "cli/search_path.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/process/descriptor.h"
#include "core/process/signal_set.h"
#include "core/process/spawn.h"
#include "core/process/terminal.h"

namespace gilir::cli {

std::string_view editor_of(const Environment& environment) {
  for (const auto* variable : {"VISUAL", "EDITOR"}) {
    if (const auto named = trimmed(environment.value(variable)); !named.empty()) return named;
  }
  for (const std::string_view usual : {"editor", "vi"}) {
    if (!find_on_path(environment, usual).empty()) return usual;
  }
  return {};
}

Draft::Draft(const Environment& environment, std::string_view initial) : initial_(initial) {
  path_ = user_directory(environment, "XDG_STATE_HOME", ".local/state") + "/gilir/drafts/draft-XXXXXX.txt";
  make_directories(path_);
  const Descriptor file(mkostemps(path_.data(), 4, O_CLOEXEC));
  if (!file) throw_system_error(plain_text(phrase(_("cannot make {}"), path_)), errno);
  write_all(file.get(), initial);
}

bool Draft::is_unchanged() const {
  try {
    return read_text_file(path_) == initial_;
  } catch (const Error&) {
    return false;
  }
}

std::string Draft::edit(const Environment& environment) {
  auto command = shell_words(editor_of(environment));
  if (!command) {
    remove();
    throw usage_error(
        plain_text(phrase(_("a quote is not closed in the name of your editor: {}"), editor_of(environment))));
  }
  auto& words = *command;
  words.push_back(path_);
  SpawnOptions options{.program = words.front(), .arguments = words};
  if (const auto search_path = environment.value("PATH"); !search_path.empty())
    options.search_path = std::string(search_path);
  // Ctrl-C is the editor's affair. Ctrl-Z stops both, since both are in one group, and a shell continues both.
  const SignalSet held_back({SIGINT, SIGQUIT});
  TerminalState terminal(STDIN_FILENO);
  const auto failed = [&] {
    auto error = usage_error(UsageProblem::editor_failed).with("editor", words.front());
    if (is_unchanged())
      remove();
    else
      error.add("draft", path_);
    return error;
  };
  ChildStatus status;
  try {
    auto child = spawn(options);
    status = child.wait();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cannot_run) throw;
    throw failed();
  }
  if (status.shell_status() != 0) {
    terminal.force_restore();
    throw failed();
  }
  return read_text_file(path_);
}

void Draft::remove() {
  unlink(path_.c_str());
}

}  // namespace gilir::cli
