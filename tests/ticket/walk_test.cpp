// Random walks over everything that happens to tickets and the people who work on them, on a real desk, with time
// that jumps. Before each change it is tried out; after each one the whole desk is looked at by the rules of
// desk_judge.h.
#include <cstdlib>
#include <random>

#include "core/operations/category/category.h"
#include "core/operations/desk/tick.h"
#include "core/operations/lock/acquire.h"
#include "core/operations/lock/release.h"
#include "core/operations/people/agent_change.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/escalate.h"
#include "core/operations/ticket/link.h"
#include "core/operations/ticket/next.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/pass.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/reject.h"
#include "core/operations/ticket/reopen.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/start.h"
#include "core/operations/ticket/unmerge.h"
#include "core/operations/ticket/voice.h"
#include "tests/ticket/desk_judge.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int steps = 60;
constexpr const char* titles[] = {"Printer mati", "Monitor gelap", "Absensi lambat", "Gaji keliru"};
constexpr std::int64_t most_tickets = 12;

class Walk : public TicketDesk, public testing::WithParamInterface<unsigned> {
 protected:
  Walk() : judge_(desk_, directory_.file("desk/desk.db")) {
    AddServer server;
    server.name = ServerName{"kantor-123"};
    server.host = "127.0.0.1";
    server.seats = 3;
    as(admin, server);
    as(admin, AddAgent{sari, 1, Role::supervisor});
    as(admin, AddAgent{dewi, 1, Role::agent});
    as(admin, AddAgent{agus, 2, Role::agent});
    chance_.seed(GetParam());
  }

  std::size_t draw(std::size_t bound) { return chance_() % bound; }
  bool once_in(std::size_t many) { return draw(many) == 0; }
  AgentName anybody() {
    static const std::vector<AgentName> names{admin, sari, dewi, agus, AgentName{"eko"}};
    return names[draw(names.size())];
  }
  // Mostly whoever has the ticket, so that what only he may do is done often.
  AgentName somebody_for(TicketNumber number) {
    const auto assignee = judge_.row(number).assignee;
    return assignee && !once_in(3) ? *assignee : anybody();
  }
  TicketNumber any() { return {1 + static_cast<std::int64_t>(draw(static_cast<std::size_t>(filed_)))}; }
  // What time it is at the desk, whatever became of the clock.
  WallTime now() { return clock_.now().wall - desk_.perform(Call{.caller = admin}, ListAgents{}).clock.ahead; }
  WallTime in(Milliseconds time) { return now() + time; }
  std::string text() { return "text " + std::to_string(++texts_); }

  // Tries it out, then does it: both end alike, and only the second one leaves a trace.
  template <Operation Op>
  void attempt(const AgentName& caller, const Op& operation) {
    SCOPED_TRACE(std::string(Op::spec.name) + " " + to_json(operation) + " by " + caller.value);
    const auto before = judge_.look();
    const auto tried = outcome(Call{.caller = caller, .dry_run = true}, operation);
    judge_.expect_same(before, judge_.look());
    const auto done = outcome(Call{.caller = caller}, operation);
    EXPECT_EQ(tried, done);
    const auto after = judge_.look();
    if (done.starts_with("refused"))
      judge_.expect_same(before, after);
    else
      judge_.expect_told(before, after, Op::spec);
    judge_.expect_sound(now());
  }
  template <Operation Op>
  std::string outcome(const Call& call, const Op& operation) {
    try {
      return to_json(desk_.perform(call, operation).result);
    } catch (const Error& error) {
      EXPECT_NE(error.code(), ErrorCode::failed) << error.what();
      EXPECT_NE(error.code(), ErrorCode::damaged) << error.what();
      return "refused " + std::string(enum_name(error.code()));
    }
  }

  void file_one() {
    NewTicket operation{.title = titles[draw(4)], .body = text(), .reporter = "Budi", .office = "kantor-123"};
    operation.urgent = once_in(4);
    operation.not_duplicate = once_in(2);
    if (once_in(3)) operation.reporter = "Citra";
    if (once_in(3)) operation.server = ServerName{"kantor-123"};
    if (filed_ > 0 && once_in(8)) operation.merge_into = any();
    operation.cross_reporter = once_in(2);
    const auto first = first_in_turn(1);
    attempt(anybody(), operation);
    const auto filed = judge_.look().tickets.size();
    if (static_cast<std::int64_t>(filed) == filed_) return;
    filed_ = static_cast<std::int64_t>(filed);
    for (const auto& event : history({filed_})) {
      if (event.kind != "ticket.assigned" || event.facts.because != "turn") continue;
      EXPECT_EQ(event.facts.agent, first);
    }
  }
  std::optional<AgentName> first_in_turn(int tier) {
    for (const auto& agent : as(admin, ListAgents{}).agents) {
      if (agent.tier == tier && agent.turn == 1) return agent.name;
    }
    return std::nullopt;
  }

  void change_ticket() {
    const auto number = any();
    const auto other = any();
    const auto caller = somebody_for(number);
    const auto aside = once_in(2) ? std::optional(in(minutes{draw(2) == 0 ? 10 : 90})) : std::nullopt;
    switch (draw(20)) {
      case 0:
        return attempt(caller, AssignTicket{number, anybody()});
      case 1:
        return attempt(caller, StartTicket{number});
      case 2:
        return attempt(caller, PassTicket{number, "why"});
      case 3:
        return attempt(caller, PostponeTicket{number, aside, AwaitedParty::reporter});
      case 4:
        return attempt(caller, PostponeTicket{.number = number, .until = in(minutes{20})});
      case 5:
        return attempt(caller, EscalateTicket{.number = number, .reason = "why"});
      case 6:
        if (once_in(2)) return attempt(caller, EscalateTicket{.number = number, .reason = "why", .tier = 2});
        return attempt(caller, EscalateTicket{.number = number, .reason = "why", .agent = anybody()});
      case 7:
        return attempt(caller, ResolveTicket{number, text()});
      case 8:
        return attempt(caller, CloseTicket{number});
      case 9:
      case 10:
        return attempt(caller, ReopenTicket{number, "why"});
      case 11:
        return attempt(caller, RejectTicket{number, text()});
      case 12:
      case 13:
        return attempt(caller, MergeTickets{{number}, other, once_in(2)});
      case 14:
      case 15:
        return attempt(caller, UnmergeTicket{number});
      case 16:
        return attempt(caller, AddVoice{number, "Dodi", "kantor-9"});
      case 17:
        return attempt(caller, LinkTickets{number, other, once_in(3)});
      case 18:
        return attempt(caller, EditTicket{.number = number,
                                          .title = std::string(titles[draw(4)]) + " lagi",
                                          .body = text(),
                                          .category = std::string(once_in(2) ? "jaringan" : ""),
                                          .urgent = once_in(2)});
      default:
        if (once_in(2)) return attempt(caller, NoteOnTicket{number, text()});
        return attempt(caller, ReplyToTicket{number, text(), minutes{15}});
    }
  }

  void merge_and_take_back() {
    as(admin, TickDesk{});
    const auto before = judge_.look();
    TicketNumber target;
    try {
      target = as(anybody(), MergeTickets{{any()}, any(), true}).merged.at(0).into;
    } catch (const Error&) {
      return;
    }
    SCOPED_TRACE("a merge into " + std::to_string(target.value) + " taken back");
    for (const auto& [number, is] : judge_.look().tickets) {
      if (is.merged_into && !before.tickets.at(number).merged_into) as(admin, UnmergeTicket{number});
    }
    judge_.expect_restored(before, judge_.look(), target);
    judge_.expect_sound(now());
  }

  void change_people() {
    const auto caller = once_in(3) ? anybody() : admin;
    const auto name = anybody();
    const auto tier = static_cast<std::int64_t>(1 + draw(3));
    switch (draw(8)) {
      case 0:
        return attempt(caller, AddAgent{name, tier, Role::agent});
      case 1:
        return attempt(caller, RemoveAgent{name});
      case 2:
        return attempt(caller, MoveAgent{name, tier});
      case 3:
      case 4:
        return attempt(once_in(2) ? name : caller, LeaveDesk{name});
      default:
        return attempt(once_in(2) ? name : caller, ReturnToDesk{name});
    }
  }

  void hold_or_release() {
    AcquireLock acquire;
    acquire.servers = {ServerName{"kantor-123"}};
    acquire.duration_s = minutes{5 + draw(60)};
    acquire.ticket = any();
    const auto caller = somebody_for(*acquire.ticket);
    try {
      if (once_in(2))
        as(caller, acquire);
      else
        as(caller, ReleaseLock{acquire.servers.front(), {}});
    } catch (const Error&) {
    }
  }

  void time_passes() {
    static constexpr Milliseconds jumps[] = {Seconds{1}, minutes{4}, minutes{11}, minutes{31}, hours{3}, hours{50}};
    if (once_in(20))
      clock_.set_wall(clock_.now().wall - hours{1});
    else if (once_in(20)) {
      clock_.synchronise(clock_.now().wall + hours{2});
      as(admin, TickDesk{});
    } else
      clock_.advance(jumps[draw(6)]);
  }

  std::minstd_rand chance_;
  DeskJudge judge_;
  std::int64_t filed_ = 0;
  int texts_ = 0;
};

TEST_P(Walk, BreaksNoRuleOfTheDesk) {
  while (filed_ == 0) file_one();
  for (int step = 0; step < steps && !HasFailure(); ++step) {
    SCOPED_TRACE(step);
    const auto what = draw(20);
    if (what < 3 && filed_ < most_tickets)
      file_one();
    else if (what < 5)
      attempt(anybody(), ClaimTicket{});
    else if (what < 8)
      change_people();
    else if (what < 9)
      once_in(2) ? hold_or_release() : merge_and_take_back();
    else if (what < 11)
      time_passes();
    else if (what < 12)
      judge_.expect_settled_view(now());
    else
      change_ticket();
  }
  judge_.expect_settled_view(now());
  judge_.expect_whole_records();
}

// GILIR_WALKS=2000 for a longer look.
unsigned walks() {
  const char* asked = std::getenv("GILIR_WALKS");
  return asked == nullptr ? 6 : static_cast<unsigned>(std::atoi(asked));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Walk, testing::Range(1u, 1u + walks()));

}  // namespace
}  // namespace gilir
