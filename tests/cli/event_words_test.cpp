#include "cli/output/event_words.h"

#include <gtest/gtest.h>

#include "cli/lock/login_rows.h"
#include "cli/output/due_words.h"
#include "tests/fakes/string_sink.h"

namespace gilir::cli {
namespace {

Event event_of(EventKind kind, EventFacts facts = {}) {
  Event event;
  event.number = {7};
  event.at = WallTime{Seconds{1000}};
  event.actor = AgentName{"ani"};
  event.kind = event_name(kind);
  event.facts = std::move(facts);
  return event;
}

std::string words(EventKind kind, EventFacts facts = {}) {
  return plain_text(event_words(event_of(kind, std::move(facts))));
}

EventFacts lock_facts(const std::string& because = "") {
  EventFacts facts;
  facts.agent = AgentName{"sari"};
  facts.server = ServerName{"kantor-123"};
  facts.ticket = TicketNumber{41};
  facts.lease = LeaseId{7};
  facts.token = Token{1763};
  if (!because.empty()) facts.because = because;
  return facts;
}

TEST(EventWords, EveryKindHasWordsWhateverItCarries) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<EventKind>>([](auto enumerator) {
    const auto kind = enumerator.value;
    EXPECT_NE(words(kind), "") << enumerator.name;
    EXPECT_NE(words(kind), event_name(kind)) << enumerator.name;
    EXPECT_NE(words(kind, lock_facts()), event_name(kind)) << enumerator.name;
  });
}

TEST(EventWords, AnEventOfANewerGilirIsShownByItsName) {
  auto event = event_of(EventKind::ticket_filed);
  event.kind = "ticket.sung";
  EXPECT_EQ(plain_text(event_words(event)), "ticket.sung");
}

TEST(EventWords, TellChangesAndEndsInWordsAndNotInNamesOfFields) {
  EventFacts edited;
  edited.server = ServerName{"kantor-123"};
  edited.changes = "rdp_port=3390 term_s=30 seats=2 x_y";
  EXPECT_EQ(words(EventKind::server_edited, edited),
            "changed the server kantor-123: port of the desktop: 3390, term: 30 s, seats: 2 x_y");
  edited.changes = "alias_of=kantor-9 lock_delay_s=30 log_off=ssh -p 2 host=x legacy=false";
  EXPECT_EQ(words(EventKind::server_edited, edited),
            "changed the server kantor-123: same lock as: kantor-9, lock-delay: 30 s, log off: ssh -p 2, address: x, "
            "outdated algorithms: no");
  edited.changes = "end of sessions of root: no_shell";
  EXPECT_EQ(words(EventKind::server_edited, edited),
            "checked the server kantor-123: the end of a session of root is not confirmed: no POSIX shell answered "
            "there");
  auto ended = lock_facts("authentication_failed");
  ended.kind = "ssh";
  EXPECT_EQ(words(EventKind::session_ended, ended), "left kantor-123 for #41, cut: the login was refused");
}

TEST(EventWords, TellWhoTookAServerAndWhatFor) {
  const auto event = event_of(EventKind::lock_granted, lock_facts());
  EXPECT_EQ(plain_text(event_words(event)), "took kantor-123 for #41");
  EXPECT_EQ(event_actor(event), "ani");
}

TEST(EventWords, WhatCameByItselfNamesNoActorAndTheTimeItFellDue) {
  auto facts = lock_facts();
  facts.due = WallTime{Seconds{900}};
  for (const auto kind : {EventKind::lock_expired, EventKind::lock_offered, EventKind::lock_ended,
                          EventKind::lock_moved, EventKind::lock_offer_withdrawn, EventKind::ticket_waiting}) {
    const auto event = event_of(kind, facts);
    EXPECT_EQ(event_actor(event), "-") << event.kind;
    EXPECT_EQ(event_time(event), WallTime{Seconds{900}}) << event.kind;
  }
  EXPECT_EQ(words(EventKind::lock_offered, facts), "the turn at kantor-123 came to sari, next in line");
}

TEST(DueWords, AreSentencesOfEverythingThatTimeDoes) {
  EXPECT_EQ(due_words("ticket.returned", 1), "1 ticket came back.");
  EXPECT_EQ(due_words("ticket.returned", 2), "2 tickets came back.");
  for (const auto kind : {EventKind::lock_expired, EventKind::lock_cut_ordered, EventKind::lock_cut,
                          EventKind::lock_ended, EventKind::lock_offered, EventKind::lock_offer_withdrawn,
                          EventKind::lock_wait_ended, EventKind::lock_demand_ended, EventKind::ticket_assigned,
                          EventKind::ticket_waiting, EventKind::ticket_claim_ended}) {
    EXPECT_TRUE(due_words(event_name(kind), 1).ends_with('.')) << event_name(kind);
  }
  EXPECT_EQ(due_words("ticket.sung", 3), "ticket.sung: 3");
}

TEST(LoginRows, AreOneForEachTimeThatAnAgentHadTheServer) {
  const auto at = [](EventKind kind, std::int64_t seconds, HoldId hold, EventFacts facts) {
    facts.hold = hold;
    facts.agent = AgentName{"sari"};
    auto event = event_of(kind, std::move(facts));
    event.at = WallTime{Seconds{seconds}};
    return event;
  };
  EventFacts ended;
  ended.exit_status = 3;
  EventFacts order;
  order.kind = "break";
  order.by = AgentName{"budi"};
  const auto rows = login_rows(
      {at(EventKind::lock_released, 5, HoldId{1}, {}), at(EventKind::lock_granted, 10, HoldId{2}, lock_facts()),
       at(EventKind::session_started, 11, HoldId{2}, {}), at(EventKind::session_ended, 20, HoldId{2}, ended),
       at(EventKind::lock_released, 21, HoldId{2}, {}), at(EventKind::lock_granted, 30, HoldId{3}, {}),
       at(EventKind::lock_cut_ordered, 40, HoldId{3}, order), at(EventKind::lock_cut, 41, HoldId{3}, {}),
       at(EventKind::lock_granted, 50, HoldId{4}, {})});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].agent, AgentName{"sari"});
  EXPECT_EQ(rows[0].from, WallTime{Seconds{10}});
  EXPECT_EQ(rows[0].to, WallTime{Seconds{21}});
  EXPECT_EQ(rows[0].what_for, "#41");
  EXPECT_EQ(rows[0].ended, "with status 3");
  EXPECT_EQ(rows[1].ended, "broken by budi");
  EXPECT_EQ(rows[2].to, std::nullopt);
}

TEST(LoginRows, EndWithTheLockThoughASessionThatWasStoppedTellsOfItsEndLater) {
  const auto at = [](EventKind kind, std::int64_t seconds, HoldId hold, const std::string& agent,
                     EventFacts facts = {}) {
    facts.hold = hold;
    facts.agent = AgentName{agent};
    auto event = event_of(kind, std::move(facts));
    event.at = WallTime{Seconds{seconds}};
    return event;
  };
  EventFacts lost;
  lost.because = "lost";
  const auto rows = login_rows(
      {at(EventKind::lock_granted, 10, HoldId{1}, "budi"), at(EventKind::lock_expired, 20, HoldId{1}, "budi"),
       at(EventKind::lock_granted, 30, HoldId{2}, "sari"), at(EventKind::session_ended, 40, HoldId{2}, "sari"),
       at(EventKind::lock_released, 41, HoldId{2}, "sari"), at(EventKind::session_ended, 90, HoldId{1}, "budi", lost)});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].to, WallTime{Seconds{20}});
  EXPECT_EQ(rows[0].ended, "ran out");
  EXPECT_EQ(rows[1].to, WallTime{Seconds{41}});
}

TEST(EventWords, AnAgentWhoHasAServerStillGivesNothingBack) {
  const auto of_sari = [](EventKind kind, const std::string& because) { return words(kind, lock_facts(because)); };
  EXPECT_EQ(of_sari(EventKind::lock_released, ""), "gave kantor-123 back");
  EXPECT_EQ(of_sari(EventKind::lock_released, "held_still"), "ended one use of kantor-123, and has it still");
  EXPECT_EQ(of_sari(EventKind::lock_expired, "held_still"),
            "one of sari's times at kantor-123 ran out; it is theirs still");
}

TEST(EventWords, AWaitEndsBySomebodyOrByItself) {
  const auto left = event_of(EventKind::lock_wait_ended, lock_facts("left"));
  EXPECT_EQ(event_actor(left), "ani");
  auto facts = lock_facts("merged");
  facts.into = TicketNumber{40};
  const auto merged = event_of(EventKind::lock_wait_ended, facts);
  EXPECT_EQ(event_actor(merged), "-");
  EXPECT_EQ(plain_text(event_words(merged)), "sari left the line of kantor-123: #41 was merged into #40");
}

TEST(EventWords, TellWhyAnAgentGotATicket) {
  EventFacts facts;
  facts.ticket = TicketNumber{42};
  facts.agent = AgentName{"sari"};
  facts.tier = 1;
  facts.because = "turn";
  EXPECT_EQ(words(EventKind::ticket_assigned, facts), "#42 went to sari, whose turn it was in tier 1");
  facts.because = "sticky";
  facts.twin = TicketNumber{41};
  facts.evidence = {"same office", "shares ORA-00942"};
  EXPECT_EQ(words(EventKind::ticket_assigned, facts),
            "#42 went to sari, who has its twin #41 (same office, shares ORA-00942)");
  facts.because = "returned";
  EXPECT_EQ(words(EventKind::ticket_assigned, facts),
            "#42 had waited for tier 1 and went to sari as somebody came back");
  facts.because = "named";
  facts.from_agent = AgentName{"budi"};
  EXPECT_EQ(words(EventKind::ticket_assigned, facts), "gave #42 to sari, after budi");
}

TEST(EventWords, TellWhatBecameOfATicketAndOfAClaim) {
  EventFacts facts;
  facts.ticket = TicketNumber{42};
  facts.agent = AgentName{"sari"};
  facts.tier = 1;
  facts.from_agent = AgentName{"budi"};
  const std::pair<const char*, const char*> reasons[] = {
      {"claimed", "#42 had waited and went to sari, who claimed it"},
      {"passed", "#42 went to sari by turn, as it was passed on"},
      {"reclaimed", "#42 went to sari by turn, as its claim had ended"},
      {"removed", "#42 went to sari by turn, as budi left the desk"},
      {"reopened", "#42 went to sari again"},
      {"unmerged", "#42 went to sari by turn, as a ticket of its own"},
  };
  for (const auto& [because, expected] : reasons) {
    facts.because = because;
    EXPECT_EQ(words(EventKind::ticket_assigned, facts), expected);
    EXPECT_EQ(event_actor(event_of(EventKind::ticket_assigned, facts)), "-");
  }
  facts.because = "silent";
  EXPECT_EQ(words(EventKind::ticket_claim_ended, facts), "the claim of sari on #42 ended: nothing was done");
  facts.because = "away";
  EXPECT_EQ(words(EventKind::ticket_claim_ended, facts), "the claim of sari on #42 ended: away");
  EXPECT_EQ(words(EventKind::ticket_claimed, facts), "claimed #42");
}

TEST(EventWords, TellWhatWasChangedPutAsideAndTakenApart) {
  EventFacts facts;
  facts.ticket = TicketNumber{42};
  facts.into = facts.other = TicketNumber{41};
  facts.reason = "not mine";
  facts.text = "Not ours.";
  EXPECT_EQ(words(EventKind::ticket_passed, facts), "passed #42 on: not mine");
  EXPECT_EQ(words(EventKind::ticket_reopened, facts), "reopened #42: not mine");
  EXPECT_EQ(words(EventKind::ticket_rejected, facts), "rejected #42: Not ours.");
  EXPECT_EQ(words(EventKind::ticket_unmerged, facts), "took #42 out of #41 again");
  EXPECT_EQ(words(EventKind::ticket_linked, facts), "related #42 to #41");
  EXPECT_EQ(words(EventKind::ticket_returned, facts), "#42 came back, as it was time");
  facts.status = "waiting_reporter";
  EXPECT_EQ(words(EventKind::ticket_postponed, facts), "put #42 aside until its reporter answers");
  facts.changes = "urgent=true";
  facts.title = "Printer";
  EXPECT_EQ(words(EventKind::ticket_edited, facts), "changed #42: urgent: yes, title: Printer, and its text");
}

TEST(EventWords, SeveralServersAreNamedBySubject) {
  auto event = event_of(EventKind::lock_queued);
  event.subjects = {subject(ServerName{"app-1"}), subject(ServerName{"db-1"}), subject(AgentName{"ani"})};
  EXPECT_EQ(plain_text(event_words(event)), "stands in line for app-1, db-1");
}

TEST(EventWords, ALongTextIsOneLineAndCut) {
  EventFacts facts;
  facts.ticket = TicketNumber{1};
  facts.text = "first\nsecond\t" + std::string(1000, 'x');
  const auto line = words(EventKind::ticket_noted, facts);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_TRUE(line.starts_with("noted on #1, internally: first second xxx")) << line;
  EXPECT_LT(line.size(), 250U);
}

TEST(EventWords, NothingRawReachesTheTerminal) {
  EventFacts facts;
  facts.ticket = TicketNumber{1};
  facts.title = "\x1b]0;evil\a \u202e";
  facts.reporter = "\x1b[31mBudi";
  StringSink out;
  StringSink errors;
  Output output(out, errors);
  show_events(output, {event_of(EventKind::ticket_filed, facts)}, {});
  EXPECT_EQ(out.text().find('\x1b'), std::string::npos);
  EXPECT_NE(out.text().find("\\x1b"), std::string::npos) << out.text();
  EXPECT_NE(out.text().find("\\u202e"), std::string::npos) << out.text();
}

}  // namespace
}  // namespace gilir::cli
