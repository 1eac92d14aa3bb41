#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/environment.h"
#include "cli/output/foreign_text.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/output/tell.h"
#include "cli/program_path.h"
#include "cli/server/server_options.h"
#include "cli/session/lock_keeper.h"
#include "cli/session/lock_request.h"
#include "cli/session/login.h"
#include "cli/session/not_confirmed.h"
#include "cli/ssh.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/operations/server/show.h"
#include "core/process/terminal.h"
#include "core/ssh/run_session.h"
#include "core/ssh/terminal_prompt.h"

namespace gilir::cli::commands {
namespace {

// The locale has fewer.
constexpr std::size_t most_variables = 20;

// What a server says stands apart, below a line of ours, so that it cannot pass for us.
std::string said_words(const Question& question) {
  const auto terminal = open_controlling_terminal();
  const auto size = terminal ? window_size(terminal.get()) : std::nullopt;
  const auto width = static_cast<std::size_t>(size ? std::max(size->columns, 0) : 0);
  std::string said;
  for (const auto& text : {question.name, question.instruction}) {
    for (const auto& line : indented_foreign_lines(text, width)) said += line + "\n";
  }
  return said.empty() ? said : plain_text(phrase(_("{} says:"), question.subject)) + "\n" + said;
}

std::string question_words(const Question& question) {
  const auto text = [](const Line& line) { return plain_text(line); };
  switch (question.kind) {
    case Question::key_passphrase:
      return text(phrase(_("Passphrase for {}: "), printable_line(question.subject)));
    case Question::password:
      return text(phrase(_("Password of {}: "), question.subject));
    case Question::server_question:
      break;
  }
  auto words = said_words(question);
  const auto asked = foreign_lines(question.text);
  if (asked.empty()) return words;
  for (auto line = asked.begin(); line + 1 != asked.end(); ++line) words += "  " + *line + "\n";
  return words + text(phrase(_("{} asks: {} "), question.subject, asked.back()));
}

// One that no server takes is refused before anybody has the lock for it.
std::string remote_command(const std::vector<std::string>& words) {
  std::string command;
  for (const auto& word : words) command += (command.empty() ? "" : " ") + word;
  if (command.size() > longest_remote_command)
    throw usage_error(UsageProblem::too_long).with("option", "COMMAND").with("most", longest_remote_command);
  return command;
}

// As ssh: who runs this on this machine, whatever the desk calls them.
std::string own_login(const Environment& environment) {
  const auto user = environment.value("USER");
  return is_user(user) ? std::string(user) : own_agent_name(environment).value;
}

SshTarget target_of(const ServerView& server, const Environment& environment) {
  auto target = ssh_target(server);
  target.user = login_at(server, environment);
  return target;
}

Credentials credentials_of(const CommandContext& context, gilir::Prompt* prompt) {
  Credentials credentials;
  credentials.key_files = context.arguments.texts("identity");
  credentials.key_files_named = !credentials.key_files.empty();
  if (!credentials.key_files_named) {
    const auto home = home_directory(context.environment);
    if (!home.empty()) credentials.key_files = default_key_files(home);
  }
  credentials.agent_socket = context.environment.value("SSH_AUTH_SOCK");
  credentials.prompt = prompt;
  return credentials;
}

// The categories of the locale that change what a command reads and writes; the others describe the person's paper and
// telephone.
bool matters_to_a_command(std::string_view name) {
  constexpr std::array<std::string_view, 6> categories{"LC_CTYPE",   "LC_COLLATE", "LC_MESSAGES",
                                                       "LC_NUMERIC", "LC_TIME",    "LC_MONETARY"};
  return std::ranges::find(categories, name) != categories.end();
}

// What Debian's ssh sends (SendEnv of its ssh_config): in which language and colours to speak to the person. Each costs
// a round trip, so that a command without a terminal is sent only what makes its locale the same.
std::vector<std::pair<std::string, std::string>> sent_environment(const Environment& environment, bool terminal) {
  std::vector<std::pair<std::string, std::string>> sent;
  const auto send = [&](const std::string& name, std::string_view value) {
    if (!value.empty() && sent.size() < most_variables) sent.emplace_back(name, value);
  };
  const auto language = environment.value("LANG");
  const auto overruling = environment.value("LC_ALL");
  if (!terminal && !overruling.empty()) return {{"LC_ALL", std::string(overruling)}};
  send("LANG", language);
  for (const auto& [name, value] : environment.variables()) {
    const bool is_sent = terminal ? name.starts_with("LC_") : matters_to_a_command(name) && value != language;
    if (is_sent) send(name, value);
  }
  if (terminal) send("COLORTERM", environment.value("COLORTERM"));
  return sent;
}

// Only where an admin has seen that the server takes a leash.
bool takes_leash(const ServerView& server, const Environment& environment) {
  const auto login = login_at(server, environment);
  return std::ranges::any_of(server.checks, [&](const LoginCheck& check) {
    return check.login == login && check.ending == SessionEnd::confirmed;
  });
}

SessionRequest request_of(const CommandContext& context, const ServerView& server) {
  SessionRequest request;
  request.leash = takes_leash(server, context.environment);
  request.command = remote_command(context.arguments.tail());
  const bool wants_terminal = context.arguments.flag("tty") || (request.command.empty() && isatty(STDIN_FILENO) != 0);
  request.terminal = wants_terminal && !context.arguments.flag("no-tty");
  if (const auto type = context.environment.value("TERM"); !type.empty()) request.terminal_type = type;
  request.environment = sent_environment(context.environment, request.terminal);
  request.send_input = !context.arguments.flag("no-stdin");
  return request;
}

// For whoever logs in to read, as ssh shows it.
void tell_banner(Output& output, const ServerName& server, std::string_view banner) {
  const auto& options = output.options();
  const auto lines = indented_foreign_lines(banner, options.stderr_terminal ? options.width : 0);
  if (!lines.empty()) tell_if_heard(output, plain_text(phrase(_("{} says:"), server)));
  for (const auto& line : lines) tell_if_heard(output, line);
}

// Nobody was let in, or the server has closed the connection since: the lock can go at once.
bool nothing_stands(const Error& error) {
  return error.detail("login_over") != "false";
}

}  // namespace

SshSession log_in(const CommandContext& context, const ServerView& server, LockKeeper& keeper,
                  Supervision& supervision) {
  TerminalPrompt prompt(question_words);
  keeper.opened();
  try {
    auto credentials = credentials_of(context, context.prompt.may_ask() ? &prompt : nullptr);
    credentials.hear_banner = [&](const std::string& banner) { tell_banner(context.output, server.name, banner); };
    return SshSession::open(target_of(server, context.environment), credentials, {}, supervision);
  } catch (const Error& error) {
    EndSession end;
    end.closed = nothing_stands(error);
    end.because = enum_name(error.code());
    keeper.finish(std::move(end));
    throw;
  }
}

ServerView server_to_log_in_to(DeskSession& desk, const ServerName& name) {
  auto server = desk.perform(ShowServer{name});
  require_ssh(server);
  if (server.host_key.empty()) throw Error(ErrorCode::host_key_unknown).with("server", name);
  return server;
}

SshTarget ssh_target(const ServerView& server) {
  return {.server = server.name.value,
          .host = server.host,
          .port = static_cast<std::uint16_t>(server.port),
          .host_key = server.host_key,
          .legacy = server.legacy};
}

std::string login_at(const ServerView& server, const Environment& environment) {
  return server.user.empty() ? own_login(environment) : server.user;
}

namespace {

EndSession end_of(const SessionResult& result, bool closed) {
  EndSession end;
  end.closed = closed;
  end.exit_status = shell_status(result);
  end.bytes_in = static_cast<std::int64_t>(result.bytes_received);
  end.bytes_out = static_cast<std::int64_t>(result.bytes_sent);
  if (result.ending != Ending::none)
    end.because = result.because;
  else if (result.was_left)
    end.because = "left";
  else if (result.connection_lost)
    end.because = "connection_lost";
  return end;
}

SessionResult run_and_close(SshSession& session, const SessionRequest& request, Supervision& supervision,
                            LockKeeper& keeper) {
  try {
    auto result = run_session(session, request, supervision);
    const bool is_closed = session.close_and_confirm();
    keeper.finish(end_of(result, session.work_is_over() && is_closed));
    return result;
  } catch (const Error& error) {
    EndSession end;
    const bool is_closed = session.close_and_confirm();
    end.closed = session.work_is_over() && is_closed;
    end.because = enum_name(error.code());
    keeper.finish(std::move(end));
    throw;
  }
}

// With what the server said of it.
void tell_lost_connection(Output& output, const ServerView& server, const SessionResult& result) {
  const auto words = result.last_words.empty() ? phrase(_("the connection to {} was lost"), server.name)
                                               : phrase(_("the connection to {} was lost: {}"), server.name,
                                                        known_words("the server said: " + result.last_words));
  tell_if_heard(output, bad(plain_text(words)));
}

// 255 alone could be anybody's.
void tell_end_without_status(Output& output, const ServerView& server, const SessionResult& result) {
  if (!result.last_words.empty())
    tell_lost_connection(output, server, result);
  else if (result.remote_signal.empty())
    tell_if_heard(output, bad(plain_text(phrase(_("{} ended the session without saying how"), server.name))));
  else if (shell_status(result) < 128 || shell_status(result) == 255)
    tell_if_heard(
        output,
        bad(plain_text(phrase(_("the command at {} was ended by the signal {}"), server.name, result.remote_signal))));
}

void tell_end(Output& output, DeskSession& desk, const ServerView& server, const SessionResult& result,
              const LockKeeper& keeper, bool on_screen) {
  // The cursor stands wherever the remote program left it.
  if (on_screen && (result.ending != Ending::none || result.was_left || result.connection_lost))
    tell_if_heard(output, {});
  if (result.ending != Ending::none) {
    tell_if_heard(output, keeper.loss_line(result.because));
  } else if (result.output_problem != 0 && result.output_problem != EPIPE) {
    tell_if_heard(output, bad(known_words(std::string("cannot write the output: ") + strerror(result.output_problem))));
  } else if (result.was_left) {
    tell_if_heard(output, phrase(_("you have ended the connection to {}"), server.name));
  } else if (result.connection_lost) {
    tell_lost_connection(output, server, result);
  } else if (result.local_signal == 0 && !result.status) {
    tell_end_without_status(output, server, result);
  }
  if (!result.is_over) {
    tell_if_heard(output, warning(plain_text(not_confirmed_words(desk, keeper.leases().front()))));
  }
}

RunOutcome run_session_under_lock(CommandContext& context) {
  SignalSet signals;
  auto guardian = Guardian::start(own_program());
  DeskSession desk(context);
  const ServerName name{context.arguments.required_word("SERVER")};
  remote_command(context.arguments.tail());
  server_to_log_in_to(desk, name);
  const auto operation = lock_request(context, {name.value}, HoldKind::kept);
  LockKeeper keeper(desk.desk(), desk.call().caller,
                    take_turn(context, desk, operation, signals, context.arguments.duration("wait")), "ssh");
  const auto server = server_to_log_in_to(desk, name);
  keeper.renew_beside(own_program());
  Supervision supervision(keeper, signals, &guardian);

  auto session = log_in(context, server, keeper, supervision);
  auto request = request_of(context, server);
  request.hear_no_terminal = [&] {
    tell_if_heard(context.output,
                  warning(plain_text(phrase(_("{} gives no terminal; going on without one"), server.name))));
    request.terminal = false;
  };
  keeper.record_start(request.command);
  const auto result = run_and_close(session, request, supervision, keeper);
  guardian.done();
  tell_end(context.output, desk, server, result, keeper, request.terminal);
  return {true, shell_status(result), result.ending != Ending::none, keeper.stays(), request.terminal};
}

}  // namespace

int run_ssh(CommandContext& context) {
  return exit_code_of_run(context, run_session_under_lock);
}

}  // namespace gilir::cli::commands
