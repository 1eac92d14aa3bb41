// What libssh writes to its log tells some things that no call of it tells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ssh/libssh_owners.h"

namespace gilir {

// Hears the log of this thread for as long as it lives. One at a time.
class LibraryLog {
 public:
  LibraryLog(const LibraryLog&) = delete;
  LibraryLog& operator=(const LibraryLog&) = delete;

 protected:
  LibraryLog();
  virtual ~LibraryLog();
  virtual void hear(std::string_view text) = 0;

 private:
  int before_;
};

// Hears what a login is told beside its answers. libssh keeps one banner, the last; it is looked at each time that
// another comes.
class LoginLog final : public LibraryLog {
 public:
  explicit LoginLog(ssh_session session) : session_(session) {}

  // The banners (RFC 4252 §5.4) that came since the last call, as they came: hostile. At most ten in a login.
  std::vector<std::string> take_banners();
  // Since forget_answers() the server has answered with message 60, which is another in each way of login. To a
  // password it is: choose a new one (RFC 4252 §8). libssh does not know that one, and would wait on.
  bool wants_new_password() const { return wants_new_password_; }
  void forget_answers() { wants_new_password_ = false; }

 private:
  void hear(std::string_view text) override;
  void keep_banner();

  ssh_session session_;
  std::vector<std::string> banners_;
  int kept_ = 0;
  bool is_new_ = false;
  bool wants_new_password_ = false;
};

}  // namespace gilir
