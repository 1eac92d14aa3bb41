#include "cli/completion/install.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "cli/completion/scripts.h"
#include "cli/config.h"
#include "cli/output/shell_words.h"

namespace gilir::cli {
namespace {

// Start-up files are looked at no further than this.
constexpr std::size_t most_lines = 10'000;

bool mentions(const std::string& path, std::string_view text) {
  std::ifstream file(path);
  std::string line;
  for (std::size_t count = 0; count < most_lines && std::getline(file, line); ++count) {
    if (line.find(text) != std::string::npos) return true;
  }
  return false;
}

std::string home(const Environment& environment) {
  return user_directory(environment, "HOME", "");
}

// bash-completion loads what lies in the user's directory when it is first needed; without it .bashrc must.
void place_bash(InstalledCompletion& installed, const Environment& environment) {
  installed.path = user_directory(environment, "XDG_DATA_HOME", ".local/share") + "/bash-completion/completions/gilir";
  const auto setup = home(environment) + "/.bashrc";
  if (access("/usr/share/bash-completion/bash_completion", R_OK) == 0 || mentions(setup, installed.path)) return;
  installed.setup_file = setup;
  installed.setup_line = ". " + shell_word(installed.path);
}

void place_fish(InstalledCompletion& installed, const Environment& environment) {
  installed.path = user_directory(environment, "XDG_CONFIG_HOME", ".config") + "/fish/completions/gilir.fish";
}

void place_zsh(InstalledCompletion& installed, const Environment& environment) {
  installed.path = home(environment) + "/.zfunc/_gilir";
  const auto stated = environment.value("ZDOTDIR");
  const auto setup = (stated.starts_with('/') ? std::string(stated) : home(environment)) + "/.zshrc";
  if (mentions(setup, ".zfunc")) return;
  installed.setup_file = setup;
  installed.setup_line = "fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit";
}

}  // namespace

const Shell* find_shell(std::string_view name) {
  static const std::array<Shell, 3> shells{
      {{"bash", bash_completion}, {"fish", fish_completion}, {"zsh", zsh_completion}}};
  name = name.substr(name.rfind('/') + 1);
  const auto found = std::ranges::find(shells, name, &Shell::name);
  return found == shells.end() ? nullptr : &*found;
}

InstalledCompletion install_completion(const Shell& shell, const Environment& environment) {
  InstalledCompletion installed;
  if (shell.name == "bash")
    place_bash(installed, environment);
  else if (shell.name == "fish")
    place_fish(installed, environment);
  else
    place_zsh(installed, environment);
  make_directories(installed.path);
  write_atomically(installed.path, shell.script);
  return installed;
}

}  // namespace gilir::cli
