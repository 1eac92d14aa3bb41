#include <algorithm>

#include "core/base/error.h"
#include "core/guardian/beside.h"
#include "core/ssh/authentication.h"

namespace gilir {

bool Authentication::keys() {
  std::vector<SharedKeyFile> files;
  for (const auto& path : credentials_.key_files) {
    files.push_back(std::make_shared<const KeyFile>(read_key_file(path)));
  }
  if (credentials_.key_files_named && named_keys(files)) return true;
  return agent_keys(files) || std::ranges::any_of(files, [&](const SharedKeyFile& file) { return offer(file); });
}

bool Authentication::named_keys(const std::vector<SharedKeyFile>& files) {
  for (const auto& file : files) {
    // A mistake is told before anything is tried.
    if (!file->problem.empty() && !agent_has(file->blob)) fail(file->problem);
  }
  return std::ranges::any_of(files, [&](const SharedKeyFile& file) { return offer(file); });
}

bool Authentication::agent_keys(const std::vector<SharedKeyFile>& files) {
  const bool in_file_first = std::ranges::any_of(files, [&](const SharedKeyFile& file) {
    return agent_has(file->blob) && offer_through_agent(file->path, file->blob);
  });
  return in_file_first ||
         std::ranges::any_of(agent_blobs(), [&](const std::string& blob) { return offer_through_agent("", blob); });
}

bool Authentication::offer(const SharedKeyFile& file) {
  if (server_refuses(SSH_AUTH_METHOD_PUBLICKEY) || offered_.contains(file->blob)) return false;
  if (file->private_text.text().empty() || file->is_encrypted) {
    if (agent_has(file->blob)) return offer_through_agent(file->path, file->blob);
  }
  if (!file->private_text.text().empty()) return offer_private(file);
  if (!file->is_missing && !file->problem.empty()) unusable_key_ = file->problem;
  if (!file->problem.empty() || !file->path.ends_with(".pub")) return false;
  // The public half was named, as for a key that is in an agent.
  auto other = std::make_shared<const KeyFile>(read_key_file(file->path.substr(0, file->path.size() - 4)));
  if (other->private_text.text().empty() || (!other->blob.empty() && other->blob != file->blob)) {
    unusable_key_ = "the key is not in ssh-agent, and its private half is not beside it: " + file->path;
    return false;
  }
  return offer_private(other);
}

bool Authentication::offer_private(const SharedKeyFile& file) {
  const auto key = file->is_encrypted ? ask_passphrase(file) : import_private_key(*file, Secret());
  if (!key) {
    if (!file->is_encrypted) unusable_key_ = "the key file is damaged: " + file->path;
    return false;
  }
  if (!offered_.insert(public_blob(key.get())).second) return false;
  keys_tried_.push_back(file->path);
  return offer_certified(file->path, key.get());
}

bool Authentication::offer_certified(const std::string& path, ssh_key key) {
  const auto try_key = [&](ssh_key offered) {
    return attempt("publickey", [&] { return ::ssh_userauth_publickey(session_, user_, offered); });
  };
  const auto certificate = import_public_key(read_key_file(path + "-cert.pub").blob);
  if (!certificate) return try_key(key);
  // It signs with the private key under the certificate's name; the bare key is offered after it.
  const SshKey certified(::ssh_key_dup(key));
  if (certified && ::ssh_pki_copy_cert_to_privkey(certificate.get(), certified.get()) == SSH_OK &&
      try_key(certified.get())) {
    return true;
  }
  return try_key(key);
}

bool Authentication::offer_through_agent(const std::string& path, const std::string& blob) {
  if (server_refuses(SSH_AUTH_METHOD_PUBLICKEY) || !offered_.insert(blob).second) return false;
  if (!path.empty()) keys_tried_.push_back(path);
  const auto base = path.ends_with(".pub") ? path.substr(0, path.size() - 4) : path;
  const auto certificate = path.empty() ? std::string() : read_key_file(base + "-cert.pub").blob;
  return std::ranges::any_of(std::vector{certificate, blob}, [&](const std::string& shown) {
    return !shown.empty() && attempt("publickey", [&] {
      // It may wait for a person, for as long as the server does.
      const auto asked_at = boot_now();
      const int answer = agent_->offer(shown, blob);
      until_ += boot_now() - asked_at;
      return answer;
    });
  });
}

const std::vector<std::string>& Authentication::agent_blobs() {
  if (agent_blobs_) return *agent_blobs_;
  agent_blobs_.emplace();
  if (credentials_.agent_socket.empty()) return *agent_blobs_;
  const auto wait_for_agent = [this](std::span<pollfd> own, std::optional<BootTime> until) { wait(own, until); };
  agent_ = KeyAgent::connect(credentials_.agent_socket, session_, user_, wait_for_agent);
  if (!agent_) return *agent_blobs_;
  agent_blobs_ = agent_->blobs(limits_.agent);
  if (agent_->is_silent()) unusable_key_ = "ssh-agent does not answer";
  return *agent_blobs_;
}

bool Authentication::agent_has(const std::string& blob) {
  return !blob.empty() && std::ranges::find(agent_blobs(), blob) != agent_blobs().end();
}

// How long it takes stands in the file.
SshKey Authentication::import(const SharedKeyFile& file, Secret passphrase) {
  struct Work {
    SharedKeyFile file;
    Secret passphrase;
    SshKey key{};
  };
  const auto work = std::make_shared<Work>(Work{file, std::move(passphrase)});
  Beside call([work] { work->key = import_private_key(*work->file, work->passphrase); });
  while (!call.is_over()) {
    pollfd watched{.fd = call.descriptor(), .events = POLLIN, .revents = 0};
    wait({&watched, 1}, std::nullopt);
  }
  return std::move(work->key);
}

SshKey Authentication::ask_passphrase(const SharedKeyFile& file) {
  if (!can_ask()) {
    unusable_key_ = "the key file needs its passphrase, and nobody can be asked: " + file->path;
    return nullptr;
  }
  if (!is_welcome(*file)) return nullptr;
  for (int i = 0; i < most_attempts; ++i) {
    auto answer = ask({.kind = Question::key_passphrase, .subject = file->path});
    if (!answer) return nullptr;
    if (auto key = import(file, Secret(std::move(*answer)))) return key;
  }
  return nullptr;
}

// Would the server take this key? So that no passphrase is asked for in vain. Without its public half: perhaps.
bool Authentication::is_welcome(const KeyFile& file) {
  const auto key = import_public_key(file.blob);
  if (!key) return true;
  keys_tried_.push_back(file.path);
  note_method("publickey");
  const int answer = call_until_answered([&] { return ::ssh_userauth_try_publickey(session_, user_, key.get()); });
  note_refusal(answer);
  if (answer != SSH_AUTH_SUCCESS) offered_.insert(file.blob);
  return answer == SSH_AUTH_SUCCESS;
}

}  // namespace gilir
