#include "core/desk/migrations.h"
#include "core/operations/server/check.h"
#include "core/operations/server/edit.h"
#include "core/operations/server/remove.h"
#include "core/operations/server/show.h"
#include "core/operations/server/trust.h"
#include "core/operations/ticket/resolve.h"
#include "core/server/server_table.h"
#include "core/store/migration.h"
#include "core/store/write_gate.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

constexpr const char* ed25519_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjT4aIfW1o/J1vL8/g42kztLL05kwHK9p8iYhLZuRxc";
constexpr const char* ecdsa_key =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHlvNhlwdFerHdHcqN/"
    "0AdB1MDUpXGzqXgo1mAsGeJTIomTCHvwjzw4Mo12CyANIiAoQp8s1kRGOoOqj5IT1AQ4=";

class Servers : public DeskTest {
 protected:
  static AddServer server(const std::string& name) {
    AddServer operation;
    operation.name = ServerName{name};
    operation.host = name + ".example";
    return operation;
  }
  std::string problem(const auto& operation) {
    const auto error = thrown_by([&] { perform(operation); });
    EXPECT_EQ(error.code(), ErrorCode::invalid);
    return error.text("field");
  }
  ServerView show(const std::string& name) { return perform(ShowServer{ServerName{name}}); }
};

TEST_F(Servers, LockDelayAndOfferAreHalfTheTermUnlessGiven) {
  auto operation = server("kantor-123");
  operation.term_s = Seconds{20};
  const auto added = perform(operation);
  EXPECT_EQ(added.lock_delay_s, Seconds{10});
  EXPECT_EQ(added.offer_s, Seconds{10});
  operation = server("app-1");
  operation.lock_delay_s = Seconds{0};
  operation.offer_s = Seconds{7};
  EXPECT_EQ(perform(operation).lock_delay_s, Seconds{0});
  EXPECT_EQ(show("app-1").offer_s, Seconds{7});
}

TEST_F(Servers, ALoginNameIsWhateverADirectoryMakesOfIt) {
  add_server("kantor-123");
  for (const auto& user : {std::string("siti@corp.local"), std::string("CORP\\siti"), std::string("admin:web01"),
                           std::string("siti+ops"), std::string("HOST$"), std::string(255, 's')}) {
    perform(EditServer{.name = ServerName{"kantor-123"}, .user = user});
    EXPECT_EQ(show("kantor-123").user, user);
  }
}

TEST_F(Servers, EveryMemberHasItsBounds) {
  EXPECT_EQ(problem(server("-rf")), "name");
  auto operation = server("a");
  operation.host = "-oProxyCommand=sh";
  EXPECT_EQ(problem(operation), "host");
  operation = server("a");
  operation.port = 0;
  EXPECT_EQ(problem(operation), "port");
  operation = server("a");
  for (const auto* user : {"-l root", " siti", "siti\n", "si\x1bti", "\xff"}) {
    operation.user = user;
    EXPECT_EQ(problem(operation), "user");
  }
  operation = server("a");
  operation.seats = 0;
  EXPECT_EQ(problem(operation), "seats");
  operation.seats = 65;
  EXPECT_EQ(problem(operation), "seats");
  operation = server("a");
  operation.term_s = Seconds{1};
  EXPECT_EQ(problem(operation), "term_s");
  operation.term_s = Seconds{3601};
  EXPECT_EQ(problem(operation), "term_s");
  operation = server("a");
  operation.lock_delay_s = Seconds{3601};
  EXPECT_EQ(problem(operation), "lock_delay_s");
}

TEST_F(Servers, SayHowAgentsLogIn) {
  auto operation = server("a");
  auto added = perform(operation);
  EXPECT_EQ(added.protocols, std::vector{Protocol::ssh});
  EXPECT_EQ(added.rdp_port, 0);
  // RDP's usual port tells; without SSH the server's port is RDP's.
  operation = server("b");
  operation.port = usual_rdp_port;
  EXPECT_EQ(perform(operation).protocols, std::vector{Protocol::rdp});
  operation = server("c");
  operation.protocols = {Protocol::rdp};
  added = perform(operation);
  EXPECT_EQ(added.port, usual_rdp_port);
  EXPECT_EQ(added.rdp_port, usual_rdp_port);
  operation = server("d");
  operation.protocols = {Protocol::ssh, Protocol::rdp};
  operation.rdp_port = 3390;
  added = perform(operation);
  EXPECT_EQ(added.port, 22);
  EXPECT_EQ(added.rdp_port, 3390);
}

TEST_F(Servers, ADesktopMovesWithItsAddress) {
  auto operation = server("a");
  operation.protocols = {Protocol::rdp};
  perform(operation);
  auto edited = perform(EditServer{.name = operation.name, .port = 3391});
  EXPECT_EQ(edited.rdp_port, 3391);
  edited =
      perform(EditServer{.name = operation.name, .port = 22, .protocols = std::vector{Protocol::ssh, Protocol::rdp}});
  EXPECT_EQ(edited.port, 22);
  EXPECT_EQ(edited.rdp_port, usual_rdp_port);
  edited = perform(EditServer{.name = operation.name, .protocols = std::vector{Protocol::ssh}});
  EXPECT_EQ(edited.rdp_port, 0);
  expect_error(ErrorCode::invalid,
               [&] { perform(EditServer{.name = operation.name, .protocols = std::vector<Protocol>{}}); });
}

TEST_F(Servers, HaveTheDesktopPortThatIsNamedAlone) {
  auto operation = server("a");
  operation.protocols = {Protocol::ssh, Protocol::rdp};
  perform(operation);
  const auto at_port = [&](std::int64_t port) { return EditServer{.name = operation.name, .rdp_port = port}; };
  EXPECT_EQ(perform(at_port(3390)).rdp_port, 3390);
  EXPECT_EQ(perform(at_port(3390)).port, 22);
  EXPECT_EQ(perform(at_port(0)).rdp_port, usual_rdp_port);
  perform(EditServer{.name = operation.name, .protocols = std::vector{Protocol::rdp}});
  EXPECT_EQ(perform(at_port(3391)).port, 3391);
  // Nobody asks for a port that is not used.
  perform(EditServer{.name = operation.name, .port = 22, .protocols = std::vector{Protocol::ssh}});
  EXPECT_EQ(problem(at_port(3390)), "rdp_port");
  operation = server("b");
  operation.rdp_port = 3390;
  EXPECT_EQ(problem(operation), "rdp_port");
  operation = server("c");
  operation.alias_of = ServerName{"a"};
  perform(operation);
  EXPECT_EQ(problem(EditServer{.name = ServerName{"c"}, .rdp_port = 3390}), "rdp_port");
}

TEST_F(Servers, AreCheckedForEveryLoginThatAServerMayHave) {
  auto operation = server("a");
  operation.user = std::string(max_user_bytes, 'u');
  perform(operation);
  const auto checked =
      perform(CheckServer{operation.name, operation.user, SessionEnd::confirmed, operation.host, operation.port});
  ASSERT_EQ(checked.checks.size(), 1U);
  EXPECT_EQ(checked.checks.front().login, operation.user);
}

TEST_F(Servers, PinACertificateBesideTheKey) {
  add_server("kantor-123");
  const ServerName name{"kantor-123"};
  const std::string first(64, 'a');
  const std::string second(64, 'b');
  perform(TrustServer{name, ed25519_key, false});
  const auto trusted = perform(TrustServer{name, {}, false, first});
  EXPECT_EQ(trusted.certificate, first);
  EXPECT_EQ(trusted.host_key, ed25519_key);
  EXPECT_EQ(trusted.protocols, (std::vector{Protocol::ssh, Protocol::rdp}));
  const auto error = thrown_by([&] { perform(TrustServer{name, {}, false, second}); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
  EXPECT_EQ(error.text("expected"), first);
  EXPECT_EQ(perform(TrustServer{name, {}, true, second}).certificate, second);
}

TEST_F(Servers, OfAnOlderDeskKeepTheirKeysAndAreDesktopsByTheirPort) {
  store::Connection connection({directory_.file("old.db"), true});
  store::WriteGate gate(directory_.file("gate"));
  store::migrate(connection, gate, desk_migrations().first(6));
  for (const auto& [name, port] : {std::pair{"desktop", 3389}, std::pair{"kantor", 22}}) {
    connection.run("INSERT INTO server VALUES ($1, 'h', $2, '', 1, 1, 60000, 30000, 30000, 'cooperative', '', 0)",
                   std::string(name), port);
  }
  store::migrate(connection, gate, desk_migrations());
  const auto protocols = [&](const char* name) {
    const auto row = find_server(connection, ServerName{name});
    return std::pair(row->ssh, row->rdp_port);
  };
  EXPECT_EQ(protocols("desktop"), std::pair(false, 3389));
  EXPECT_EQ(protocols("kantor"), std::pair(true, 0));
  EXPECT_EQ(find_server(connection, ServerName{"kantor"})->certificate, "");
}

TEST_F(Servers, AreNotRemovedWhileOpenTicketsNameThem) {
  add_server("kantor-123");
  NewTicket ticket;
  ticket.title = "Printer smokes";
  ticket.server = ServerName{"kantor-123"};
  perform(ticket);
  const auto error = thrown_by([&] { perform(ForgetServer{ServerName{"kantor-123"}}); });
  EXPECT_EQ(error.code(), ErrorCode::in_use);
  EXPECT_EQ(error.text("tickets"), "#1");
  perform(ForgetServer{ServerName{"kantor-123"}, true});
  expect_error(ErrorCode::not_found, [&] { show("kantor-123"); });
  add_server("kantor-123");
  perform(ResolveTicket{TicketNumber{1}, "It was the paper."});
  perform(ForgetServer{ServerName{"kantor-123"}});
}

TEST_F(Servers, AreForAdmins) {
  add_agent("budi", 1, Role::supervisor);
  expect_error(ErrorCode::not_allowed, [&] { perform(server("kantor-123"), "budi"); });
  add_server("kantor-123");
  expect_error(ErrorCode::not_allowed, [&] { perform(ForgetServer{ServerName{"kantor-123"}}, "budi"); });
  expect_error(ErrorCode::not_allowed, [&] { perform(EditServer{.name = ServerName{"kantor-123"}}, "budi"); });
  expect_error(ErrorCode::not_allowed, [&] {
    perform(TrustServer{ServerName{"kantor-123"}, ed25519_key, false}, "budi");
  });
}

TEST_F(Servers, AnEditChangesWhatItNames) {
  add_server("kantor-123");
  perform(EditServer{.name = ServerName{"kantor-123"}, .user = "admin", .term_s = Seconds{30}});
  const auto server = show("kantor-123");
  EXPECT_EQ(server.user, "admin");
  EXPECT_EQ(server.term_s, Seconds{30});
  EXPECT_EQ(server.host, "kantor-123.example");
  EXPECT_EQ(log().back().facts.changes, "user=admin term_s=30");
}

TEST_F(Servers, AnEditThatChangesNothingLeavesNoTrace) {
  add_server("kantor-123");
  const auto events = log().size();
  perform(EditServer{.name = ServerName{"kantor-123"}, .seats = 1});
  EXPECT_EQ(log().size(), events);
}

TEST_F(Servers, ANewSeatIsOfferedToTheLineAtOnce) {
  add_agent("budi");
  add_server("kantor-123");
  acquire("kantor-123");
  auto wait = timed_hold("kantor-123");
  wait.wait = true;
  perform(wait, "budi");
  EXPECT_TRUE(lock("kantor-123").offers.empty());
  perform(EditServer{.name = ServerName{"kantor-123"}, .seats = 2});
  ASSERT_EQ(lock("kantor-123").offers.size(), 1U);
  EXPECT_EQ(lock("kantor-123").offers.front().agent, AgentName{"budi"});
}

TEST_F(Servers, FewerSeatsEndNoHold) {
  add_agent("budi");
  add_server("kantor-123", 2);
  acquire("kantor-123", "ani");
  acquire("kantor-123", "budi");
  perform(EditServer{.name = ServerName{"kantor-123"}, .seats = 1});
  EXPECT_EQ(lock("kantor-123").holders.size(), 2U);
}

TEST_F(Servers, OneInUseIsNotRemoved) {
  add_server("kantor-123");
  acquire("kantor-123");
  const auto error = thrown_by([&] { perform(ForgetServer{ServerName{"kantor-123"}}); });
  EXPECT_EQ(error.code(), ErrorCode::in_use);
  EXPECT_EQ(error.text("by"), "ani");
  EXPECT_EQ(show("kantor-123").name, ServerName{"kantor-123"});
}

TEST_F(Servers, ARemovedOneKeepsItsHistoryAndNeverRepeatsAToken) {
  add_server("kantor-123");
  const auto token = acquire("kantor-123").token;
  perform(ReleaseLock{ServerName{"kantor-123"}, std::nullopt});
  perform(ForgetServer{ServerName{"kantor-123"}});
  expect_error(ErrorCode::not_found, [&] { show("kantor-123"); });
  add_server("kantor-123");
  EXPECT_GT(acquire("kantor-123").token.value, token.value);
  EXPECT_GE(perform(ReadLog{.server = ServerName{"kantor-123"}}).events.size(), 5U);
}

TEST_F(Servers, AHostKeyIsPinnedOnce) {
  add_server("kantor-123");
  const auto trusted = perform(TrustServer{ServerName{"kantor-123"}, std::string(ed25519_key) + " root@kantor", false});
  EXPECT_EQ(trusted.host_key, ed25519_key);
  EXPECT_EQ(trusted.fingerprint, "SHA256:Akw5vDzlpgkoe88XNYlsJ5qzF8Y7Sv0vbbpWN0+Tij4");
  const auto events = log().size();
  perform(TrustServer{ServerName{"kantor-123"}, ed25519_key, false});
  EXPECT_EQ(log().size(), events);
}

TEST_F(Servers, AnotherHostKeyMustBeMeant) {
  add_server("kantor-123");
  perform(TrustServer{ServerName{"kantor-123"}, ed25519_key, false});
  const auto error = thrown_by([&] { perform(TrustServer{ServerName{"kantor-123"}, ecdsa_key, false}); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
  EXPECT_EQ(error.text("expected"), "SHA256:Akw5vDzlpgkoe88XNYlsJ5qzF8Y7Sv0vbbpWN0+Tij4");
  EXPECT_EQ(perform(TrustServer{ServerName{"kantor-123"}, ecdsa_key, true}).host_key, ecdsa_key);
}

TEST_F(Servers, APinnedKeyThatCannotBeReadIsDamageOfTheDeskUntilAnotherIsPinned) {
  const ServerName name{"kantor-123"};
  add_server(name.value);
  for (const std::string broken : {"ssh-ed25519 AAAA", "nonsense", "ssh-ed25519", "ssh-rsa !!!!"}) {
    perform(TrustServer{name, ed25519_key, true});
    store::Connection({path() + "/desk.db", false, nullptr}).run("UPDATE server SET host_key = $1", broken);
    const auto error = thrown_by([&] { perform(ShowServer{name}); });
    EXPECT_EQ(error.code(), ErrorCode::damaged) << broken;
    EXPECT_EQ(exit_code(error.code()), 69);
    EXPECT_EQ(error.text("server"), name.value);
    EXPECT_EQ(error.text("path"), path() + "/desk.db");
    expect_error(ErrorCode::damaged, [&] { perform(ListServers{}); });
    expect_error(ErrorCode::damaged, [&] { perform(TrustServer{name, ecdsa_key, false}); });
    EXPECT_EQ(perform(TrustServer{name, ecdsa_key, true}).host_key, ecdsa_key);
  }
}

TEST_F(Servers, AnUnknownWordInItsRowIsDamageOfTheDesk) {
  add_server("kantor-123");
  store::Connection({path() + "/desk.db", false, nullptr}).run("UPDATE server SET level = 'wall'");
  const auto error = thrown_by([&] { perform(ListServers{}); });
  EXPECT_EQ(error.code(), ErrorCode::damaged);
  EXPECT_EQ(error.text("path"), path() + "/desk.db");
}

}  // namespace
}  // namespace gilir
