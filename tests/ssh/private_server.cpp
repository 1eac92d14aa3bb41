#include "tests/ssh/private_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/process/process_probe.h"
#include "tests/programs.h"

namespace gilir::test {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

bool answers(std::uint16_t port) {
  const Descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(probe.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

std::uint16_t free_port() {
  const Descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(probe.get(), reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(probe.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

PrivateServer::PrivateServer(const Options& options)
    : configuration_(options.configuration), empty_password_(options.empty_password) {
  std::string pattern = ::testing::TempDir() + "gilir-sshd-XXXXXX";
  directory_ = ::mkdtemp(pattern.data());
  user_ = options.user.empty() ? ::getpwuid(::getuid())->pw_name : options.user;
  std::filesystem::create_directory(directory_ / "home");
  make_key("host_key", options.host_key_type);
  make_key("user_key", "ed25519");
  std::filesystem::copy_file(path("user_key.pub"), path("authorized_keys"));
  keep_run_directory();
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (start(free_port())) return;
  }
  throw std::runtime_error("no sshd could be started: " + log());
}

PrivateServer::~PrivateServer() {
  process_.send_signal(SIGTERM);
  process_.wait();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

// sshd as root needs /run/sshd at every connection. Whoever shares it holds a shared lock on it while it is
// used.
void PrivateServer::keep_run_directory() {
  if (::getuid() != 0) return;
  struct stat named {};
  struct stat locked {};
  do {
    ::mkdir("/run/sshd", 0755);
    run_directory_ = Descriptor(::open("/run/sshd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ::flock(run_directory_.get(), LOCK_SH);
  } while (::stat("/run/sshd", &named) != 0 || ::fstat(run_directory_.get(), &locked) != 0 ||
           named.st_ino != locked.st_ino);
}

// An account table for this sshd alone: it needs a user "sshd", and must not mind how ours is locked.
std::string PrivateServer::accounts() {
  const auto* me = ::getpwuid(::getuid());
  const auto id = std::to_string(me->pw_uid) + ":" + std::to_string(me->pw_gid);
  write_file(path("passwd"),
             user_ + ":x:" + id + "::" + path("home") + ":/bin/sh\nsshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n");
  write_file(path("shadow"), user_ + (empty_password_ ? ":" : ":*") + ":1::::::\nsshd:*:1::::::\n");
  write_file(path("group"), "tty:x:5:\n" + user_ + ":x:" + std::to_string(me->pw_gid) + ":\n");
  return package_file("usr/lib/*/libnss_wrapper.so");
}

bool PrivateServer::start(std::uint16_t port) {
  const auto sshd = package_file("usr/sbin/sshd");
  port_ = port;
  write_file(path("sshd_config"), "ListenAddress 127.0.0.1\nPort " + std::to_string(port) + "\nHostKey " +
                                      path("host_key") + "\nAuthorizedKeysFile " + path("authorized_keys") +
                                      "\nPidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\n"
                                      "KbdInteractiveAuthentication no\nPermitRootLogin yes\nLogLevel DEBUG1\n"
                                      "PrintMotd no\nPrintLastLog no\n" +
                                      configuration_ + "\n");
  write_file(path("log"), "");
  SpawnOptions options{.program = sshd,
                       .arguments = {sshd, "-D", "-E", path("log"), "-f", path("sshd_config")},
                       .descriptors = {{-1, 0}, {-1, 1}, {-1, 2}}};
  options.close_others = true;
  options.environment = surroundings();
  options.environment.push_back("LD_PRELOAD=" + accounts());
  for (const auto* table : {"passwd", "shadow", "group"}) {
    std::string name = table;
    for (auto& letter : name) letter = static_cast<char>(std::toupper(letter));
    options.environment.push_back("NSS_WRAPPER_" + name + "=" + path(table));
  }
  process_ = spawn(options);
  const auto until = boot_now() + patience;
  while (boot_now() < until && !process_.poll().over()) {
    if (answers(port)) return true;
    ::poll(nullptr, 0, 5);
  }
  return false;
}

SshTarget PrivateServer::target() const {
  return {.server = "kantor-123", .host = "127.0.0.1", .port = port_, .user = user_, .host_key = host_key()};
}

Credentials PrivateServer::credentials() const {
  Credentials credentials;
  credentials.key_files = {key_file()};
  credentials.key_files_named = true;
  return credentials;
}

std::string PrivateServer::host_key() const {
  return read_file(path("host_key.pub"));
}
std::string PrivateServer::log() const {
  return read_file(path("log"));
}

std::string PrivateServer::make_key(const std::string& name, const std::string& type, const std::string& passphrase,
                                    const std::vector<std::string>& more_options) {
  SpawnOptions options{.program = program("ssh-keygen")};
  options.arguments = {"ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path(name)};
  // Long enough for sshd, and short enough to be made on a busy machine.
  if (type == "rsa") options.arguments.insert(options.arguments.end(), {"-b", "2048"});
  options.arguments.insert(options.arguments.end(), more_options.begin(), more_options.end());
  if (run(options).status.shell_status() != 0) throw std::runtime_error("ssh-keygen failed");
  return path(name);
}

void PrivateServer::accept_key(const std::string& key_file) {
  std::ofstream(path("authorized_keys"), std::ios::app) << read_file(key_file + ".pub");
}

PrivateServer& shared_server() {
  static PrivateServer server;
  return server;
}

}  // namespace gilir::test
