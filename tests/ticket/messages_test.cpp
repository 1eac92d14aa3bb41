#include "core/operations/ticket/close.h"
#include "core/operations/ticket/escalate.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/publicity.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

// Who hears what, before and after a merge. #1 is Budi's, #2 Ani's.
class Messages : public TicketDesk {
 protected:
  Messages() {
    add_agent(sari);
    target_ = file_unlike("Budi", "kantor-123").number;
    source_ = file_unlike("Ani", "kantor-7").number;
  }

  std::vector<std::string> texts(TicketNumber number, bool for_reporter) {
    std::vector<std::string> texts;
    for (const auto& message : show(number, for_reporter).messages) texts.push_back(message.text);
    return texts;
  }
  std::vector<std::string> public_kinds(TicketNumber number) {
    std::vector<std::string> kinds;
    for (auto& event : history(number)) {
      if (const auto seen = for_reporter(event, number)) kinds.push_back(seen->kind);
    }
    return kinds;
  }

  TicketNumber target_;
  TicketNumber source_;
};

TEST_F(Messages, ReachEveryReporterWhoseTicketWasMerged) {
  merge({source_}, target_, true);
  as(sari, ReplyToTicket{target_, "Sedang dicek."});
  as(sari, ResolveTicket{source_, "Sudah normal."});
  const std::vector<std::string> both{"Sedang dicek.", "Sudah normal."};
  EXPECT_EQ(texts(target_, true), both);
  EXPECT_EQ(texts(source_, true), both);
  EXPECT_EQ(show(source_).answer, "Sudah normal.");
  EXPECT_EQ(show(source_).status, TicketStatus::merged);
  ASSERT_TRUE(show(source_).target);
  EXPECT_EQ(show(source_).target->status, TicketStatus::resolved);
}

TEST_F(Messages, StayWithTheTicketOnWhichTheyWereWrittenWhenTheyAreInternal) {
  as(sari, NoteOnTicket{source_, "Ani sering lapor palsu"});
  merge({source_}, target_, true);
  as(sari, NoteOnTicket{source_, "server lama"});
  EXPECT_EQ(texts(source_, false), std::vector<std::string>{"Ani sering lapor palsu"});
  EXPECT_EQ(texts(target_, false), std::vector<std::string>{"server lama"});
  EXPECT_TRUE(texts(source_, true).empty());
  EXPECT_TRUE(texts(target_, true).empty());
}

TEST_F(Messages, BeforeAMergeAreNotToldToTheOtherReporter) {
  as(sari, ReplyToTicket{target_, "untuk Budi"});
  as(sari, ReplyToTicket{source_, "untuk Ani"});
  merge({source_}, target_, true);
  EXPECT_EQ(texts(target_, true), std::vector<std::string>{"untuk Budi"});
  EXPECT_EQ(texts(source_, true), std::vector<std::string>{"untuk Ani"});
}

TEST_F(Messages, GiveTheAnswerToAReporterWhoseTicketIsMergedAfterIt) {
  as(sari, ResolveTicket{target_, "Sudah normal."});
  merge({source_}, target_, true);
  EXPECT_EQ(show(source_, true).answer, "Sudah normal.");
}

TEST_F(Messages, ShowAReporterNothingOfAnothersTicket) {
  merge({source_}, target_, true);
  const auto shown = to_json(show(source_, true));
  EXPECT_EQ(shown.find("Budi"), std::string::npos);
  EXPECT_EQ(shown.find("kantor-123"), std::string::npos);
  EXPECT_EQ(shown.find(show(target_).title), std::string::npos);
  EXPECT_NE(shown.find("Ani"), std::string::npos);
}

TEST_F(Messages, ShowAReporterWhereHisTicketStands) {
  add_agent(dewi, 2);
  as(sari, NoteOnTicket{target_, "x"});
  as(sari, EscalateTicket{target_, "butuh DBA"});
  as(sari, ResolveTicket{target_, "Selesai."});
  as(sari, CloseTicket{target_});
  EXPECT_EQ(public_kinds(target_), (std::vector<std::string>{"ticket.filed", "ticket.assigned", "ticket.assigned",
                                                             "ticket.resolved", "ticket.closed"}));
}

TEST_F(Messages, ShowTheReporterOfATwinNothingOfWhatWentToItsAgent) {
  const auto twin = file("Printer di loket 2 tidak mencetak nota", "Budi", "kantor-123");
  const auto resent = file("Printer di loket 2 tidak mencetak nota", "Ani", "kantor-123");
  ASSERT_EQ(resent.because, "sticky");
  EXPECT_EQ(public_kinds(twin.number), (std::vector<std::string>{"ticket.filed", "ticket.assigned"}));
}

TEST_F(Messages, AreShownFromTheLatestAndTellThatThereAreOlderOnes) {
  for (int i = 0; i < 25; ++i) as(sari, ReplyToTicket{target_, "kabar " + std::to_string(i)});
  const auto shown = show(target_);
  ASSERT_EQ(shown.messages.size(), 20u);
  EXPECT_TRUE(shown.earlier_messages);
  EXPECT_EQ(shown.messages.back().text, "kabar 24");
}

}  // namespace
}  // namespace gilir
