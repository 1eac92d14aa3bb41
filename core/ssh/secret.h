// A passphrase, password or private key that is wiped when it goes. What libssh copies of it is libssh's to wipe.
#pragma once

#include <string.h>

#include <string>
#include <utility>

namespace gilir {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  Secret& operator=(Secret&& other) noexcept {
    std::swap(text_, other.text_);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  const char* get() const { return text_.c_str(); }
  const std::string& text() const { return text_; }

 private:
  // A short text that was moved from keeps its bytes in place.
  void wipe() noexcept {
    text_.resize(text_.capacity());
    ::explicit_bzero(text_.data(), text_.size());
    text_.clear();
  }

  std::string text_;
};

}  // namespace gilir
