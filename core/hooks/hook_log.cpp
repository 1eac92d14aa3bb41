#include "core/hooks/hook_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/process/descriptor.h"

namespace gilir {

void HookLog::say(std::string_view text) noexcept {
  append(fmt::format("{} {}\n", format_rfc3339_seconds(clock_.now().wall), printable_line(text)));
}

void HookLog::quote(std::string_view output, std::size_t dropped) noexcept {
  std::string lines;
  while (!output.empty()) {
    const auto line = output.substr(0, output.find('\n'));
    output.remove_prefix(std::min(line.size() + 1, output.size()));
    lines.append("  | ").append(printable_line(line)).append("\n");
  }
  if (dropped > 0) lines += fmt::format("  | … and {} bytes more\n", dropped);
  append(lines);
}

void HookLog::append(const std::string& lines) noexcept {
  if (lines.empty()) return;
  const Descriptor file(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return;
  try {
    write_all(file.get(), lines);
  } catch (const Error&) {
    return;
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) == 0 && static_cast<std::size_t>(facts.st_size) >= largest_hook_log) {
    std::rename(path_.c_str(), (path_ + ".1").c_str());
  }
}

}  // namespace gilir
