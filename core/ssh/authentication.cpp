#include "core/ssh/authentication.h"

#include <algorithm>

#include "core/base/error.h"

namespace gilir {

namespace {

constexpr int most_question_rounds = 10;
// So many ways of login one after another may a server want.
constexpr int most_steps = 10;

}  // namespace

void Authentication::run() {
  try {
    // It tells what the server accepts, and brings its banner. Servers do not count it as an attempt.
    if (none() || other_ways()) return;
  } catch (const ConnectionEnded&) {
    take_last_words(parts_);
    tell_banners();
    fail_at_end();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::connection_lost || ::ssh_is_connected(session_) != 0) throw;
    fail_at_end();
  }
  fail(unusable_key_);
}

bool Authentication::other_ways() {
  for (int step = 0; step < most_steps; ++step) {
    try {
      return keys() || questions() || password();
    } catch (const PartlyLetIn& step_done) {
      // A key that was refused before may be welcome now; one that was a step already is not taken for another.
      if (!step_done.by_key) offered_.clear();
    }
  }
  return false;
}

int Authentication::call_until_answered(const std::function<int()>& call) {
  return complete(parts_, supervision_, until_, SSH_AUTH_AGAIN, [&] {
    const int answer = call();
    tell_banners();
    return answer;
  });
}

void Authentication::tell_banners() {
  for (const auto& banner : log_.take_banners()) {
    if (credentials_.hear_banner) credentials_.hear_banner(banner);
    // It may ask something of a person.
    until_ = boot_now() + limits_.authentication;
  }
}

void Authentication::note_method(const std::string& method) {
  if (std::ranges::find(methods_tried_, method) == methods_tried_.end()) methods_tried_.push_back(method);
}

// A server that has not said that it knows signatures of RSA keys with SHA-2 (RFC 8332, §3.1) wants them with SHA-1.
void Authentication::note_refusal(int answer) {
  if (answer != SSH_AUTH_DENIED) return;
  const std::string_view words = ::ssh_get_error(session_);
  if (words.find("'ssh-rsa' is not allowed") == std::string_view::npos) return;
  constexpr std::string_view problem = "the server takes only outdated signatures of RSA keys";
  unusable_key_ = problem;
  needs_outdated_ = true;
}

bool Authentication::attempt(const std::string& method, const std::function<int()>& call) {
  if (method != "none") note_method(method);
  const int answer = call_until_answered(call);
  note_refusal(answer);
  if (answer == SSH_AUTH_PARTIAL && method != "none") throw PartlyLetIn{.by_key = method == "publickey"};
  if (answer == SSH_AUTH_SUCCESS) parts_.method = method;
  if (answer == SSH_AUTH_ERROR && ::ssh_is_connected(session_) == 0) throw_connection_lost(parts_);
  return answer == SSH_AUTH_SUCCESS;
}

bool Authentication::none() {
  return attempt("none", [&] { return ::ssh_userauth_none(session_, user_); });
}

bool Authentication::questions() {
  if (!can_ask() || !server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  for (int i = 0; i < most_attempts; ++i) {
    int answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, user_, nullptr); });
    for (int round = 0; answer == SSH_AUTH_INFO && round < most_question_rounds; ++round) {
      bool declined = false;
      if (!answer_questions(declined) || declined) return false;
      answer = call_until_answered([&] { return ::ssh_userauth_kbdint(session_, user_, nullptr); });
    }
    if (attempt("keyboard-interactive", [&] { return answer; })) return true;
    if (!server_accepts(SSH_AUTH_METHOD_INTERACTIVE)) return false;
  }
  return false;
}

bool Authentication::answer_questions(bool& declined) {
  const auto given = [](const char* text) { return std::string(text == nullptr ? "" : text); };
  const int count = ::ssh_userauth_kbdint_getnprompts(session_);
  Question question{.kind = Question::server_question, .subject = parts_.target.user + "@" + parts_.target.host};
  question.name = given(::ssh_userauth_kbdint_getname(session_));
  question.instruction = given(::ssh_userauth_kbdint_getinstruction(session_));
  if (count == 0 && !(question.name.empty() && question.instruction.empty())) credentials_.prompt->tell(question);
  for (int i = 0; i < count; ++i) {
    char echo = 0;
    question.text = given(::ssh_userauth_kbdint_getprompt(session_, static_cast<unsigned>(i), &echo));
    question.echo = echo != 0;
    auto answer = ask(question);
    declined = !answer;
    if (declined) return false;
    const Secret secret(std::move(*answer));
    if (::ssh_userauth_kbdint_setanswer(session_, static_cast<unsigned>(i), secret.get()) < 0) return false;
    question.name.clear();
    question.instruction.clear();
  }
  return true;
}

bool Authentication::password() {
  const auto subject = parts_.target.user + "@" + parts_.target.host;
  for (int i = 0; i < most_attempts && can_ask() && server_accepts(SSH_AUTH_METHOD_PASSWORD); ++i) {
    auto answer = ask({.kind = Question::password, .subject = subject});
    if (!answer) return false;
    const Secret secret(std::move(*answer));
    log_.forget_answers();
    const auto try_password = [&] {
      const int said = ::ssh_userauth_password(session_, user_, secret.get());
      if (log_.wants_new_password()) fail("the password has expired, and the server wants a new one");
      return said;
    };
    if (attempt("password", try_password)) return true;
  }
  return false;
}

std::optional<std::string> Authentication::ask(const Question& question) {
  const auto asked_at = boot_now();
  auto answer = credentials_.prompt->ask(question, [&](int descriptor) {
    pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
    while (watched.revents == 0) wait({&watched, 1}, std::nullopt);
  });
  until_ += boot_now() - asked_at;
  return answer;
}

void Authentication::wait(std::span<pollfd> own, std::optional<BootTime> until) {
  is_waiting_ = true;
  wait_beside_server(parts_, supervision_, own, until);
  is_waiting_ = false;
}

void Authentication::fail_at_end() {
  is_at_end(parts_);
  if (const auto words = last_words(parts_); !words.empty()) fail("the server said: " + words);
  if (!parts_.closed_by_server) throw_connection_lost(parts_);
  fail(is_waiting_ ? "the server closed the connection while it waited for an answer"
                   : "the server closed the connection");
}

void Authentication::fail(std::string_view problem) {
  if (methods_tried_.empty()) note_method("none");
  std::vector<std::string> accepted;
  const auto list = static_cast<unsigned>(::ssh_userauth_list(session_, nullptr));
  if ((list & SSH_AUTH_METHOD_PUBLICKEY) != 0) accepted.push_back("publickey");
  if ((list & SSH_AUTH_METHOD_INTERACTIVE) != 0) accepted.push_back("keyboard-interactive");
  if ((list & SSH_AUTH_METHOD_PASSWORD) != 0) accepted.push_back("password");
  auto error = Error(ErrorCode::authentication_failed)
                   .with("server", parts_.target.server)
                   .with("user", parts_.target.user)
                   .with("methods", methods_tried_)
                   .with("accepted", accepted)
                   .with("keys", keys_tried_)
                   .with("problem", problem);
  if (needs_outdated_) error.add("outdated", true);
  throw error;
}

std::vector<std::string> default_key_files(const std::string& home) {
  return {home + "/.ssh/id_ed25519", home + "/.ssh/id_ecdsa", home + "/.ssh/id_rsa"};
}

void authenticate(SshSession::Parts& parts, Supervision& supervision, const Credentials& credentials,
                  const ConnectLimits& limits) {
  Authentication(parts, supervision, credentials, limits).run();
}

}  // namespace gilir
