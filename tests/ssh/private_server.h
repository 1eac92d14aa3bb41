// A real sshd on a loopback port of its own, for the tests of core/ssh: own host key, one user key, own log.
// It lets in only whoever runs the test. A test that finds no sshd fails.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/process/descriptor.h"
#include "core/process/spawn.h"
#include "core/ssh/ssh_target.h"

namespace gilir::test {

class PrivateServer {
 public:
  struct Options {
    std::string host_key_type = "ed25519";
    std::string configuration{};  // more lines of sshd_config
    std::string user{};           // the name to log in with, of the user who runs the test; empty: their own
    bool empty_password = false;  // of that user; whether it lets in is the configuration's to say
  };
  explicit PrivateServer(const Options& options);
  PrivateServer() : PrivateServer(Options{}) {}
  ~PrivateServer();
  PrivateServer(const PrivateServer&) = delete;
  PrivateServer& operator=(const PrivateServer&) = delete;

  // With the host key pinned.
  SshTarget target() const;
  // With the user's key, named.
  Credentials credentials() const;
  std::string key_file() const { return path("user_key"); }
  // The server's key, as ssh-keygen wrote it.
  std::string host_key() const;
  std::string log() const;
  std::string path(const std::string& name) const { return (directory_ / name).string(); }
  // A new key in the server's directory that it does not accept.
  std::string make_key(const std::string& name, const std::string& type, const std::string& passphrase = "",
                       const std::vector<std::string>& more_options = {});
  // Lets that key in beside the others.
  void accept_key(const std::string& key_file);

 private:
  bool start(std::uint16_t port);
  void keep_run_directory();
  // Writes the tables, and returns the library that reads them.
  std::string accounts();

  std::filesystem::path directory_;
  std::string configuration_;
  std::string user_;
  bool empty_password_;
  std::uint16_t port_ = 0;
  Descriptor run_directory_;
  Child process_;
};

// The one that most tests share; started at the first use.
PrivateServer& shared_server();

std::uint16_t free_port();

}  // namespace gilir::test
