#include "core/ssh/key_file.h"

#include <fcntl.h>
#include <nettle/base64.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "core/process/descriptor.h"
#include "core/ssh/ssh_wire.h"

namespace gilir {

namespace {

constexpr std::size_t longest_file = 1024 * 1024;
// ssh-keygen takes 24 unless told otherwise, and each costs some milliseconds.
constexpr std::uint32_t most_rounds = 100'000;

constexpr std::string_view openssh_begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
constexpr std::string_view openssh_end = "-----END OPENSSH PRIVATE KEY-----";

// Those that libssh's reader of key files can decrypt with.
constexpr std::array<std::string_view, 7> readable_ciphers = {"aes128-ctr", "aes192-ctr", "aes256-ctr", "aes128-cbc",
                                                              "aes192-cbc", "aes256-cbc", "3des-cbc"};

// In one piece of memory, so that a secret has no copies.
std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  std::size_t length = bytes.size();
  base64_decode_ctx context;
  base64_decode_init(&context);
  auto* into = reinterpret_cast<std::uint8_t*>(bytes.data());
  const bool is_whole = base64_decode_update(&context, &length, into, text.size(), text.data()) == 1 &&
                        base64_decode_final(&context) == 1;
  if (!is_whole) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

std::string encode_base64(std::string_view bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

// The file's first words, for an error's `problem`: what cli/ knows to translate, then the path.
std::string words(std::string_view what, const std::string& path) {
  return std::string(what) + ": " + path;
}

// "ssh-ed25519 AAAA… comment" → the blob.
std::optional<std::string> blob_of_line(std::string_view text) {
  const auto blank = text.find_first_of(" \t");
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string type(text.substr(0, blank));
  if (::ssh_key_type_from_name(type.c_str()) == SSH_KEYTYPE_UNKNOWN) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of(" \t", blank), text.size()));
  return decode_base64(text.substr(0, text.find_first_of(" \t\r\n")));
}

// PROTOCOL.key of OpenSSH.
void look_at_openssh_key(std::string_view text, KeyFile& file) {
  constexpr std::string_view magic("openssh-key-v1\0", 15);
  const auto damaged = [&] { file.problem = words("the key file is damaged", file.path); };
  const auto end = text.find(openssh_end);
  if (end == std::string_view::npos) return damaged();
  const Secret bytes(decode_base64(text.substr(openssh_begin.size(), end - openssh_begin.size())).value_or(""));
  if (!bytes.text().starts_with(magic)) return damaged();
  WireReader reader(std::string_view(bytes.text()).substr(magic.size()));
  const auto cipher = reader.text();
  const auto derivation = reader.text();
  const auto options = reader.text();
  const auto keys = reader.number();
  const auto blob = reader.text();
  const auto secret = reader.text();
  if (!cipher || !derivation || !options || !keys || !blob || !secret || secret->empty()) return damaged();
  file.blob = *blob;
  if (*keys != 1) {
    file.problem = words("the key file holds several keys", file.path);
  } else if (WireReader(*blob).text().value_or("").starts_with("sk-")) {
    file.problem = words("a key that lives in a security key is used through ssh-agent only", file.path);
  } else if (*cipher != "none") {
    file.is_encrypted = true;
    WireReader derived(*options);
    const auto salt = derived.text();
    const auto rounds = derived.number();
    if (std::ranges::find(readable_ciphers, *cipher) == readable_ciphers.end())
      file.problem =
          words("the cipher of the key file cannot be read here, but ssh-agent can; add it with ssh-add", file.path);
    else if (*derivation != "bcrypt" || !salt || salt->empty() || !rounds || *rounds == 0 || *rounds > most_rounds)
      file.problem = words("the key file is encrypted in a way that is not known", file.path);
  }
}

bool is_encrypted_pem(std::string_view text) {
  return text.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
         text.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

// Into one piece of memory; where the file turns out longer than `expected`, what is left behind is wiped.
std::optional<std::string> read_bounded(int descriptor, std::size_t expected) {
  std::string text(std::min(expected, longest_file) + 1, '\0');
  std::size_t held = 0;
  while (held <= longest_file) {
    if (held == text.size()) {
      std::string larger(std::min(2 * held, longest_file + 1), '\0');
      std::ranges::copy(text, larger.begin());
      const Secret outgrown(std::exchange(text, std::move(larger)));
    }
    const auto got = ::read(descriptor, text.data() + held, text.size() - held);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    held += static_cast<std::size_t>(got);
  }
  text.resize(held);
  return text;
}

// Nothing: it cannot be read, and `problem` says why.
std::optional<std::string> read_regular_file(const std::string& path, KeyFile& file) {
  // Who opens a pipe to read it would wait for its writer.
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat facts {};
  if (!opened || ::fstat(opened.get(), &facts) != 0) {
    file.is_missing = true;
    const auto reason = std::generic_category().message(errno);
    file.problem = words(words("the key file cannot be read", path), reason);
    return std::nullopt;
  }
  if (S_ISDIR(facts.st_mode))
    file.problem = words("a directory is no key file", path);
  else if (!S_ISREG(facts.st_mode))
    file.problem = words("the key file is no ordinary file", path);
  if (!file.problem.empty()) return std::nullopt;
  auto text = read_bounded(opened.get(), static_cast<std::size_t>(facts.st_size));
  if (!text) file.problem = words("the key file cannot be read", path);
  return text;
}

// libssh's own answer to a passphrase that is not there, so that OpenSSL asks nobody.
int no_passphrase(const char*, char*, std::size_t, int, int, void*) {
  return -1;
}

}  // namespace

KeyFile look_at_key(std::string text, const std::string& path) {
  KeyFile file;
  file.path = path;
  const std::string_view whole(text);
  const auto start = whole.find_first_not_of(" \t\r\n");
  const auto begin = start == std::string_view::npos ? std::string_view() : whole.substr(start);
  bool is_private = false;
  if (begin.empty()) {
    file.problem = words("the key file is empty", path);
  } else if (text.size() > longest_file) {
    file.problem = words("the key file is too long", path);
  } else if (text.find('\0') != std::string::npos) {
    file.problem = words("the file is no private key", path);
  } else if (begin.starts_with("PuTTY-User-Key-File-")) {
    file.problem = words("a PuTTY key must be converted first, with puttygen KEY -O private-openssh -o NEW", path);
  } else if (const auto at = whole.find(openssh_begin); at != std::string_view::npos) {
    is_private = true;
    look_at_openssh_key(whole.substr(at), file);
  } else if (whole.find("PRIVATE KEY-----") != std::string_view::npos) {
    is_private = true;
    file.is_encrypted = is_encrypted_pem(whole);
  } else if (auto blob = blob_of_line(begin)) {
    file.blob = std::move(*blob);
  } else {
    file.problem = words("the file is no private key", path);
  }
  Secret kept(std::move(text));
  if (is_private && file.problem.empty()) file.private_text = std::move(kept);
  return file;
}

KeyFile read_key_file(const std::string& path) {
  KeyFile file;
  file.path = path;
  auto text = read_regular_file(path, file);
  if (!text) return file;
  file = look_at_key(std::move(*text), path);
  if (!file.blob.empty() || !file.problem.empty()) return file;
  KeyFile other_half;
  if (const auto line = read_regular_file(path + ".pub", other_half)) file.blob = blob_of_line(*line).value_or("");
  return file;
}

SshKey import_private_key(const KeyFile& file, const Secret& passphrase) {
  ssh_key key = nullptr;
  const char* given = file.is_encrypted ? passphrase.get() : nullptr;
  if (::ssh_pki_import_privkey_base64(file.private_text.get(), given, no_passphrase, nullptr, &key) != SSH_OK) {
    return nullptr;
  }
  return SshKey(key);
}

SshKey import_public_key(std::string_view blob) {
  const std::string type(WireReader(blob).text().value_or(""));
  const auto known = ::ssh_key_type_from_name(type.c_str());
  if (known == SSH_KEYTYPE_UNKNOWN) return nullptr;
  ssh_key key = nullptr;
  const auto text = encode_base64(blob);
  const bool is_certificate = type.find("-cert-v0") != std::string::npos;
  const int answer = is_certificate ? ::ssh_pki_import_cert_base64(text.c_str(), known, &key)
                                    : ::ssh_pki_import_pubkey_base64(text.c_str(), known, &key);
  return SshKey(answer == SSH_OK ? key : nullptr);
}

std::string public_blob(ssh_key key) {
  char* exported = nullptr;
  if (::ssh_pki_export_pubkey_base64(key, &exported) != SSH_OK) return {};
  return decode_base64(SshText(exported).get()).value_or("");
}

}  // namespace gilir
