// Standard input and the terminal, handed in so that tests can answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gilir::cli {

class Input {
 public:
  virtual ~Input() = default;
  virtual bool is_terminal() const = 0;
  // Up to the next line break, without it; nothing at the end. Throws Error{usage} past `most` bytes and when
  // reading fails.
  virtual std::optional<std::string> line(std::size_t most) = 0;
  // Everything to the end; throws as line().
  virtual std::string all(std::size_t most) = 0;
  // What was typed at a terminal and not read yet answers nothing that is asked from now on.
  virtual void forget_typed() = 0;
  // One key press without echo, as its character; '\n' for Enter, 0 at the end of input. Terminal only.
  virtual char key() = 0;
};

// Reads a descriptor that it does not own, past the byte order mark that some editors begin a file with. `name` is the
// file's, for errors; "-" is standard input.
class DescriptorInput final : public Input {
 public:
  explicit DescriptorInput(int descriptor, std::string name = "-") : descriptor_(descriptor), name_(std::move(name)) {}
  bool is_terminal() const override;
  std::optional<std::string> line(std::size_t most) override;
  std::string all(std::size_t most) override;
  void forget_typed() override;
  char key() override;

 private:
  bool fill();
  bool drop_mark();
  [[noreturn]] void refuse_length(std::size_t most) const;

  int descriptor_;
  std::string name_;
  std::string buffer_;
  bool has_begun_ = false;
  bool at_end_ = false;
};

}  // namespace gilir::cli
