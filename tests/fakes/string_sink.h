// A Sink that keeps what was written, and can fail as a full disk or a reader that has gone.
#pragma once

#include <string>

#include "cli/output/sink.h"
#include "core/base/error.h"

namespace gilir::cli {

class StringSink final : public Sink {
 public:
  enum class Fault { none, reader_gone, disk_full };

  void write(std::string_view bytes) override { text_ += bytes; }
  void flush() override {
    if (fault_ == Fault::reader_gone) throw ReaderGone();
    if (fault_ == Fault::disk_full) throw Error(ErrorCode::failed).with("problem", "cannot write the output: full");
  }
  void fail(Fault fault) { fault_ = fault; }
  const std::string& text() const { return text_; }
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
  Fault fault_ = Fault::none;
};

}  // namespace gilir::cli
