#include "cli/output/held_words.h"

#include "cli/output/duplicate_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/base/json_reader.h"

namespace gilir::cli {
namespace {

// The parts of the details (CLI.md, "Fields that scripts read") that are shown.
struct HoldSeen {
  std::optional<TicketNumber> ticket;
  std::optional<std::string> reason;
  std::optional<std::string> kind;
  std::optional<std::string> host;
  std::optional<std::int64_t> pid;
  std::optional<std::string> terminal;
};
BOOST_DESCRIBE_STRUCT(HoldSeen, (), (ticket, reason, kind, host, pid, terminal))

struct HolderSeen {
  std::optional<std::string> agent;
  std::optional<WallTime> since;
  std::vector<HoldSeen> holds;
};
BOOST_DESCRIBE_STRUCT(HolderSeen, (), (agent, since, holds))

struct WaiterSeen {
  std::optional<std::string> agent;
  std::optional<TicketNumber> ticket;
  std::optional<std::int64_t> position;
};
BOOST_DESCRIBE_STRUCT(WaiterSeen, (), (agent, ticket, position))

struct EndingSeen {
  std::optional<std::string> agent;
  std::optional<Seconds> free_in_s;
  std::optional<std::string> state;
  std::optional<bool> still_runs;
  std::optional<std::string> host;
  std::optional<std::int64_t> group;
};
BOOST_DESCRIBE_STRUCT(EndingSeen, (), (agent, free_in_s, state, still_runs, host, group))

Line ending_line(const EndingSeen& ending) {
  const auto agent = bold(ending.agent.value_or("?"));
  if (ending.still_runs.value_or(false)) {
    return phrase(_("  {}'s program still runs (process group {} on {}); free when it has ended"), agent,
                  ending.group.value_or(0), ending.host.value_or("?"));
  }
  return phrase(ending.state == "closing" ? _("  {}'s session there is being closed; free in {} at the latest")
                                          : _("  it is not confirmed that {}'s work there is over; free in {}"),
                agent, duration_words(ending.free_in_s.value_or(Seconds{0})));
}

struct LockSeen {
  std::optional<std::string> server;
  std::vector<HolderSeen> holders;
  std::vector<WaiterSeen> line;
  std::vector<EndingSeen> ending;
};
BOOST_DESCRIBE_STRUCT(LockSeen, (), (server, holders, line, ending))

struct RelatedSeen {
  std::optional<TicketNumber> number;
  std::optional<std::string> strength;
  std::vector<std::string> because;
  std::optional<bool> cross_reporter;
};
BOOST_DESCRIBE_STRUCT(RelatedSeen, (), (number, strength, because, cross_reporter))

std::string hash(TicketNumber ticket) {
  return "#" + std::to_string(ticket.value);
}

std::string where(const HoldSeen& hold) {
  if (hold.kind != "kept" || !hold.pid) return {};
  const auto terminal = hold.terminal.value_or("");
  return terminal.empty() ? plain_text(phrase(_(", process {} on {}"), *hold.pid, hold.host.value_or("?")))
                          : plain_text(phrase(_(", at {} on {}"), terminal, hold.host.value_or("?")));
}

Line holder_line(const HolderSeen& holder, const HoldSeen& hold) {
  Line line{"  ", bold(holder.agent.value_or("?"))};
  if (holder.since) line += phrase(_(" since {}"), absolute_time(*holder.since));
  if (hold.ticket)
    line += phrase(_(", for {}"), bold(hash(*hold.ticket)));
  else if (hold.reason && !hold.reason->empty())
    line += phrase(_(", for: {}"), *hold.reason);
  return line += Line(where(hold));
}

void add_related(std::vector<Line>& lines, const Error& error, const std::string& own) {
  for (const auto& related : from_json<std::vector<RelatedSeen>>(error.detail("related"))) {
    if (!related.number) continue;
    lines.push_back(Line{"  "} +=
                    phrase(_("{} looks like {} ({}): {}"), bold(own), bold(hash(*related.number)),
                           warning(strength_words(related.strength.value_or(""))), duplicate_words(related.because)));
  }
}

void add_line(std::vector<Line>& lines, const LockSeen& lock) {
  for (const auto& waiter : lock.line) {
    Line line{"  "};
    line += phrase(_("in line: {} {}"), waiter.position.value_or(0), bold(waiter.agent.value_or("?")));
    if (waiter.ticket) line += phrase(_(", for {}"), bold(hash(*waiter.ticket)));
    lines.push_back(std::move(line));
  }
}

void add_advice(std::vector<Line>& lines, const Error& error, const std::string& own) {
  if (error.code() == ErrorCode::held)
    lines.push_back(phrase(_("  Wait in line (you would be number {}):  {}"), error.text("position"),
                           accent(_("the same command with --wait"))));
  const auto related = error.detail("related");
  if (own.empty() || related.empty()) return;
  const auto tickets = from_json<std::vector<RelatedSeen>>(related);
  if (tickets.empty() || !tickets.front().number) return;
  const auto& twin = tickets.front();
  lines.push_back(
      phrase(_("  If it is the same problem:  {}"),
             accent("gilir ticket merge " + own.substr(1) + " --into " + std::to_string(twin.number->value) +
                    (twin.cross_reporter.value_or(false) ? " --cross-reporter" : ""))));
}

std::vector<Line> lines_of(const Error& error, NextSteps next) {
  std::vector<Line> lines;
  const auto lock = from_json<LockSeen>(error.detail("lock"));
  const auto ticket = error.text("ticket");
  const auto own = ticket.empty() ? std::string() : "#" + ticket;
  for (const auto& holder : lock.holders) {
    for (const auto& hold : holder.holds) lines.push_back(holder_line(holder, hold));
  }
  for (const auto& ending : lock.ending) lines.push_back(ending_line(ending));
  if (!own.empty() && !error.detail("related").empty()) add_related(lines, error, own);
  add_line(lines, lock);
  if (next == NextSteps::named) add_advice(lines, error, own);
  if (const auto desk = error.text("desk"); !desk.empty())
    lines.push_back(dim(plain_text(phrase(_("  desk: {}"), desk))));
  return lines;
}

// "wayan, dewi" of a server with several seats.
std::string holder_names(const Error& error) {
  std::string names;
  try {
    if (!error.detail("lock").empty()) {
      for (const auto& holder : from_json<LockSeen>(error.detail("lock")).holders)
        names += (names.empty() ? "" : ", ") + holder.agent.value_or("?");
    }
  } catch (const Error&) {
    // Details of a newer desk.
  }
  return names.empty() ? error.text("agent") : names;
}

}  // namespace

ErrorWords held_words(const Error& error) {
  const auto because = error.text("because");
  const auto server = error.text("server");
  const auto agent = error.text("agent");
  const auto words = [&](const char* pattern) { return ErrorWords{plain_text(phrase(pattern, server, agent)), {}}; };
  if (because == "ending") return words(_("{0} was {1}'s until just now and is not free yet"));
  if (because == "offered") return words(_("it is {1}'s turn at {0}, after waiting for it"));
  if (because == "waits") return words(_("others wait for {0}, {1} first"));
  return {plain_text(phrase(_("{0} is held by {1}"), server, holder_names(error))), {}};
}

std::vector<Line> held_lines(const Error& error, NextSteps next) {
  if (error.detail("lock").empty()) return {};
  try {
    return lines_of(error, next);
  } catch (const Error&) {
    // Details of a newer desk: the sentence says enough.
    return {};
  }
}

}  // namespace gilir::cli
