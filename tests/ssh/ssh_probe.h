// Verbs for the tests of core/ssh.
#pragma once

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/ssh/run_session.h"
#include "tests/process/process_probe.h"
#include "tests/ssh/private_server.h"

namespace gilir::test {

// A lock that is held for ever, unless the test says otherwise.
struct FreeControl : SessionControl {
  std::function<Instruction()> on_tick = [] { return Instruction{}; };
  Instruction tick(BootTime) override { return on_tick(); }
};

// What a command needs around it.
struct Surroundings {
  SignalSet signals;
  FreeControl control;
  ConnectLimits limits;
};

// A person who has thought of the answers before.
struct Answers : Prompt {
  std::vector<std::string> prepared;
  std::vector<Question> asked;
  std::vector<Question> told;
  bool can_ask() const override { return true; }
  void tell(const Question& question) override { told.push_back(question); }
  std::optional<std::string> ask(const Question& question, const WaitReadable&) override {
    asked.push_back(question);
    if (prepared.empty()) return std::nullopt;
    auto answer = prepared.front();
    prepared.erase(prepared.begin());
    return answer;
  }
};

struct Outcome {
  SessionResult result;
  std::string output;
  std::string error_output;
  bool was_confirmed = false;
};

struct SshTest : ::testing::Test {
  PrivateServer& server = shared_server();
  Surroundings around;

  SshSession open(Supervision& supervision) {
    return SshSession::open(server.target(), server.credentials(), around.limits, supervision);
  }

  // Runs a command with `input`, from files, so that nothing has to be read beside it.
  Outcome run_command(const std::string& command, const std::string& input = "") {
    Supervision supervision(around.control, around.signals, nullptr);
    auto session = open(supervision);
    const auto given = scratch_file(input);
    const auto output = scratch_file("");
    const auto error_output = scratch_file("");
    SessionRequest request{.command = command};
    request.standard_input = given.get();
    request.standard_output = output.get();
    request.standard_error = error_output.get();
    Outcome outcome;
    outcome.result = run_session(session, request, supervision);
    outcome.was_confirmed = session.close_and_confirm();
    outcome.output = contents(output.get());
    outcome.error_output = contents(error_output.get());
    return outcome;
  }

  static Descriptor scratch_file(const std::string& text) {
    std::string pattern = ::testing::TempDir() + "gilir-ssh-XXXXXX";
    Descriptor file(::mkstemp(pattern.data()));
    ::unlink(pattern.c_str());
    write_all(file.get(), text);
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
  }

  static std::string contents(int descriptor) {
    ::lseek(descriptor, 0, SEEK_SET);
    std::string text;
    char part[65536];
    for (ssize_t got = 0; (got = ::read(descriptor, part, sizeof part)) > 0;) {
      text.append(part, static_cast<std::size_t>(got));
    }
    return text;
  }

  // The error that `act` throws.
  template <class Act>
  static Error error_of(Act&& act) {
    try {
      std::forward<Act>(act)();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "no error";
    return Error(ErrorCode::failed);
  }
};

}  // namespace gilir::test
