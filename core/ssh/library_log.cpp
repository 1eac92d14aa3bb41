#include "core/ssh/library_log.h"

#include <exception>
#include <utility>

namespace gilir {
namespace {

constexpr int most_banners = 10;

}  // namespace

LibraryLog::LibraryLog() : before_(::ssh_get_log_level()) {
  ::ssh_set_log_userdata(this);
  ::ssh_set_log_callback([](int /*level*/, const char* /*function*/, const char* text, void* self) {
    // libssh keeps the callback when there is nobody left to hear.
    if (self == nullptr) return;
    try {
      static_cast<LibraryLog*>(self)->hear(text);
    } catch (const std::exception&) {
      // Memory, which libssh has no way to be told of.
    }
  });
  ::ssh_set_log_level(SSH_LOG_TRACE);
}

LibraryLog::~LibraryLog() {
  ::ssh_set_log_level(before_);
  ::ssh_set_log_userdata(nullptr);
}

std::vector<std::string> LoginLog::take_banners() {
  keep_banner();
  return std::exchange(banners_, {});
}

void LoginLog::hear(std::string_view text) {
  if (text.find("Received SSH_USERAUTH_BANNER packet") != std::string_view::npos) {
    // The one before is still there.
    keep_banner();
    is_new_ = true;
  }
  const bool is_ambiguous = text.find("rejected packet (type 60)") != std::string_view::npos ||
                            text.find("Received SSH_USERAUTH_PK_OK/") != std::string_view::npos;
  if (is_ambiguous) wants_new_password_ = true;
}

void LoginLog::keep_banner() {
  if (!std::exchange(is_new_, false) || kept_ == most_banners) return;
  const SshText text(::ssh_get_issue_banner(session_));
  if (!text) return;
  banners_.emplace_back(text.get());
  ++kept_;
}

}  // namespace gilir
