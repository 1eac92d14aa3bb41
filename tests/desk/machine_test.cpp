#include <filesystem>

#include "core/desk/migrations.h"
#include "core/operations/lock/ask.h"
#include "core/operations/lock/wait.h"
#include "core/operations/server/check.h"
#include "core/operations/server/edit.h"
#include "core/operations/server/remove.h"
#include "core/operations/server/show.h"
#include "core/operations/server/trust.h"
#include "core/operations/ticket/list.h"
#include "core/store/write_gate.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

constexpr const char* host_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjT4aIfW1o/J1vL8/g42kztLL05kwHK9p8iYhLZuRxc";

constexpr const char* other_host_key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

class Machine : public DeskTest {
 protected:
  Machine() {
    add_agent("budi");
    perform(server("kantor-123", "10.0.0.5"));
  }
  static AddServer server(const std::string& name, const std::string& host, std::int64_t port = 22) {
    AddServer operation;
    operation.name = ServerName{name};
    operation.host = host;
    operation.port = port;
    return operation;
  }
  static AddServer second_name(const std::string& name, const std::string& of) {
    auto operation = server(name, "");
    operation.alias_of = ServerName{of};
    return operation;
  }
  // "kantor-123: address".
  std::string refusal(const auto& operation) {
    const auto error = thrown_by([&] { perform(operation); });
    EXPECT_EQ(error.code(), ErrorCode::same_machine) << error.what();
    EXPECT_EQ(exit_code(error.code()), 5);
    return error.text("other") + ": " + error.text("because");
  }
  void trust(const std::string& name) { perform(TrustServer{.name = ServerName{name}, .host_key = host_key}); }
  // As the admin saw it at the server.
  void check(const std::string& name, const std::string& login) {
    const auto server = show(name);
    perform(CheckServer{server.name, login, SessionEnd::confirmed, server.host, server.port, server.host_key});
  }
  void expect_in_use(const auto& operation, const std::string& by, const std::string& because) {
    const auto error = thrown_by([&] { perform(operation); });
    EXPECT_EQ(error.code(), ErrorCode::in_use) << error.what();
    EXPECT_EQ(error.text("by") + " " + error.text("because"), by + " " + because);
  }
  ServerView show(const std::string& name) { return perform(ShowServer{ServerName{name}}); }
};

TEST_F(Machine, AnAddressAndPortThatAServerHasAreRefused) {
  EXPECT_EQ(refusal(server("kantor-b", "10.0.0.5")), "kantor-123: address");
  perform(server("kantor-b", "10.0.0.5", 2222));
  EXPECT_EQ(refusal(EditServer{.name = ServerName{"kantor-b"}, .port = 22}), "kantor-123: address");
  EXPECT_EQ(show("kantor-b").port, 2222);
  perform(EditServer{.name = ServerName{"kantor-b"}, .seats = 2});
}

TEST_F(Machine, WhatHostsStandForIsCompared) {
  auto named = server("kantor-b", "kantor.example");
  named.addresses = {"192.0.2.1", "10.0.0.5"};
  EXPECT_EQ(refusal(named), "kantor-123: address");
  named.addresses = {"::ffff:10.0.0.5"};
  EXPECT_EQ(refusal(named), "kantor-123: address");
  named.addresses = {};
  perform(named);
  EXPECT_EQ(refusal(server("kantor-c", "KANTOR.example.")), "kantor-b: address");
  perform(server("here", "127.0.0.1", 24001));
  EXPECT_EQ(refusal(server("there", "localhost", 24001)), "here: address");
  perform(server("six", "fd00::1"));
  EXPECT_EQ(refusal(server("seven", "fd00:0:0::1")), "six: address");
}

TEST_F(Machine, TheUsualPortsOfOneAddressAreOneMachine) {
  auto desktop = server("desktop", "10.0.0.5", usual_rdp_port);
  EXPECT_EQ(refusal(desktop), "kantor-123: address");
  desktop.different_from = {ServerName{"kantor-123"}};
  perform(desktop);
  // Forwarded ports lead to several.
  perform(server("kantor-b", "10.0.0.6", 2222));
  perform(server("desktop-b", "10.0.0.6", 3390));
  desktop = server("desktop-c", "10.0.0.5", 2222);
  desktop.protocols = {Protocol::ssh, Protocol::rdp};
  EXPECT_EQ(refusal(desktop), "desktop: address");
}

TEST_F(Machine, ACertificateThatAServerHasIsRefused) {
  const std::string pin(64, 'a');
  for (const auto* name : {"desktop", "desktop-b"})
    perform(server(name, std::string(name) + ".example", usual_rdp_port));
  perform(TrustServer{ServerName{"desktop"}, {}, false, pin});
  TrustServer again{ServerName{"desktop-b"}, {}, false, pin};
  EXPECT_EQ(refusal(again), "desktop: certificate");
  EXPECT_EQ(show("desktop-b").certificate, "");
  again.alias_of = ServerName{"desktop"};
  EXPECT_EQ(perform(again).alias_of, ServerName{"desktop"});
  EXPECT_EQ(show("desktop-b").certificate, pin);
}

TEST_F(Machine, AnyNumberOfServersMayShowWhatAnAuthorityVouchesFor) {
  for (const auto* name : {"desktop", "desktop-b"}) {
    perform(server(name, std::string(name) + ".example", usual_rdp_port));
    perform(TrustServer{ServerName{name}, {}, false, "authority"});
  }
}

TEST_F(Machine, NamesThatDifferInCaseOnlyAreRefused) {
  EXPECT_EQ(refusal(server("Kantor-123", "10.0.0.6")), "kantor-123: name");
}

TEST_F(Machine, AHostKeyThatAServerHasIsRefused) {
  trust("kantor-123");
  perform(server("kantor-b", "10.0.0.6"));
  TrustServer again{.name = ServerName{"kantor-b"}, .host_key = host_key};
  EXPECT_EQ(refusal(again), "kantor-123: host_key");
  EXPECT_EQ(show("kantor-b").host_key, "");
  again.alias_of = ServerName{"kantor-123"};
  EXPECT_EQ(perform(again).alias_of, ServerName{"kantor-123"});
}

TEST_F(Machine, OneThatIsSaidToBeDifferentHasALockOfItsOwn) {
  trust("kantor-123");
  auto clone = server("kantor-b", "10.0.0.5");
  clone.different_from = {ServerName{"kantor-123"}};
  EXPECT_EQ(perform(clone).different_from, std::vector{ServerName{"kantor-123"}});
  trust("kantor-b");
  EXPECT_EQ(log().back().kind, "server.trusted");
  acquire("kantor-123");
  acquire("kantor-b", "budi");
  // A third one is another question for each of them.
  const auto error = thrown_by([&] { perform(server("kantor-c", "10.0.0.5")); });
  EXPECT_EQ(error.detail("others"), R"(["kantor-123","kantor-b"])");
  clone = server("kantor-c", "10.0.0.5");
  clone.different_from = {ServerName{"kantor-123"}, ServerName{"kantor-b"}};
  perform(clone);
}

TEST_F(Machine, TwoNamesOfOneMachineAreOneLock) {
  trust("kantor-123");
  const auto added = perform(second_name("kantor-b", "kantor-123"));
  EXPECT_EQ(added.host, "10.0.0.5");
  EXPECT_EQ(added.host_key, host_key);
  EXPECT_EQ(show("kantor-123").aliases, std::vector{ServerName{"kantor-b"}});

  EXPECT_EQ(acquire("kantor-b").server, ServerName{"kantor-123"});
  const auto error = thrown_by([&] { acquire("kantor-123", "budi"); });
  EXPECT_EQ(error.code(), ErrorCode::held);
  EXPECT_EQ(error.text("server"), "kantor-123");
  expect_error(ErrorCode::held, [&] { acquire("kantor-b", "budi"); });
  EXPECT_EQ(to_json(lock("kantor-b")), to_json(lock("kantor-123")));
  EXPECT_EQ(perform(ListLocks{true, {}, 100, false}).locks.size(), 1U);
  EXPECT_TRUE(perform(KnockAtLock{ServerName{"kantor-b"}, {}, "please", false}, "budi").demand.server ==
              ServerName{"kantor-123"});
  perform(ReleaseLock{ServerName{"kantor-b"}, {}});
  EXPECT_EQ(acquire("kantor-123", "budi").agent, AgentName{"budi"});
  EXPECT_EQ(perform(ReadLog{.server = ServerName{"kantor-b"}}).events.size(),
            perform(ReadLog{.server = ServerName{"kantor-123"}}).events.size());
}

TEST_F(Machine, BothNamesInOneRequestAreOneSeat) {
  perform(second_name("kantor-b", "kantor-123"));
  auto operation = timed_hold("kantor-b");
  operation.servers.push_back(ServerName{"kantor-123"});
  EXPECT_EQ(perform(operation).leases.size(), 1U);
}

TEST_F(Machine, TicketsOfEitherNameAreAboutTheMachine) {
  perform(server("kantor-b", "10.0.0.6"));
  NewTicket ticket;
  ticket.title = "printer";
  ticket.server = ServerName{"kantor-b"};
  perform(ticket);
  perform(EditServer{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-123"}});
  ticket.title = "mail arrives twice";
  EXPECT_EQ(perform(ticket).server, ServerName{"kantor-123"});
  EXPECT_EQ(perform(ListTickets{.server = ServerName{"kantor-b"}}).tickets.size(), 2U);
  auto operation = timed_hold("kantor-b");
  operation.ticket = TicketNumber{1};
  EXPECT_EQ(perform(operation).leases.front().server, ServerName{"kantor-123"});
}

TEST_F(Machine, ALockThatIsUsedBecomesNoOther) {
  perform(server("kantor-b", "10.0.0.6"));
  const EditServer joins{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-123"}};
  const auto token = acquire("kantor-b").token;
  expect_error(ErrorCode::in_use, [&] { perform(joins); });
  perform(ReleaseLock{ServerName{"kantor-b"}, {}});
  perform(joins);
  EXPECT_GT(acquire("kantor-123").token, token);
  const EditServer parts{.name = ServerName{"kantor-b"}, .different_from = {ServerName{"kantor-123"}}};
  expect_error(ErrorCode::in_use, [&] { perform(parts); });
  perform(ReleaseLock{ServerName{"kantor-123"}, {}});
  EXPECT_EQ(perform(parts).alias_of, std::nullopt);
  acquire("kantor-123");
  acquire("kantor-b", "budi");
}

TEST_F(Machine, ASecondNameStaysWhileTheLockIsUsed) {
  auto by_vpn = second_name("kantor-b", "kantor-123");
  by_vpn.host = "10.99.0.5";
  perform(by_vpn);
  perform(server("kantor-c", "10.0.0.6"));
  // Whoever is at the machine may have come by either name.
  for (const auto* used : {"kantor-123", "kantor-b"}) {
    const auto token = acquire(used).token;
    const EditServer moves{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-c"}};
    const auto error = thrown_by([&] { perform(moves); });
    EXPECT_EQ(error.code(), ErrorCode::in_use);
    EXPECT_EQ(error.text("by"), "ani");
    expect_error(ErrorCode::held, [&] { acquire("kantor-b", "budi"); });
    perform(ReleaseLock{ServerName{used}, {}});
    perform(moves);
    EXPECT_GT(acquire("kantor-b", "budi").token, token);
    perform(ReleaseLock{ServerName{"kantor-b"}, {}}, "budi");
    perform(EditServer{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-123"}});
  }
}

TEST_F(Machine, StaysWhereItIsAndShowsWhatItShowsWhileSomebodyIsThere) {
  trust("kantor-123");
  perform(TrustServer{ServerName{"kantor-123"}, {}, false, std::string(64, 'a')});
  perform(second_name("kantor-vpn", "kantor-123"));
  const auto expect_to_stay = [&](const std::string& by, const std::string& because) {
    for (const auto* name : {"kantor-123", "kantor-vpn"}) {
      expect_in_use(EditServer{.name = ServerName{name}, .host = "10.0.0.9"}, by, because);
      expect_in_use(EditServer{.name = ServerName{name}, .port = 2222}, by, because);
      expect_in_use(TrustServer{ServerName{name}, other_host_key, true}, by, because);
      expect_in_use(TrustServer{ServerName{name}, {}, true, std::string(64, 'b')}, by, because);
    }
    expect_in_use(EditServer{.name = ServerName{"kantor-123"}, .protocols = std::vector{Protocol::rdp}}, by, because);
    expect_in_use(EditServer{.name = ServerName{"kantor-123"}, .rdp_port = 3390}, by, because);
    // What is the same moves nobody.
    perform(EditServer{.name = ServerName{"kantor-123"}, .host = "10.0.0.5", .port = 22, .user = by, .seats = 1});
    perform(TrustServer{ServerName{"kantor-123"}, host_key, true});
  };
  acquire("kantor-123", "budi");
  expect_to_stay("budi", "holds");
  auto waits = timed_hold("kantor-123");
  waits.wait = true;
  perform(waits);
  perform(ReleaseLock{ServerName{"kantor-123"}, {}}, "budi");
  expect_to_stay("ani", "offered");
}

TEST_F(Machine, StaysWhereItIsUntilASessionThatMayStandThereIsOver) {
  auto session = timed_hold("kantor-123");
  session.kind = HoldKind::kept;
  perform(session, "budi");
  clock_.advance(Seconds{61});
  expect_in_use(EditServer{.name = ServerName{"kantor-123"}, .host = "10.0.0.9"}, "budi", "ending");
  clock_.advance(Seconds{30});
  perform(EditServer{.name = ServerName{"kantor-123"}, .host = "10.0.0.9"});
}

TEST_F(Machine, MovesWhileSomebodyOnlyWaitsForIt) {
  perform(server("kantor-b", "10.0.0.6"));
  acquire("kantor-123", "budi");
  auto both = timed_hold("kantor-b");
  both.servers.push_back(ServerName{"kantor-123"});
  both.wait = true;
  perform(both);
  perform(EditServer{.name = ServerName{"kantor-b"}, .host = "10.0.0.9"});
  EXPECT_EQ(show("kantor-b").host, "10.0.0.9");
}

TEST_F(Machine, ShowsItsFirstKeyAlsoWhileSomebodyIsThere) {
  acquire("kantor-123", "budi");
  trust("kantor-123");
  perform(TrustServer{ServerName{"kantor-123"}, {}, false, std::string(64, 'a')});
}

TEST_F(Machine, ASecondNameStaysWhileSomebodyWaitsAtTheLock) {
  perform(server("other", "10.0.0.6"));
  perform(second_name("kantor-b", "kantor-123"));
  perform(server("kantor-c", "10.0.0.7"));
  acquire("other");
  auto both = timed_hold("kantor-b");
  both.servers.push_back(ServerName{"other"});
  both.wait = true;
  const auto waits = perform(both, "budi");
  ASSERT_TRUE(waits.wait);
  const EditServer parts{.name = ServerName{"kantor-b"}, .different_from = {ServerName{"kantor-123"}}};
  expect_in_use(parts, "budi", "waits");
  expect_in_use(EditServer{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-c"}}, "budi", "waits");
  expect_in_use(ForgetServer{ServerName{"kantor-b"}}, "budi", "waits");
  perform(ReleaseLock{ServerName{"other"}, {}});
  expect_in_use(parts, "budi", "offered");
  perform(LeaveLine{*waits.wait}, "budi");
  perform(parts);
}

TEST_F(Machine, WhatWasFoundOutWhereItWasBeforeIsNotKept) {
  trust("kantor-123");
  auto before = show("kantor-123");
  CheckServer found{before.name, "admin", SessionEnd::confirmed, before.host, before.port, before.host_key};
  perform(EditServer{.name = ServerName{"kantor-123"}, .host = "10.0.0.9"});
  const auto error = thrown_by([&] { perform(found); });
  EXPECT_EQ(error.code(), ErrorCode::version_moved);
  EXPECT_EQ(error.text("server"), "kantor-123");
  found.host = "10.0.0.9";
  perform(TrustServer{ServerName{"kantor-123"}, other_host_key, true});
  expect_error(ErrorCode::version_moved, [&] { perform(found); });
  EXPECT_TRUE(show("kantor-123").checks.empty());
  found.host_key = show("kantor-123").host_key;
  EXPECT_EQ(perform(found).checks.size(), 1U);
}

TEST_F(Machine, ASecondNameIsNotForgottenWhileTheLockIsUsed) {
  perform(second_name("kantor-b", "kantor-123"));
  const auto token = acquire("kantor-123").token;
  const auto error = thrown_by([&] { perform(ForgetServer{ServerName{"kantor-b"}}); });
  EXPECT_EQ(error.code(), ErrorCode::in_use);
  EXPECT_EQ(error.text("by"), "ani");
  perform(ReleaseLock{ServerName{"kantor-123"}, {}});
  perform(ForgetServer{ServerName{"kantor-b"}});
  perform(server("kantor-b", "10.0.0.6"));
  EXPECT_GT(acquire("kantor-b", "budi").token, token);
}

TEST_F(Machine, WhatIsTheLocksIsChangedAtItsServer) {
  perform(second_name("kantor-b", "kantor-123"));
  expect_error(ErrorCode::invalid, [&] { perform(EditServer{.name = ServerName{"kantor-b"}, .seats = 2}); });
  perform(EditServer{.name = ServerName{"kantor-123"}, .seats = 2});
  EXPECT_EQ(show("kantor-b").seats, 2);
  perform(EditServer{.name = ServerName{"kantor-b"}, .host = "10.9.9.9", .user = "siti"});
  EXPECT_EQ(show("kantor-b").host, "10.9.9.9");
  expect_error(ErrorCode::in_use, [&] { perform(ForgetServer{ServerName{"kantor-123"}}); });
  perform(ForgetServer{ServerName{"kantor-b"}});
  perform(ForgetServer{ServerName{"kantor-123"}});
}

TEST_F(Machine, ASecondNameHasTheDesktopOfItsServer) {
  auto desktop = server("desktop", "10.0.0.7");
  desktop.protocols = {Protocol::rdp};
  perform(desktop);
  EXPECT_EQ(refusal(server("desktop-b", "10.0.0.7", usual_rdp_port)), "desktop: address");
  auto by_vpn = second_name("desktop-vpn", "desktop");
  by_vpn.host = "10.99.0.7";
  perform(by_vpn);
  EXPECT_EQ(show("desktop-vpn").protocols, (std::vector{Protocol::rdp}));
  EXPECT_EQ(show("desktop-vpn").port, usual_rdp_port);
  EXPECT_EQ(show("desktop-vpn").rdp_port, usual_rdp_port);
  // Pinned by either name, it is the machine's.
  const std::string pin(64, 'a');
  perform(TrustServer{ServerName{"desktop-vpn"}, {}, false, pin});
  EXPECT_EQ(show("desktop").certificate, show("desktop-vpn").certificate);
  EXPECT_FALSE(show("desktop").certificate.empty());
  perform(EditServer{.name = ServerName{"desktop"}, .log_off = "true"});
  EXPECT_EQ(show("desktop-vpn").log_off, "true");
  for (const auto& own : {EditServer{.name = ServerName{"desktop-vpn"}, .protocols = std::vector{Protocol::ssh}},
                          EditServer{.name = ServerName{"desktop-vpn"}, .log_off = "false"},
                          EditServer{.name = ServerName{"desktop-vpn"}, .legacy = true}})
    EXPECT_EQ(thrown_by([&] { perform(own); }).code(), ErrorCode::invalid);
}

TEST_F(Machine, HasOldAlgorithmsUnderAllOfItsNames) {
  perform(second_name("kantor-vpn", "kantor-123"));
  perform(EditServer{.name = ServerName{"kantor-123"}, .legacy = true});
  EXPECT_EQ(log().back().facts.changes, "legacy=true");
  EXPECT_TRUE(show("kantor-123").legacy);
  EXPECT_TRUE(show("kantor-vpn").legacy);
}

TEST_F(Machine, WhereSessionsEndIsKnownOfTheMachine) {
  perform(second_name("kantor-vpn", "kantor-123"));
  check("kantor-vpn", "admin");
  ASSERT_EQ(show("kantor-123").checks.size(), 1U);
  EXPECT_EQ(show("kantor-vpn").checks.size(), 1U);
  // Another place under either name is another machine until somebody has looked.
  perform(EditServer{.name = ServerName{"kantor-vpn"}, .host = "10.99.0.9"});
  EXPECT_TRUE(show("kantor-123").checks.empty());
}

TEST_F(Machine, WhereSessionsEndIsForgottenWhenANameStandsForAnotherMachine) {
  perform(server("kantor-b", "10.0.0.6"));
  check("kantor-b", "admin");
  perform(EditServer{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-123"}});
  check("kantor-b", "siti");
  perform(EditServer{.name = ServerName{"kantor-b"}, .different_from = {ServerName{"kantor-123"}}});
  EXPECT_TRUE(show("kantor-b").checks.empty());
  EXPECT_TRUE(show("kantor-123").checks.empty());
}

TEST_F(Machine, IsNoSecondNameOfItself) {
  perform(second_name("kantor-b", "kantor-123"));
  const auto refused = [&](const std::string& name, const std::string& of) {
    expect_error(ErrorCode::invalid,
                 [&] { perform(EditServer{.name = ServerName{name}, .alias_of = ServerName{of}}); });
  };
  refused("kantor-123", "kantor-123");
  refused("kantor-123", "kantor-b");
  // A second name of a second name is one of the machine.
  EXPECT_EQ(perform(second_name("kantor-c", "kantor-b")).alias_of, ServerName{"kantor-123"});
}

TEST_F(Machine, SecondNamesFollowTheirLockToAnother) {
  perform(server("kantor-b", "10.0.0.6"));
  perform(second_name("kantor-c", "kantor-b"));
  perform(EditServer{.name = ServerName{"kantor-b"}, .alias_of = ServerName{"kantor-123"}});
  EXPECT_EQ(show("kantor-c").alias_of, ServerName{"kantor-123"});
  EXPECT_EQ(show("kantor-123").aliases.size(), 2U);
}

TEST_F(Machine, TwinsThatAnOlderDeskHasKeepTheirLocksUntilTheyAreSettled) {
  // As two servers stood before anybody compared them.
  perform(server("kantor-b", "10.0.0.6"));
  acquire("kantor-b", "budi");
  store::Connection(store::ConnectionOptions{path() + "/desk.db"})
      .run("UPDATE server SET host = '10.0.0.5' WHERE name = 'kantor-b'");
  open();
  EXPECT_EQ(lock("kantor-b").holders.size(), 1U);
  perform(EditServer{.name = ServerName{"kantor-b"}, .seats = 2});
  perform(EditServer{.name = ServerName{"kantor-b"}, .different_from = {ServerName{"kantor-123"}}});
}

TEST_F(Machine, ADeskOfAnOlderProgramIsBroughtUpWithItsRunningLocks) {
  const auto old = directory_.file("old");
  std::filesystem::create_directory(old);
  std::filesystem::permissions(old, std::filesystem::perms::owner_all);
  {
    store::Connection connection({old + "/desk.db", true});
    connection.script("PRAGMA journal_mode=WAL");
    store::WriteGate gate(old + "/gate");
    constexpr std::size_t before_machines = 6;
    store::migrate(connection, gate, desk_migrations().first(before_machines));
    connection.script(
        "INSERT INTO desk VALUES (1, 'old', 0); INSERT INTO agent VALUES ('ani', 1, 'admin', 1, 0, 0);"
        "INSERT INTO server VALUES ('s', 'h', 22, '', 1, 1, 60000, 30000, 30000, 'cooperative', '', 0);"
        "INSERT INTO lease VALUES (1, 's', 'ani', 5, 0);"
        "INSERT INTO hold VALUES (1, 1, 's', 0, 'kept', NULL, '', '', 1, '', 0, 9000000000000, 60000);"
        "UPDATE lock_counter SET last_lease = 1, last_hold = 1");
  }
  desk_ = std::make_unique<LocalDesk>(LocalDeskOptions{old, nullptr}, clock_);
  EXPECT_EQ(lock("s").holders.size(), 1U);
  EXPECT_EQ(show("s").alias_of, std::nullopt);
}

}  // namespace
}  // namespace gilir
