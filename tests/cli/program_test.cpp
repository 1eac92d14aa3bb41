// From words to exit code, over made-up commands.
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "tests/cli/command_fixture.h"

namespace gilir::cli {
namespace {

struct Row {
  std::int64_t number = 0;
  std::string title;
  std::optional<std::string> owner;
};
BOOST_DESCRIBE_STRUCT(Row, (), (number, title, owner))

constexpr auto row_fields = field_names<Row>;

int list_rows(CommandContext& context) {
  const Table<Row> table{
      {{.field = "number", .title = "NUMBER", .right = true},
       [](const Row& row) { return Cell(TicketNumber{row.number}); }},
      {{.field = "title", .title = "TITLE", .flexible = true}, [](const Row& row) { return Cell(row.title); }}};
  std::vector<Row> rows{{7, "Printer", "sari"}, {41, "=cmd", std::nullopt}};
  context.output.list(table, rows, {.truncated = true, .next = "41", .total = 12}, "No tickets.");
  return 0;
}

int fail(CommandContext&) {
  throw Error(ErrorCode::wrong_state).with("number", 41).with("status", "closed").with("verb", "merge");
}
int break_down(CommandContext&) {
  throw std::logic_error("a bug of ours");
}
int ask(CommandContext& context) {
  return context.prompt.yes("Merge?", "--yes") ? 0 : 1;
}
int interrupted(CommandContext&) {
  throw Error(ErrorCode::interrupted).with("signal", 2);
}

constexpr CommandSpec bug{.path = "bug", .run = break_down};
constexpr CommandSpec interrupt{.path = "interrupt", .run = interrupted};
constexpr CommandSpec needs_ssh{.path = "ssh", .needs = Needs::ssh};
constexpr CommandSpec ticket_ask{.path = "ticket ask", .purpose = "Ask.", .run = ask};
constexpr CommandSpec ticket_fail{.path = "ticket fail", .purpose = "Fail.", .run = fail};
constexpr CommandSpec ticket_list{
    .path = "ticket list", .purpose = "List.", .takes = {.list = true}, .fields = row_fields, .run = list_rows};
constexpr const CommandSpec* table[] = {&bug, &interrupt, &needs_ssh, &ticket_ask, &ticket_fail, &ticket_list};

Ran gilir(const Words& words, const Setting& setting = {}) {
  return run(table, words, setting);
}

TEST(Program, ShowsAListToPeople) {
  const auto ran = gilir({"ticket", "list"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "NUMBER  TITLE\n    #7  Printer\n   #41  =cmd\n");
  EXPECT_EQ(ran.errors, "12 in all.\nThere are more: --after 41\n");
}

TEST(Program, ShowsAListToScripts) {
  EXPECT_EQ(gilir({"ticket", "list", "--format=plain"}).out, "7\tPrinter\n41\t=cmd\n");
  EXPECT_EQ(gilir({"ticket", "list", "--format=ids"}).out, "7\n41\n");
  EXPECT_EQ(gilir({"ticket", "list", "--format=csv"}).out, "number,title\r\n7,Printer\r\n41,'=cmd\r\n");
  EXPECT_EQ(gilir({"ticket", "list", "--format=csv"}).errors, "12 in all.\nThere are more: --after 41\n");
}

TEST(Program, PrintsOneEnvelopeAndNothingElseAsJson) {
  const auto ran = gilir({"ticket", "list", "--json"});
  EXPECT_EQ(ran.out,
            "{\"schema\":1,\"data\":[{\"number\":7,\"title\":\"Printer\",\"owner\":\"sari\"},"
            "{\"number\":41,\"title\":\"=cmd\",\"owner\":null}],\"truncated\":true,\"next\":\"41\",\"total\":"
            "12}\n");
  EXPECT_EQ(ran.errors, "");
}

TEST(Program, PicksFieldsInTheOrderAskedFor) {
  EXPECT_EQ(gilir({"ticket", "list", "--json=owner,number"}).out,
            "{\"schema\":1,\"data\":[{\"owner\":\"sari\",\"number\":7},{\"owner\":null,\"number\":41}],"
            "\"truncated\":true,\"next\":\"41\",\"total\":12}\n");
  EXPECT_EQ(gilir({"ticket", "list", "--json=help"}).out, "number\ntitle\nowner\n");
}

TEST(Program, RefusesFormatsThatDoNotExistOrGoTogether) {
  EXPECT_EQ(gilir({"ticket", "list", "--format=xml"}).errors,
            "gilir: --format wants one of plain, ids, csv, csv-excel, not \"xml\".\n");
  EXPECT_EQ(gilir({"ticket", "list", "--format=csv", "--json"}).errors,
            "{\"schema\":1,\"error\":{\"code\":\"usage\",\"message\":\"--json and --format do not go together\","
            "\"hint\":null,\"details\":{\"problem\":\"conflicting_options\",\"option\":\"--json\","
            "\"other\":\"--format\"}}}\n");
  EXPECT_EQ(gilir({"ticket", "fail", "--color=pink"}).code, 2);
}

TEST(Program, TellsErrorsOnStderrWithTheirExitCode) {
  const auto ran = gilir({"ticket", "fail"});
  EXPECT_EQ(ran.code, 5);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.errors,
            "gilir: #41 is closed, so merge is not possible. Open it again with gilir ticket reopen 41 -m WHY.\n");
}

TEST(Program, TellsErrorsAsJsonWhenAskedTo) {
  const auto ran = gilir({"ticket", "fail", "--json"});
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.errors,
            "{\"schema\":1,\"error\":{\"code\":\"wrong_state\",\"message\":\"#41 is closed, so merge is not "
            "possible\","
            "\"hint\":\"Open it again with gilir ticket reopen 41 -m "
            "WHY\",\"details\":{\"number\":41,\"status\":\"closed\",\"verb\":\"merge\"}}}\n");
}

TEST(Program, SuggestsNearNounsAndVerbs) {
  EXPECT_EQ(gilir({"tickt"}).errors, "gilir: there is no command tickt. Did you mean ticket?\n");
  EXPECT_EQ(gilir({"ticket", "lst"}).errors, "gilir: there is no command ticket lst. Did you mean list?\n");
  EXPECT_EQ(gilir({"ticket", "zzz"}).errors,
            "gilir: there is no command ticket zzz. gilir help ticket lists what there is.\n");
  EXPECT_EQ(gilir({"qqqqq"}).errors, "gilir: there is no command qqqqq. gilir help lists them.\n");
  EXPECT_EQ(gilir({"ticket", "lst"}).code, 2);
}

TEST(Program, ListsTheVerbsOfANoun) {
  const auto ran = gilir({"ticket"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "One complaint. Its number never changes and never disappears, whatever it is\nmerged into.\n\n"
            "usage: gilir ticket VERB [ARGUMENTS] [OPTIONS]\n\n"
            "  ticket ask   Ask.\n"
            "  ticket fail  Fail.\n"
            "  ticket list  List.\n\n"
            "gilir ticket VERB --help: more about each\n");
  EXPECT_EQ(gilir({"ticket", "--help"}).out, ran.out);
}

TEST(Program, TakesGlobalOptionsBeforeTheNoun) {
  EXPECT_EQ(gilir({"--desk", "/srv/desk", "--json=number", "ticket", "list"}).code, 0);
  EXPECT_EQ(gilir({"--desk=/srv/desk", "--no-input", "ticket", "list", "--format=ids"}).out, "7\n41\n");
  EXPECT_EQ(gilir({"--dsk", "x", "ticket", "list"}).errors, "gilir: there is no command x. gilir help lists them.\n");
}

TEST(Program, ShowsTheOverviewWithoutWords) {
  EXPECT_NE(gilir({}).out.find("ticket list"), std::string::npos);
  EXPECT_EQ(gilir({"--help"}).out, gilir({}).out);
  EXPECT_EQ(gilir({"--bogus"}).code, 2);
}

TEST(Program, AsksOnlyOnATerminal) {
  EXPECT_EQ(gilir({"ticket", "ask"}).errors, "gilir: Merge? cannot be asked here. Answer with --yes.\n");
  Setting terminal{.terminal = {.input = true, .output = true, .errors = true, .width = 80}, .input = "y"};
  EXPECT_EQ(gilir({"ticket", "ask"}, terminal).code, 0);
  EXPECT_EQ(gilir({"ticket", "ask", "--no-input"}, terminal).code, 2);
  terminal.input = "\n";
  EXPECT_EQ(gilir({"ticket", "ask"}, terminal).code, 1);
  terminal.input = "";
  EXPECT_EQ(gilir({"ticket", "ask"}, terminal).code, 1);
}

TEST(Program, TellsABugWithoutCrashing) {
  const auto ran = gilir({"bug"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.errors, "gilir: a bug: a bug of ours\n");
}

TEST(Program, EndsAsAShellExpectsAfterASignal) {
  EXPECT_EQ(gilir({"interrupt"}).code, 130);
}

TEST(Program, SaysWhenTheProgramForSshIsMissing) {
  EXPECT_EQ(gilir({"ssh"}).errors, "gilir: cannot run ssh: gilir-full is not installed.\n");
}

TEST(Program, EndsQuietlyWhenTheReaderIsGone) {
  const SystemClock clock;
  const Environment environment;
  FakeInput input;
  StringSink out;
  StringSink errors;
  out.fail(StringSink::Fault::reader_gone);
  EXPECT_EQ(run_program({{"ticket", "list"}, table, environment, clock, {}, input, out, errors}), 141);
  EXPECT_EQ(errors.text(), "");
}

TEST(Program, FailsWhenItsOutputCannotBeWritten) {
  const SystemClock clock;
  const Environment environment;
  FakeInput input;
  StringSink out;
  StringSink errors;
  out.fail(StringSink::Fault::disk_full);
  EXPECT_EQ(run_program({{"ticket", "list", "--format=ids"}, table, environment, clock, {}, input, out, errors}), 1);
}

TEST(Program, ColoursOnTerminalsOnlyUnlessTold) {
  Setting terminal{.environment = variables({{"TERM", "xterm-256color"}}),
                   .terminal = {.output = true, .errors = true}};
  EXPECT_NE(gilir({"ticket", "list"}, terminal).out.find("\x1b[1m"), std::string::npos);
  EXPECT_EQ(gilir({"ticket", "list", "--color=never"}, terminal).out.find('\x1b'), std::string::npos);
  terminal.environment = variables({{"TERM", "xterm"}, {"NO_COLOR", "1"}});
  EXPECT_EQ(gilir({"ticket", "list"}, terminal).out.find('\x1b'), std::string::npos);
  EXPECT_NE(gilir({"ticket", "list", "--color=always"}, terminal).out.find('\x1b'), std::string::npos);
  terminal.environment = variables({{"TERM", "dumb"}});
  EXPECT_EQ(gilir({"ticket", "list"}, terminal).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(gilir({"ticket", "list"}).out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace gilir::cli
