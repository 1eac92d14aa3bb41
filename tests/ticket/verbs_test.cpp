#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/start.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Verbs : public TicketDesk {
 protected:
  Verbs() { add_agent(sari); }
};

TEST_F(Verbs, TakeATicketFromFilingToItsClose) {
  const auto number = file();
  EXPECT_EQ(as(sari, StartTicket{number}).status, TicketStatus::in_progress);
  EXPECT_EQ(as(sari, ResolveTicket{number, "Kabelnya lepas."}).status, TicketStatus::resolved);
  EXPECT_EQ(as(sari, CloseTicket{number}).status, TicketStatus::closed);
  EXPECT_EQ(show(number).answer, "Kabelnya lepas.");
}

TEST_F(Verbs, LetOnlyTheAssigneeStart) {
  const auto number = file();
  add_agent(dewi);
  const auto error = thrown_by([&] { as(dewi, StartTicket{number}); });
  EXPECT_EQ(error.code(), ErrorCode::not_assignee);
  EXPECT_EQ(error.text("assignee"), "sari");
}

TEST_F(Verbs, GiveATicketThatWaitsToWhoeverStartsIt) {
  as(sari, LeaveDesk{});
  const auto number = file();
  const auto ticket = as(sari, StartTicket{number});
  EXPECT_EQ(ticket.assignee, sari);
  EXPECT_EQ(ticket.owner, sari);
}

TEST_F(Verbs, RaiseTheVersionWithEachChangeAndRefuseOneThatIsNotExpected) {
  const auto number = file();
  const auto version = show(number).version;
  EXPECT_EQ(as(sari, NoteOnTicket{number, "x"}).version, version + 1);
  const Call late{.caller = sari, .if_version = version};
  const auto error = thrown_by([&] { desk_.perform(late, NoteOnTicket{number, "y"}); });
  EXPECT_EQ(error.code(), ErrorCode::version_moved);
  EXPECT_EQ(error.text("expected"), std::to_string(version));
  EXPECT_EQ(error.text("version"), std::to_string(version + 1));
  const Call timely{.caller = sari, .if_version = version + 1};
  EXPECT_EQ(desk_.perform(timely, NoteOnTicket{number, "y"}).result.version, version + 2);
}

TEST_F(Verbs, PromiseNewsAndKeepThePromiseByTheAnswer) {
  const auto number = file();
  const auto promised = as(sari, ReplyToTicket{number, "Sedang dicek.", Milliseconds{Seconds{7200}}});
  EXPECT_EQ(promised.next_news, clock_.now().wall + Seconds{7200});
  as(sari, NoteOnTicket{number, "Belum."});
  EXPECT_EQ(show(number).next_news, promised.next_news);
  EXPECT_FALSE(as(sari, ResolveTicket{number, "Selesai."}).next_news);
}

TEST_F(Verbs, ApplyToTheTargetOfAMergedNumber) {
  const auto target = file();
  const auto source = file();
  merge({source}, target);
  EXPECT_EQ(as(sari, StartTicket{source}).number, target);
  EXPECT_EQ(as(sari, NoteOnTicket{source, "x"}).number, target);
  EXPECT_EQ(as(sari, ResolveTicket{source, "Selesai."}).number, target);
  EXPECT_EQ(show(target).status, TicketStatus::resolved);
}

TEST_F(Verbs, HappenToSeveralTicketsOrToNone) {
  const auto one = file();
  const auto other = file();
  as(sari, ResolveTicket{other, "Selesai."});
  const std::vector<ResolveTicket> both{{one, "x"}, {other, "x"}};
  expect_error(ErrorCode::wrong_state, [&] { desk_.perform_all(Call{.caller = sari}, both); });
  EXPECT_EQ(show(one).status, TicketStatus::assigned);
}

TEST_F(Verbs, RefuseTextsThatSayNothingOrTooMuch) {
  const auto number = file();
  expect_error(ErrorCode::invalid, [&] { as(sari, NoteOnTicket{number, ""}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, ReplyToTicket{number, " \n\t"}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, ResolveTicket{number, std::string(1 << 20, 'x')}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, ReplyToTicket{number, "x", Milliseconds{-1}}); });
}

TEST_F(Verbs, KnowNoTicketThatWasNeverFiled) {
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{99}, largest_number}) {
    const auto error = thrown_by([&] { as(sari, StartTicket{{number}}); });
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_EQ(error.text("kind"), "ticket");
  }
  expect_error(ErrorCode::invalid, [&] { as(sari, StartTicket{{-1}}); });
}

}  // namespace
}  // namespace gilir
