#include "tests/cli/command_fixture.h"

namespace gilir::cli {
namespace {

constexpr PositionalSpec one_server[] = {{.name = "SERVER"}};
constexpr PositionalSpec many_servers[] = {{.name = "SERVER", .count = Count::many}};
constexpr PositionalSpec source_and_target[] = {{.name = "SRC"}, {.name = "DST", .count = Count::optional}};
constexpr CommandSpec ssh{
    .path = "ssh", .positionals = one_server, .options = sample_options, .tail = Tail::after_positionals};
constexpr CommandSpec with{
    .path = "with", .positionals = many_servers, .options = sample_options, .tail = Tail::after_dashes};
constexpr CommandSpec copy{.path = "cp", .positionals = source_and_target};

TEST(Arguments, TakeAValueAfterABlankOrAnEqualsSign) {
  EXPECT_EQ(parse({"--into", "41"}).text("into"), "41");
  EXPECT_EQ(parse({"--into=41"}).text("into"), "41");
  EXPECT_EQ(parse({"--into=a=b"}).text("into"), "a=b");
  EXPECT_EQ(parse({}).text("into"), std::nullopt);
}

TEST(Arguments, TakeALettersValueInTheSameWordOrTheNext) {
  EXPECT_EQ(parse({"-m", "hello there"}).text("message"), "hello there");
  EXPECT_EQ(parse({"-mhello"}).text("message"), "hello");
  EXPECT_EQ(parse({"-m=x"}).text("message"), "=x");
  EXPECT_EQ(parse({"--message=hello"}).text("message"), "hello");
}

TEST(Arguments, TakeFlagsInOneWord) {
  const auto arguments = parse({"-uvm", "text"});
  EXPECT_TRUE(arguments.flag("urgent"));
  EXPECT_TRUE(arguments.flag("verbose"));
  EXPECT_EQ(arguments.text("message"), "text");
}

TEST(Arguments, TakeAnEmptyValueForAValue) {
  EXPECT_EQ(parse({"-m", ""}).text("message"), "");
  EXPECT_EQ(parse({"--message="}).text("message"), "");
  EXPECT_EQ(parse({"--message", ""}).text("message"), "");
  EXPECT_EQ(parse({""}).words("TICKET"), Words{""});
}

TEST(Arguments, TakeAValueThatLooksLikeAnOption) {
  EXPECT_EQ(parse({"-m", "--urgent"}).text("message"), "--urgent");
  EXPECT_EQ(parse({"-m", "-u is broken"}).text("message"), "-u is broken");
  EXPECT_EQ(parse({"--message", "--"}).text("message"), "--");
  EXPECT_EQ(parse({"-F", "-"}).text("file"), "-");
}

TEST(Arguments, TakeAnOptionalValueOnlyAfterAnEqualsSign) {
  const auto bare = parse({"--wait", "41"});
  EXPECT_TRUE(bare.given("wait"));
  EXPECT_EQ(bare.text("wait"), std::nullopt);
  EXPECT_EQ(bare.duration("wait"), std::nullopt);
  EXPECT_EQ(bare.words("TICKET"), Words{"41"});
  EXPECT_EQ(parse({"--wait=5m"}).duration("wait"), std::chrono::minutes{5});
  EXPECT_FALSE(parse({}).given("wait"));
  EXPECT_THROW(parse({"--wait="}).duration("wait"), Error);
  EXPECT_EQ(parse({"--json", "41"}).words("TICKET"), Words{"41"});
  EXPECT_EQ(parse({"--json=number,title"}).json_fields(), (Words{"number", "title"}));
  EXPECT_TRUE(parse({"--json="}).json_fields().empty());
}

TEST(Arguments, RefuseADurationBehindABareOptionUnlessDashesSayThatItIsACommand) {
  for (const std::string word : {"5m", "5mn", "1h30m", "10MIN", "7zz"}) {
    EXPECT_THROW(parse({"kantor-123", "--wait", word, "uptime"}, ssh), Error) << word;
    EXPECT_THROW(parse({"--wait", word, "kantor-123"}, ssh), Error) << word;
  }
  EXPECT_EQ(parse({"kantor-123", "--wait", "--", "5mn", "x"}, ssh).tail(), (Words{"5mn", "x"}));
  EXPECT_EQ(parse({"kantor-123", "--wait", "sleep", "5m"}, ssh).tail(), (Words{"sleep", "5m"}));
  EXPECT_EQ(parse({"kantor-123", "sleep", "--wait", "5m"}, ssh).tail(), (Words{"sleep", "--wait", "5m"}));
  EXPECT_EQ(parse({"--into", "--wait", "kantor-123"}, ssh).text("into"), "--wait");
}

TEST(Arguments, TakeOptionsBeforeAndAfterPositionals) {
  const auto arguments = parse({"41", "--into", "40", "42", "-u", "43"});
  EXPECT_EQ(arguments.words("TICKET"), (Words{"41", "42", "43"}));
  EXPECT_EQ(arguments.text("into"), "40");
  EXPECT_TRUE(arguments.flag("urgent"));
}

TEST(Arguments, EndOptionsAtTwoDashes) {
  EXPECT_EQ(parse({"-u", "--", "--into", "-x", "--"}).words("TICKET"), (Words{"--into", "-x", "--"}));
}

TEST(Arguments, TakeADashForAWord) {
  EXPECT_EQ(parse({"-"}).words("TICKET"), Words{"-"});
}

TEST(Arguments, CollectARepeatableOption) {
  EXPECT_EQ(parse({"-L1", "--local=2", "-L", "3"}).texts("local"), (Words{"1", "2", "3"}));
}

TEST(Arguments, KnowGlobalOptionsOnEveryCommand) {
  const auto arguments = parse({"--desk", "/srv/desk", "--as=sari", "--color", "never", "--no-input", "a"}, copy);
  EXPECT_EQ(arguments.text("desk"), "/srv/desk");
  EXPECT_EQ(arguments.text("as"), "sari");
  EXPECT_TRUE(arguments.flag("no-input"));
}

TEST(Arguments, RefuseWhatTheyDoNotKnowAndNameWhatIsNear) {
  EXPECT_EQ(refusal({"--urgnt"}), "there is no option --urgnt here. Did you mean --urgent?");
  EXPECT_EQ(refusal({"--int", "4"}), "there is no option --int here. Did you mean --into?");
  EXPECT_EQ(refusal({"-x"}), "there is no option -x here");
  EXPECT_EQ(refusal({"-ux"}), "there is no option -x here");
  EXPECT_EQ(refusal({"--dry-run"}), "there is no option --dry-run here");
}

TEST(Arguments, RefuseMissingSuperfluousAndRepeatedValues) {
  EXPECT_EQ(refusal({"--into"}), "--into wants a value: --into N");
  EXPECT_EQ(refusal({"-m"}), "-m wants a value: -m TEXT");
  EXPECT_EQ(refusal({"--urgent=yes"}), "--urgent takes no value");
  EXPECT_EQ(refusal({"--into=1", "--into=2"}), "--into is given twice");
  EXPECT_EQ(refusal({"-u", "--urgent"}), "no error");
}

TEST(Arguments, CountPositionals) {
  EXPECT_EQ(refusal({}, copy), "SRC is missing. See gilir cp --help");
  EXPECT_EQ(refusal({"a", "b", "c"}, copy), "there is one word too many: c");
  EXPECT_EQ(parse({"a"}, copy).word("DST"), std::nullopt);
  EXPECT_EQ(parse({"a", "b"}, copy).word("DST"), "b");
  EXPECT_EQ(refusal({}, with), "SERVER is missing. See gilir with --help");
}

TEST(Arguments, MayHoldAnyBytesAsPathsDo) {
  EXPECT_EQ(parse({"caf\xe9", "b"}, copy).word("SRC"), "caf\xe9");
  EXPECT_EQ(parse({"-m\xff"}).text("message"), "\xff");
  EXPECT_EQ(refusal({"--caf\xe9"}), "there is no option --caf\xef\xbf\xbd here");
}

TEST(Arguments, HaveABound) {
  EXPECT_EQ(refusal(Words(max_arguments + 1, "1")), "there is one word too many: 1");
}

TEST(Arguments, AskForHelpWhateverElseIsMissing) {
  EXPECT_TRUE(parse({"--help"}, copy).flag("help"));
  EXPECT_TRUE(parse({"-h", "a", "b", "c"}, copy).flag("help"));
}

TEST(Arguments, StopAtTheRemoteCommand) {
  const auto plain = parse({"--wait", "kantor-123", "--into", "4", "ls", "-l", "--wait=5m", "--json"}, ssh);
  EXPECT_EQ(plain.word("SERVER"), "kantor-123");
  EXPECT_EQ(plain.text("into"), "4");
  EXPECT_EQ(plain.tail(), (Words{"ls", "-l", "--wait=5m", "--json"}));
  EXPECT_FALSE(plain.given("json"));
  EXPECT_EQ(parse({"kantor-123", "--", "-u", "--"}, ssh).tail(), (Words{"-u", "--"}));
  EXPECT_TRUE(parse({"kantor-123"}, ssh).tail().empty());
}

TEST(Arguments, LeaveTheTailsBytesAlone) {
  EXPECT_EQ(parse({"kantor-123", "cat", "caf\xe9"}, ssh).tail(), (Words{"cat", "caf\xe9"}));
}

TEST(Arguments, TakeServersUpToTwoDashes) {
  const auto arguments = parse({"a", "b", "--into=4", "--", "make", "-j2"}, with);
  EXPECT_EQ(arguments.words("SERVER"), (Words{"a", "b"}));
  EXPECT_EQ(arguments.tail(), (Words{"make", "-j2"}));
}

TEST(Arguments, ExplainValuesOfTheWrongKind) {
  EXPECT_EQ(words_when([] {
              parse({"--for", "abc"}).duration("for");
            }),
            "--for wants a duration such as 30m or 2h, not \"abc\"");
  EXPECT_EQ(words_when([] { parse({"--due=soon"}).time("due", {}); }),
            "--due wants a time such as 17:00, \"tomorrow 09:00\", \"2026-11-23 09:00\" or 2h, not \"soon\"");
  EXPECT_EQ(words_when([] {
              parse({"--tier", "12"}).number("tier", 1, 9);
            }),
            "--tier wants a number from 1 to 9, not \"12\"");
  EXPECT_EQ(words_when([] {
              parse({"--into", "x"}).ticket("into");
            }),
            "--into wants a ticket's number such as 41, not \"x\"");
  EXPECT_EQ(words_when([] {
              parse({"--tier", "x"}).choice("tier", {"a", "b"});
            }),
            "--tier wants one of a, b, not \"x\"");
  EXPECT_EQ(words_when([] { parse({}).required_text("into"); }), "--into is missing. See gilir ticket sample --help");
}

TEST(Arguments, ReadNumbersWhole) {
  EXPECT_EQ(parse({"--tier=9"}).number("tier", 1, 9), 9);
  for (const char* text : {"", "9x", "x9", " 9", "9 ", "+9", "99999999999999999999", "0x9"}) {
    EXPECT_NE(words_when([&] { parse({"--tier", text}).number("tier", 1, 9); }), "no error") << text;
  }
}

TEST(Arguments, RefuseUnknownFields) {
  EXPECT_EQ(refusal({"--json=numbr"}), "there is no field numbr. Did you mean number?");
  EXPECT_EQ(refusal({"--json=number,,"}), "there is no field . --json=help lists them");
  EXPECT_EQ(refusal({"--json=a", "x"}, copy), "this command has no fields to pick, such as a");
}

TEST(Arguments, ReadTicketsFromWordsAndStandardInput) {
  FakeInput input("44\n\n #41 \n45-46\n");
  const auto numbers = parse({"41", "#42,43", "-"}).tickets("TICKET", input);
  std::vector<std::int64_t> values;
  for (const auto number : numbers) values.push_back(number.value);
  EXPECT_EQ(values, (std::vector<std::int64_t>{41, 42, 43, 44, 45, 46}));
}

TEST(Arguments, ReadNoEndlessListOfTheSameTicket) {
  std::string list;
  while (list.size() <= 256 * 1024) list += std::string(1000, ' ') + "1\n";
  FakeInput input(list);
  EXPECT_EQ(words_when([&] { parse({"-"}).tickets("TICKET", input); }), "standard input is longer than 262144 bytes");
  FakeInput blank(std::string(300, '\n') + "7\n");
  EXPECT_EQ(parse({"-"}).tickets("TICKET", blank).size(), 1U);
}

TEST(Arguments, WantOneTicketWhereOneIsMeant) {
  EXPECT_EQ(parse({"#41"}).one_ticket("TICKET").value, 41);
  EXPECT_EQ(words_when([] { parse({"41-43"}).one_ticket("TICKET"); }), "TICKET wants one ticket, not \"41-43\"");
  EXPECT_EQ(words_when([] { parse({"x"}).one_ticket("TICKET"); }),
            "TICKET wants a ticket's number such as 41, not \"x\"");
}

TEST(Arguments, BoundTheNumberOfTickets) {
  FakeInput input;
  EXPECT_EQ(parse({"1-10000"}).tickets("TICKET", input).size(), 10'000u);
  EXPECT_EQ(words_when([&] {
              parse({"1-10000", "20000"}).tickets("TICKET", input);
            }),
            "TICKET names more than 10000 tickets");
  EXPECT_EQ(words_when([&] { parse({"1-9007199254740992"}).tickets("TICKET", input); }),
            "TICKET names more than 10000 tickets");
}

}  // namespace
}  // namespace gilir::cli
