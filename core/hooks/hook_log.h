// What hooks did and said: DESK/hooks/log, of at most 1 MiB, and the one before it, log.1. Lines are English
// and start with the time. Writing never throws: a log that cannot be written stops no delivery.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace gilir {

inline constexpr std::size_t largest_hook_log = 1024 * 1024;

class HookLog {
 public:
  HookLog(const std::string& directory, const Clock& clock) : path_(directory + "/log"), clock_(clock) {}

  void say(std::string_view text) noexcept;
  // A hook's own words, each line behind "  | ", control characters escaped; `dropped` bytes more were not
  // kept.
  void quote(std::string_view output, std::size_t dropped) noexcept;

 private:
  void append(const std::string& lines) noexcept;

  std::string path_;
  const Clock& clock_;
};

}  // namespace gilir
