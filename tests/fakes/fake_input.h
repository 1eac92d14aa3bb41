// Standard input that answers from a script.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "cli/input.h"

namespace gilir::cli {

class FakeInput final : public Input {
 public:
  explicit FakeInput(std::string text = {}, bool terminal = false) : text_(std::move(text)), terminal_(terminal) {}

  bool is_terminal() const override { return terminal_; }
  std::optional<std::string> line(std::size_t) override {
    if (text_.empty()) return std::nullopt;
    const auto end = text_.find('\n');
    auto line = text_.substr(0, end);
    text_.erase(0, end == std::string::npos ? end : end + 1);
    return line;
  }
  std::string all(std::size_t) override { return std::exchange(text_, {}); }
  // The script answers what is asked, whenever.
  void forget_typed() override {}
  char key() override {
    if (text_.empty()) return 0;
    const char pressed = text_.front();
    text_.erase(0, 1);
    return pressed;
  }

 private:
  std::string text_;
  bool terminal_;
};

}  // namespace gilir::cli
