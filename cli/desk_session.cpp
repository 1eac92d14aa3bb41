#include "cli/desk_session.h"

#include <pwd.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/environment.h"
#include "cli/index_words.h"
#include "cli/output/demand_words.h"
#include "cli/output/output.h"
#include "cli/output/times.h"
#include "cli/program_path.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/desk/local_desk.h"
#include "core/hooks/hook_depth.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli {
namespace {

constexpr std::size_t longest_request_id = 128;
constexpr std::int64_t largest_version = std::int64_t{1} << 53;

std::unique_ptr<Desk> open_desk(CommandContext& context) {
  auto address = choose_desk(context.arguments, context.environment);
  if (address.find("://") != std::string::npos) {
    throw Error(ErrorCode::unreachable)
        .with("path", address)
        .with("problem", _("this gilir opens desks in directories of this machine only"));
  }
  const int depth = hook_depth_from(context.environment.value(hook_depth_variable));
  return std::make_unique<LocalDesk>(
      LocalDeskOptions{std::move(address), nullptr, own_program(), depth, indexing_teller(context.output),
                       index_damage_teller(context.output), waiting_teller(context.output)},
      context.clock);
}

std::optional<std::string> request_id(const Arguments& arguments) {
  auto id = arguments.text("request-id");
  if (id && (id->empty() || id->size() > longest_request_id)) {
    throw usage_error(plain_text(phrase(_("--request-id takes from 1 to {} characters"), longest_request_id)));
  }
  return id;
}

Call make_call(const CommandContext& context) {
  const auto& arguments = context.arguments;
  Call call;
  call.caller = AgentName{choose_agent(arguments, context.environment)};
  if (call.caller.empty()) call.caller = own_agent_name(context.environment);
  if (context.command.takes.change) {
    call.request_id = request_id(arguments);
    call.dry_run = arguments.flag("dry-run");
  }
  if (context.command.takes.version) call.if_version = arguments.number("if-version", 1, largest_version);
  return call;
}

bool is_answer(const CommandSpec& command) {
  return command.path == "lock deny" || command.path == "lock grant";
}

}  // namespace

AgentName own_agent_name(const Environment& environment) {
  if (const auto user = environment.value("USER"); is_name(user)) return AgentName{std::string(user)};
  const passwd* entry = getpwuid(geteuid());
  return AgentName{entry == nullptr ? "" : entry->pw_name};
}

WallTime desk_now(const CommandContext& context) {
  return context.clock.now().wall - context.clock_ahead;
}

DeskSession::DeskSession(CommandContext& context)
    : context_(context), output_(context.output), desk_(nullptr), call_(make_call(context)) {
  desk_ = open_desk(context);
  // Who answers need not be told what is asked.
  if (!output_.is_json() && !is_answer(context.command)) tell_demands();
}

// Whoever holds a lock by hand has no process there that could tell him at once that somebody asks for it.
void DeskSession::tell_demands() {
  try {
    const auto reply = desk_->perform(call_, ListOwnDemands{});
    see(reply.clock);
    for (const auto& demand : reply.result.demands) {
      if (demand.kind != DemandKind::hand_over || demand.to == call_.caller) {
        output_.note(warning(plain_text(demand_note(demand, call_.caller))));
      }
    }
  } catch (const Error&) {
    // What the command itself asks of the desk will tell better what is wrong.
  }
}

void DeskSession::tell(bool replayed, bool mended) {
  if (mended) {
    output_.mark("mended");
    output_.note(phrase(_("Bytes that are no text were stored as {}."), "\uFFFD"));
  }
  if (replayed) {
    output_.mark("replayed");
    output_.note(dim(_("(replayed: this was done before, under the same request id)")));
  }
  if (context_.clock_ahead != Milliseconds{0}) {
    output_.note(warning(plain_text(
        phrase(_("The clock of this machine jumped by {}; the desk's time goes on without that. See gilir doctor."),
               duration_words(std::chrono::abs(context_.clock_ahead))))));
  }
  if (call_.dry_run) {
    output_.mark("dry_run");
    output_.note(dim(_("(dry run: nothing was changed)")));
  }
}

}  // namespace gilir::cli
