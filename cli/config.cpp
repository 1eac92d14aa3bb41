#include "cli/config.h"

#include <fcntl.h>
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

std::string read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return {};
    throw usage_error(UsageProblem::file_unreadable).with("path", path).with("because", std::string(strerror(errno)));
  }
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

void check_value(std::string_view key, std::string_view value) {
  if (value.find_first_of("\r\n") == std::string_view::npos && value.find('\0') == std::string_view::npos) return;
  throw Error(ErrorCode::invalid).with("field", key).with("problem", N_("a line break cannot stand in the config"));
}

// What the path names once symbolic links are followed, so that a linked config stays linked.
std::string link_target(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

std::string absolute_desk(const std::string& desk) {
  if (desk.find("://") != std::string::npos) return desk;
  return std::filesystem::absolute(desk).lexically_normal().string();
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
  const auto home = environment.value("HOME");
  if (!home.starts_with('/')) throw usage_error(UsageProblem::no_home).with("variable", variable);
  return std::string(home).append("/").append(below_home);
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
    if (named->empty())
      throw usage_error(UsageProblem::missing_value).with("option", "--desk").with("value", "PATH|URL");
    return absolute_desk(*named);
  }
  if (const auto named = environment.value("GILIR_DESK"); !named.empty()) return absolute_desk(std::string(named));
  auto desk = read_config(config_path(environment)).desk;
  // No shell has expanded the tilde in the file.
  if (desk.starts_with("~/")) desk.replace(0, 1, environment.value("HOME"));
  return desk.empty() ? default_desk(environment) : absolute_desk(desk);
}

std::string choose_agent(const Arguments& arguments, const Environment& environment) {
  if (const auto named = arguments.text("as")) return *named;
  if (const auto named = environment.value("GILIR_AGENT"); !named.empty()) return std::string(named);
  return read_config(config_path(environment)).agent;
}

}  // namespace gilir::cli
