#include "cli/output/lock_words.h"

#include "cli/output/ending_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"

namespace gilir::cli {
namespace {

Line seats_words(const LockView& lock) {
  if (lock.seats == 1) return lock.seats_free == 1 ? good(_("free")) : Line(_("taken"));
  return phrase(_("{} of {} free"), lock.seats_free, lock.seats);
}

std::string process_words(const HoldView& hold) {
  if (!hold.terminal.empty())
    return plain_text(phrase(_("process {} at {} on {}"), hold.pid, hold.terminal, hold.host));
  return plain_text(phrase(_("process {} on {}"), hold.pid, hold.host));
}

// A session renews itself, so how long its lock still lasts says nothing: it goes on until the session ends.
Line until_words(const HoldView& hold, WallTime now) {
  if (hold.kind == HoldKind::timed) {
    return phrase(_(", until {} ({} left)"), absolute_time(now + hold.expires_in_s), duration_words(hold.expires_in_s));
  }
  return Line{", "} += Line(process_words(hold));
}

void show_holder(Output& output, const HolderView& holder, WallTime now) {
  for (const auto& hold : holder.holds) {
    Line line = phrase(_("  {} since {}"), bold(holder.agent.value), full_time(holder.since, now));
    line += purpose_words(hold.ticket, hold.reason);
    output.line(line += until_words(hold, now));
  }
}

void show_details(Output& output, const LockView& lock) {
  output.line();
  output.line(heading(_("Details")));
  output.line(phrase(_("  seats {}, logins a seat {}, term {}, level {}"), lock.seats,
                     lock.logins == 0 ? std::string(_("many")) : std::to_string(lock.logins),
                     exact_duration_words(lock.term_s), enum_name(lock.level)));
  for (const auto& holder : lock.holders) {
    output.line(
        phrase(_("  {}: lease {}, token {}"), bold(holder.agent.value), holder.lease.value, holder.token.value));
    for (const auto& hold : holder.holds) {
      output.line(hold.kind == HoldKind::timed
                      ? phrase(_("    hold {}, timed, {} left"), hold.hold.value, duration_words(hold.expires_in_s))
                      : phrase(_("    hold {}, kept by process {}, its permit ends in {} unless renewed"),
                               hold.hold.value, hold.pid, duration_words(hold.expires_in_s)));
    }
  }
  for (const auto& ending : lock.ending) {
    output.line(phrase(_("  {}: lease {}, hold {}, its seat is free in {} at the latest"), bold(ending.agent.value),
                       ending.lease.value, ending.hold.value, duration_words(ending.free_in_s)));
  }
}

void show_demands(Output& output, const LockView& lock) {
  for (const auto& demand : lock.demands) {
    const auto by = bold(demand.by.value);
    const auto holder = bold(demand.holder.value);
    const auto left = duration_words(demand.expires_in_s);
    switch (demand.kind) {
      case DemandKind::knock:
        output.line(phrase(_("{} knocks; {} has {} to answer."), by, holder, left));
        break;
      case DemandKind::break_:
        output.line(phrase(_("{} ends {}'s lock in {}."), by, holder, left));
        break;
      case DemandKind::steal:
        output.line(phrase(_("{} takes it over from {} in {}."), by, holder, left));
        break;
      case DemandKind::hand_over:
        output.line(phrase(_("{} hands it over to {}, who has {} to accept."), by,
                           bold(demand.to ? demand.to->value : "?"), left));
        break;
    }
    if (!demand.reason.empty()) output.line(phrase(_("  because: {}"), demand.reason));
  }
}

void show_line(Output& output, const LockView& lock, WallTime now) {
  if (!lock.line.empty()) output.line(heading(_("In line")));
  for (const auto& waiting : lock.line) {
    Line line = phrase(_("  {}. {}"), waiting.position, bold(waiting.agent.value));
    line += purpose_words(waiting.ticket, waiting.reason);
    line += dim(plain_text(phrase(_(", since {}"), full_time(waiting.since, now))));
    output.line(line);
  }
}

void show_kept_seats(Output& output, const LockView& lock) {
  for (const auto& offer : lock.offers) {
    output.line(phrase(_("It is the turn of {}, who has {} to come."), bold(offer.agent.value),
                       duration_words(offer.expires_in_s)));
  }
  for (const auto& kept : lock.delayed) {
    std::string servers;
    for (const auto& server : kept.servers) servers += (servers.empty() ? "" : ", ") + server.value;
    output.line(phrase(_("It is kept for {}, who waits for {}."), bold(kept.agent.value), servers));
  }
  for (const auto& ending : lock.ending) {
    if (ending.still_runs) {
      output.line(phrase(_("{}'s program still runs (process group {} on {}); it is free when that has ended."),
                         bold(ending.agent.value), ending.group.value_or(0), ending.host));
      continue;
    }
    output.line(phrase(ending.state == "closing"
                           ? _("{}'s session is being closed; it is free in {} at the latest.")
                           : _("It is not confirmed that {}'s work there is over; it is free in {}."),
                       bold(ending.agent.value), duration_words(ending.free_in_s)));
  }
}

}  // namespace

std::string level_words(LockLevel level) {
  switch (level) {
    case LockLevel::cooperative:
      return _("cooperative: nobody who uses gilir gets past it; who goes there without gilir is not stopped");
  }
  return {};
}

Line purpose_words(const std::optional<TicketNumber>& ticket, const std::string& reason) {
  if (ticket) return phrase(_(" for {}"), *ticket);
  if (!reason.empty()) return phrase(_(" for: {}"), reason);
  return {};
}

void show_lock(Output& output, const LockView& lock, WallTime now, bool details) {
  output.line(Line{bold(lock.server.value), "  "} += seats_words(lock));
  for (const auto& holder : lock.holders) show_holder(output, holder, now);
  show_demands(output, lock);
  show_kept_seats(output, lock);
  show_line(output, lock, now);
  if (details) show_details(output, lock);
  output.line(dim(level_words(lock.level)));
  output.line(dim(ends_words(lock)));
}

std::string lock_summary(const LockView& lock) {
  Line line;
  for (const auto& holder : lock.holders) {
    if (!line.empty()) line += Line(", ");
    line += Line(holder.agent.value);
    if (!holder.holds.empty()) line += purpose_words(holder.holds.front().ticket, holder.holds.front().reason);
  }
  if (lock.holders.empty()) line += Line(lock.seats_free > 0 ? _("free") : _("not free yet"));
  if (!lock.line.empty()) line += phrase(_(", {} in line"), lock.line.size());
  return plain_text(line);
}

}  // namespace gilir::cli
