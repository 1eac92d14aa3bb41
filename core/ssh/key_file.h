// What a key file is, found out before libssh sees it: libssh calls a null pointer for ciphers that it knows only as a
// connection's (aes256-gcm@openssh.com, chacha20-poly1305@openssh.com), lets OpenSSL ask the terminal for passphrases,
// and says of every other file only that it failed.
#pragma once

#include <string>
#include <string_view>

#include "core/ssh/libssh_owners.h"
#include "core/ssh/secret.h"

namespace gilir {

struct KeyFile {
  std::string path{};
  // Why it is of no use here, as "the key file is empty: PATH"; empty for one that can be used. A private key whose
  // cipher cannot be read may still be in an agent: then its public half is known.
  std::string problem{};
  bool is_missing = false;
  Secret private_text{};  // the file, when libssh can be given it
  bool is_encrypted = false;
  // The public half's blob (RFC 4253 §6.6); empty when neither the file nor PATH.pub tells it.
  std::string blob{};
};

// Reads a private key (OpenSSH, PEM, PKCS #8) or a public one. Never waits, never throws; at most 1 MiB is read.
KeyFile read_key_file(const std::string& path);

// What the text of a key file is; `path` is for the words only. For read_key_file and its fuzzer.
KeyFile look_at_key(std::string text, const std::string& path);

// The private half; `passphrase` for an encrypted one. Nothing when it cannot be read so. Takes as long as the file's
// key derivation says.
SshKey import_private_key(const KeyFile& file, const Secret& passphrase);

// The public key of a blob; nothing when it is none that libssh knows.
SshKey import_public_key(std::string_view blob);

// The blob of a key's public half; for a certificate the certificate.
std::string public_blob(ssh_key key);

}  // namespace gilir
