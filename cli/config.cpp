#include "cli/config.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "cli/input.h"
#include "cli/output/known_words.h"
#include "cli/output/sink.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

constexpr std::size_t max_config_bytes = 64 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void refuse_write(const std::string& path) {
  throw Error(ErrorCode::failed)
      .with("problem", plain_text(phrase(_("cannot write {}: {}"), path, known_words(strerror(errno)))));
}

// In a directory that this user may not enter, as another's home that `sudo -u` leaves in HOME: no file of theirs.
bool is_out_of_reach(const std::string& path) {
  const int before = std::exchange(errno, 0);
  struct stat facts {};
  const bool out_of_reach = stat(path.c_str(), &facts) != 0 && errno == EACCES;
  errno = before;
  return out_of_reach;
}

// Nobody has said anything wrong where this process may have no more of something.
[[noreturn]] void refuse_read(const std::string& path, int problem) {
  if (problem == EMFILE || problem == ENFILE || problem == ENOMEM) {
    throw Error(ErrorCode::failed)
        .with("problem", plain_text(phrase(_("cannot read {}: {}"), path, known_words(strerror(problem)))));
  }
  throw usage_error(UsageProblem::file_unreadable).with("path", path).with("because", std::string(strerror(problem)));
}

// A pipe or terminal in a config's place would be waited for.
bool is_readable_at_once(int descriptor) {
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0) return false;
  return S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode) || (S_ISCHR(facts.st_mode) && isatty(descriptor) == 0);
}

std::string read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR || is_out_of_reach(path)) return {};
    refuse_read(path, errno);
  }
  if (!is_readable_at_once(file.get()))
    throw usage_error(UsageProblem::file_unreadable).with("path", path).with("because", N_("it is not a file"));
  DescriptorInput input(file.get(), path);
  auto text = input.all(max_config_bytes);
  if (!is_utf8(text)) {
    throw usage_error(UsageProblem::file_unreadable).with("path", path).with("because", N_("it is not UTF-8 text"));
  }
  return text;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// Key and value of a line; an empty key for comments and everything else.
std::pair<std::string_view, std::string_view> setting(std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos || trimmed(line).starts_with('#')) return {};
  return {trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1))};
}

// What is written must be what is read again.
void check_value(std::string_view key, std::string_view value) {
  const auto refuse = [&](std::string_view problem) {
    throw Error(ErrorCode::invalid).with("field", key).with("problem", problem);
  };
  if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
    refuse(N_("a line break cannot stand in the config"));
  if (!is_utf8(value)) refuse(N_("only UTF-8 text can stand in the config"));
  if (trimmed(value) != value) refuse(N_("a blank at its beginning or end cannot stand in the config"));
}

// What the path names once symbolic links are followed, so that a linked config stays linked.
std::string link_target(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

// Nothing says anything where no home can have a config.
Config config_or_none(const Environment& environment) {
  const bool anywhere = environment.value("XDG_CONFIG_HOME").starts_with('/') || !home_directory(environment).empty();
  return anywhere ? read_config(config_path(environment)) : Config{};
}

std::string absolute_desk(const std::string& desk) {
  if (desk.find("://") != std::string::npos) return desk;
  return std::filesystem::absolute(desk).lexically_normal().string();
}

// A path or URL that stands in the file: the same wherever gilir is started. No shell has expanded the tilde there.
std::string path_in_config(std::string path, const Environment& environment) {
  if (path.empty() || path.find("://") != std::string::npos) return path;
  if (path.starts_with("~/")) path.replace(0, 1, home_directory(environment));
  const auto beside = std::filesystem::path(config_path(environment)).parent_path();
  return (beside / path).lexically_normal().string();
}

std::string desk_of(const Config& config, const Environment& environment) {
  return config.desk.empty() ? default_desk(environment) : path_in_config(config.desk, environment);
}

}  // namespace

void write_atomically(const std::string& path, std::string_view text) {
  std::string temporary = path + ".XXXXXX";
  const Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) refuse_write(path);
  try {
    DescriptorSink sink(file.get());
    sink.write(text);
    sink.flush();
    if (fsync(file.get()) != 0 || rename(temporary.c_str(), path.c_str()) != 0) refuse_write(path);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
}

void make_directories(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string directory = path.substr(0, slash);
    if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) refuse_write(directory);
  }
}

std::string user_directory(const Environment& environment, std::string_view variable, std::string_view below_home) {
  const auto stated = environment.value(variable);
  if (stated.starts_with('/')) return std::string(stated);
  const auto home = home_directory(environment);
  if (home.empty()) throw usage_error(UsageProblem::no_home).with("variable", variable);
  return std::string(home).append("/").append(below_home);
}

std::string home_directory(const Environment& environment) {
  const auto stated = environment.value("HOME");
  if (stated.starts_with('/')) return std::string(stated);
  const passwd* entry = getpwuid(geteuid());
  const std::string_view known = entry == nullptr || entry->pw_dir == nullptr ? "" : entry->pw_dir;
  return known.starts_with('/') ? std::string(known) : std::string();
}

std::string config_path(const Environment& environment) {
  return user_directory(environment, "XDG_CONFIG_HOME", ".config") + "/gilir/config";
}

Config read_config(const std::string& path) {
  Config config;
  for (const auto& line : split_lines(read_file(path))) {
    const auto [key, value] = setting(line);
    if (key == "desk")
      config.desk = value;
    else if (key == "agent")
      config.agent = value;
    else if (key == "heads")
      config.heads = value;
  }
  return config;
}

void write_config(const std::string& path, const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [key, value] : values) check_value(key, value);
  auto lines = split_lines(read_file(path));
  for (const auto& [key, value] : values) {
    std::string entry = key;
    entry.append("=").append(value);
    bool found = false;
    for (auto& line : lines) {
      if (setting(line).first != key) continue;
      line = entry;
      found = true;
    }
    if (!found) lines.push_back(std::move(entry));
  }
  std::string text;
  for (const auto& line : lines) text.append(line).append("\n");
  make_directories(path);
  write_atomically(link_target(path), text);
}

std::string default_desk(const Environment& environment) {
  return user_directory(environment, "XDG_DATA_HOME", ".local/share") + "/gilir/desk";
}

std::string choose_desk(const Arguments& arguments, const Environment& environment) {
  if (const auto named = arguments.text("desk")) {
    if (named->empty()) throw usage_error(UsageProblem::missing_value).with("option", "--desk").with("value", "PATH");
    return absolute_desk(*named);
  }
  if (const auto named = environment.value("GILIR_DESK"); !named.empty()) return absolute_desk(std::string(named));
  return desk_of(config_or_none(environment), environment);
}

std::string choose_heads(const Arguments& arguments, const Environment& environment) {
  const auto config = config_or_none(environment);
  if (config.heads.empty() || choose_desk(arguments, environment) != desk_of(config, environment)) return {};
  return path_in_config(config.heads, environment);
}

std::string choose_agent(const Arguments& arguments, const Environment& environment) {
  if (const auto named = arguments.text("as")) return *named;
  if (const auto named = environment.value("GILIR_AGENT"); !named.empty()) return std::string(named);
  return config_or_none(environment).agent;
}

}  // namespace gilir::cli
