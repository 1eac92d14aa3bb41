#include "cli/lock/login_rows.h"

#include <algorithm>

#include "cli/output/event_parts.h"
#include "cli/output/event_words.h"
#include "cli/output/times.h"
#include "cli/output/translate.h"
#include "core/lock/demand.h"

namespace gilir::cli {
namespace {

std::string cut_words(const Event& order) {
  const auto by = order.facts.by.value_or(AgentName{"?"});
  const auto to = order.facts.to.value_or(AgentName{"?"});
  switch (enum_from_name<DemandKind>(order.facts.kind.value_or("")).value_or(DemandKind::break_)) {
    case DemandKind::knock:
      return plain_text(phrase(_("let go for {}"), by));
    case DemandKind::break_:
      return plain_text(phrase(_("broken by {}"), by));
    case DemandKind::steal:
      return plain_text(phrase(_("taken over by {}"), by));
    case DemandKind::hand_over:
      return plain_text(phrase(_("handed over to {}"), to));
  }
  return {};
}

std::string session_words(const Event& ended) {
  if (ended.facts.because) return session_end_words(*ended.facts.because);
  if (ended.facts.exit_status) return plain_text(phrase(_("with status {}"), *ended.facts.exit_status));
  return _("left");
}

class Rows {
 public:
  void add(const Event& event) {
    const auto kind = event_kind_from_name(event.kind);
    if (!kind) return;
    switch (*kind) {
      case EventKind::lock_granted:
      case EventKind::lock_shared:
        begin(event);
        break;
      case EventKind::session_ended:
        end(event, session_words(event), Says::that_it_left);
        break;
      case EventKind::lock_released:
        end(event, _("given back"), Says::that_the_lock_is_over);
        break;
      case EventKind::lock_expired:
        end(event, _("ran out"), Says::that_the_lock_is_over);
        break;
      case EventKind::lock_cut_ordered:
        order_ = cut_words(event);
        break;
      case EventKind::lock_cut:
        end(event, order_, Says::that_the_lock_is_over);
        break;
      default:
        break;
    }
  }
  std::vector<LoginRow> take() { return std::move(rows_); }

 private:
  enum class Says { that_it_left, that_the_lock_is_over };

  void begin(const Event& event) {
    auto what_for = event.facts.ticket ? ticket_part(event).text : one_line(event.facts.reason.value_or(""));
    rows_.push_back(
        {event.facts.hold, event.facts.agent.value_or(event.actor), event_time(event), {}, std::move(what_for), {}});
  }

  // How a session ended says more than that its lock was given back after it; when it was, the latter. A process that
  // was stopped past its time tells of its session's end when others may have been in since: its row is closed.
  void end(const Event& event, std::string how, Says says) {
    const auto agent = event.facts.agent.value_or(event.actor);
    const auto row = std::find_if(rows_.rbegin(), rows_.rend(), [&](const LoginRow& one) {
      return event.facts.hold ? one.hold == event.facts.hold : one.agent == agent && !one.to;
    });
    if (row == rows_.rend() || row->is_lock_over) return;
    row->is_lock_over = says == Says::that_the_lock_is_over;
    row->to = event_time(event);
    if (row->ended.empty()) row->ended = std::move(how);
  }

  std::vector<LoginRow> rows_;
  std::string order_;
};

}  // namespace

std::vector<LoginRow> login_rows(const std::vector<Event>& events) {
  Rows rows;
  for (const auto& event : events) rows.add(event);
  return rows.take();
}

const Table<LoginRow>& login_table() {
  static const Table<LoginRow> columns{
      {{.field = "agent", .title = N_("WHO")}, [](const LoginRow& row) { return Cell(row.agent); }},
      {{.field = "from", .title = N_("FROM")},
       [](const LoginRow& row) { return Cell(absolute_time(row.from), format_rfc3339(row.from)); }},
      {{.field = "to", .title = N_("TO")},
       [](const LoginRow& row) {
         if (row.to) return Cell(absolute_time(*row.to), format_rfc3339(*row.to));
         return Cell(_("now"), "");
       }},
      {{.field = "ticket", .title = N_("WHAT FOR"), .flexible = true},
       [](const LoginRow& row) { return Cell(row.what_for); }},
      {{.field = "ended", .title = N_("HOW IT ENDED"), .main = true},
       [](const LoginRow& row) { return row.goes_on() ? Cell(_("goes on"), "") : Cell(row.ended); }},
  };
  return columns;
}

}  // namespace gilir::cli
