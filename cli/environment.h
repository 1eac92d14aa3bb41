// The process's environment as a value: read once in main, handed in everywhere else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gilir::cli {

class Environment {
 public:
  Environment() = default;
  explicit Environment(std::vector<std::pair<std::string, std::string>> variables) : variables_(std::move(variables)) {}
  // Copies a null-terminated array of NAME=VALUE, as main gets it.
  static Environment of_process(const char* const* variables);

  // "" when the variable is not set; gilir treats an empty variable as one that is not set.
  std::string_view value(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& variables() const { return variables_; }

 private:
  std::vector<std::pair<std::string, std::string>> variables_;
};

}  // namespace gilir::cli
