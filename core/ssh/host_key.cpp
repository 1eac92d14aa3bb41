#include "core/ssh/host_key.h"

#include "core/base/error.h"
#include "core/ssh/host_key_reader.h"
#include "core/ssh/libssh_owners.h"

namespace gilir {

namespace {

std::string_view next_word(std::string_view& text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return text = {};
  text.remove_prefix(start);
  const auto word = text.substr(0, text.find_first_of(" \t\r\n"));
  text.remove_prefix(word.size());
  return word;
}

[[noreturn]] void refuse(std::string_view problem) {
  throw invalid_field("host_key", problem);
}

}  // namespace

HostKey describe_key(ssh_key_struct* key) {
  HostKey described;
  char* exported = nullptr;
  if (::ssh_pki_export_pubkey_base64(key, &exported) != SSH_OK) refuse("cannot be read");
  described.base64 = SshText(exported).get();
  described.type = ::ssh_key_type_to_char(::ssh_key_type(key));
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (::ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0) refuse("cannot be hashed");
  const SshText fingerprint(::ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size));
  ::ssh_clean_pubkey_hash(&hash);
  if (fingerprint) described.fingerprint = fingerprint.get();
  return described;
}

HostKey parse_host_key(std::string_view line) {
  auto rest = line;
  auto word = next_word(rest);
  auto type = ::ssh_key_type_from_name(std::string(word).c_str());
  if (type == SSH_KEYTYPE_UNKNOWN) {
    word = next_word(rest);
    type = ::ssh_key_type_from_name(std::string(word).c_str());
  }
  if (type == SSH_KEYTYPE_UNKNOWN) refuse("expected a key type such as ssh-ed25519");
  const std::string blob(next_word(rest));
  ssh_key imported = nullptr;
  if (blob.empty() || ::ssh_pki_import_pubkey_base64(blob.c_str(), type, &imported) != SSH_OK) {
    refuse("the key after its type is not readable");
  }
  const SshKey key(imported);
  return describe_key(key.get());
}

}  // namespace gilir
