// Owners for libssh's handles.
#pragma once

#include <libssh/libssh.h>

#include <memory>

namespace gilir {

template <auto release>
struct LibsshRelease {
  template <class T>
  void operator()(T* handle) const {
    release(handle);
  }
};

inline void free_libssh_text(char* text) {
  ::ssh_string_free_char(text);
}

using SshHandle = std::unique_ptr<ssh_session_struct, LibsshRelease<::ssh_free>>;
using SshKey = std::unique_ptr<ssh_key_struct, LibsshRelease<::ssh_key_free>>;
using SshChannel = std::unique_ptr<ssh_channel_struct, LibsshRelease<::ssh_channel_free>>;
using SshEvent = std::unique_ptr<ssh_event_struct, LibsshRelease<::ssh_event_free>>;
using SshText = std::unique_ptr<char, LibsshRelease<free_libssh_text>>;

}  // namespace gilir
