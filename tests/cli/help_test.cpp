// Help of every command that gilir has.
#include <algorithm>
#include <set>

#include "cli/command_table.h"
#include "cli/exit_codes.h"
#include "cli/help_page.h"
#include "cli/help_topics.h"
#include "cli/output/wrap.h"
#include "cli/shared_options.h"
#include "core/base/text.h"
#include "tests/cli/command_fixture.h"

namespace gilir::cli {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

// Words of an example as a shell would cut them; quotes are all that examples use.
std::vector<std::string> shell_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool any = false;
  for (const char c : text) {
    if (c == '\'' || c == '"') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any) words.push_back(std::exchange(word, {}));
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) words.push_back(word);
  return words;
}

void expect_fits(const std::string& text, std::string_view where) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    EXPECT_LE(gilir::display_width(line), 80u) << where << ": " << line;
    EXPECT_FALSE(line.ends_with(' ')) << where << ": \"" << line << "\"";
    rest.remove_prefix(end + 1);
  }
}

TEST(HelpTopics, ExplainEachWordInThreeLinesAtMost) {
  for (const auto& topic : help_topics()) EXPECT_LE(wrapped(topic.about, 80).size(), 3u) << topic.word;
  for (std::size_t at = 1; at < help_topics().size(); ++at)
    EXPECT_LT(help_topics()[at - 1].word, help_topics()[at].word);
}

TEST(HelpTopics, HaveTheWordsOfADesk) {
  for (const char* word :
       {"desk",       "ticket", "reporter", "agent",     "turn",    "tier",      "owner",  "assignee",
        "server",     "lock",   "lease",    "hold",      "token",   "place",     "offer",  "session",
        "break",      "steal",  "knock",    "seat",      "merge",   "line",      "permit", "term",
        "lock-delay", "login",  "level",    "Hand-over", "tickets", "duplicates"}) {
    EXPECT_NE(find_topic({word}), nullptr) << word;
  }
  EXPECT_NE(find_topic({"next", "news"}), nullptr);
  EXPECT_NE(find_topic({"hand", "over"}), nullptr);
  EXPECT_EQ(find_topic({"nonsense"}), nullptr);
}

TEST(HelpTopics, NameEveryExitCodeThatAnErrorOrACommandHas) {
  std::set<std::string, std::less<>> named;
  for (const auto& [code, about] : exit_code_meanings()) named.emplace(code);
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorCode>>([&](auto enumerator) {
    EXPECT_TRUE(named.contains(std::to_string(exit_code(enumerator.value)))) << enumerator.name;
  });
  for (const auto* command : command_table()) {
    for (const auto& special : command->exit_codes) {
      // Those above 128 are of signals.
      const bool is_signal = special.code > 128 && special.code < 255;
      EXPECT_TRUE(is_signal || named.contains(std::to_string(special.code))) << command->path << " " << special.code;
    }
  }
  EXPECT_TRUE(asks_for_exit_codes({"exit", "status"}));
  EXPECT_TRUE(asks_for_exit_codes({"exit-codes"}));
  EXPECT_FALSE(asks_for_exit_codes({"exit"}));
}

TEST(HelpTopics, ExplainNothingThatIsNotThereYet) {
  for (const char* word : {"hub", "unit", "referral"}) EXPECT_EQ(find_topic({word}), nullptr) << word;
}

// For a script what people read on the page: its words and what it promises.
TEST(Help, OfLocksForAScriptHasThePagesWordsAndPromises) {
  const auto told = run(command_table(), {"help", "locks", "--json"});
  EXPECT_EQ(told.code, 0);
  for (const auto& topic : topics_of_locks()) {
    EXPECT_NE(told.out.find(R"("path":")" + std::string(topic.word) + "\""), std::string::npos) << topic.word;
  }
  ASSERT_FALSE(lock_promises().empty());
  for (const auto& promise : lock_promises())
    EXPECT_NE(told.out.find(promise.about), std::string::npos) << promise.target;
  EXPECT_EQ(told.out.find(R"("path":"lock")"), std::string::npos);
}

TEST(CommandTable, IsSortedAndWithoutDuplicates) {
  const auto table = command_table();
  for (std::size_t at = 1; at < table.size(); ++at) EXPECT_LT(table[at - 1]->path, table[at]->path);
}

TEST(CommandTable, HasCompleteAndConsistentSpecs) {
  for (const CommandSpec* command : command_table()) {
    EXPECT_FALSE(std::string_view(command->purpose).empty()) << command->path;
    EXPECT_TRUE(command->run != nullptr || command->needs == Needs::ssh) << command->path;
    EXPECT_EQ(command->examples.size(), 2u) << command->path;
    std::set<std::string_view> names;
    std::set<char> letters;
    for_each_option(*command, [&](const OptionSpec& option) {
      EXPECT_TRUE(names.insert(option.name).second) << command->path << " has two --" << option.name;
      const bool repeated = option.letter != 0 && !letters.insert(option.letter).second;
      EXPECT_FALSE(repeated) << command->path << " has two -" << option.letter;
      EXPECT_FALSE(std::string_view(option.about).empty()) << command->path << " --" << option.name;
      EXPECT_EQ(option.value == Value::none, option.value_name.empty()) << command->path << " --" << option.name;
    });
    bool last = false;
    for (const auto& positional : command->positionals) {
      EXPECT_FALSE(last) << command->path << ": " << positional.name << " comes after a positional that takes the rest";
      last = positional.count == Count::many || positional.count == Count::any_number;
    }
  }
}

TEST(Help, OfEveryCommandFitsEightyColumns) {
  for (const CommandSpec* command : command_table()) {
    auto words = words_of(command->path);
    words.insert(words.begin(), "help");
    const auto page = run(command_table(), words);
    words.erase(words.begin());
    words.push_back("--help");
    EXPECT_EQ(run(command_table(), words).out, page.out);
    EXPECT_EQ(page.code, 0) << command->path;
    EXPECT_NE(page.out.find("usage: gilir"), std::string::npos) << command->path;
    expect_fits(page.out, command->path);
  }
}

TEST(Help, UsageLinesNameTheOptionsWithoutWhichACommandDoesNotRun) {
  std::set<std::string> usages;
  for (const CommandSpec* command : command_table()) {
    auto words = words_of(command->path);
    for (const auto& positional : command->positionals) words.emplace_back(positional.name == "TICKET" ? "1" : "x");
    if (command->takes.message) words.insert(words.end(), {"-m", "x"});
    for (const auto& option : command->options) {
      if (!option.needed) continue;
      usages.insert(usage_line(*command));
      const auto refused = run(command_table(), words);
      EXPECT_EQ(refused.code, 2) << command->path;
      EXPECT_TRUE(refused.errors.starts_with("gilir: --" + std::string(option.name) + " is missing")) << refused.errors;
    }
  }
  EXPECT_EQ(usages, (std::set<std::string>{
                        "gilir agent add NAME --tier T [OPTIONS]",
                        "gilir category edit NAME --about TEXT [OPTIONS]",
                        "gilir lock break SERVER --lease L [OPTIONS]",
                        "gilir lock hand-over SERVER --to AGENT [OPTIONS]",
                        "gilir lock steal SERVER --lease L [OPTIONS]",
                        "gilir reporter merge NAME --into NAME [OPTIONS]",
                        "gilir ticket merge TICKET... --into TICKET [OPTIONS]",
                        "gilir ticket voice TICKET --reporter REPORTER [OPTIONS]",
                    }));
}

// Line breaks and margins taken out, so that wrapped sentences can be looked for.
std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\\') out += c;
  }
  return out;
}

TEST(Help, OfEveryCommandTellsAllThatItsSpecSays) {
  for (const CommandSpec* command : command_table()) {
    if (command->path.empty()) continue;
    auto words = words_of(command->path);
    words.push_back("--help");
    const auto page = flat(run(command_table(), words).out);
    const auto tells = [&](std::string_view text) { return page.find(flat(text)) != std::string::npos; };
    EXPECT_TRUE(tells(command->purpose)) << command->path;
    for_each_option(*command, [&](const OptionSpec& option) {
      EXPECT_TRUE(tells(std::string("--").append(option.name))) << command->path << " --" << option.name;
      EXPECT_TRUE(tells(option.about)) << command->path << " --" << option.name;
      if (option.default_text.empty()) return;
      EXPECT_TRUE(tells(std::string("(default: ").append(option.default_text).append(")")))
          << command->path << " --" << option.name;
    });
    for (const auto& example : command->examples) {
      EXPECT_TRUE(tells(example.command)) << command->path << ": " << example.command;
      EXPECT_FALSE(std::string_view(example.about).empty()) << example.command;
      EXPECT_TRUE(tells(example.about)) << example.command;
    }
    for (const auto& special : command->exit_codes) {
      EXPECT_TRUE(tells(std::to_string(special.code) + special.about)) << command->path << " " << special.code;
    }
  }
}

TEST(Help, OfEveryNounFitsEightyColumns) {
  for (const CommandSpec* command : command_table()) {
    const auto words = words_of(command->path);
    if (words.size() < 2) continue;
    const auto page = run(command_table(), {"help", words.front()});
    EXPECT_EQ(page.code, 0) << words.front();
    expect_fits(page.out, words.front());
  }
  expect_fits(run(command_table(), {"help"}).out, "overview");
}

TEST(Help, ShowsExamplesThatParse) {
  for (const CommandSpec* command : command_table()) {
    for (const auto& example : command->examples) {
      // Of a pipe, the part that the example is about comes last.
      auto words = shell_words(example.command);
      const auto pipe = std::find(words.rbegin(), words.rend(), "|");
      words.erase(words.begin(), pipe.base());
      ASSERT_FALSE(words.empty()) << command->path;
      EXPECT_EQ(words.front(), "gilir") << example.command;
      words.erase(words.begin());
      const auto resolved = resolve(command_table(), words);
      ASSERT_EQ(resolved.command, command) << example.command;
      EXPECT_NO_THROW(Arguments::parse(*resolved.command, resolved.rest)) << example.command;
    }
  }
}

TEST(Help, KnowsNoOtherWords) {
  EXPECT_EQ(run(command_table(), {"help", "nonsense-noun"}).code, 2);
  EXPECT_EQ(run(command_table(), {"help", "version", "extra"}).code, 2);
}

TEST(Version, IsOneLineOrOneEnvelope) {
  EXPECT_TRUE(run(command_table(), {"version"}).out.starts_with("gilir "));
  EXPECT_EQ(run(command_table(), {"--version"}).out, run(command_table(), {"version"}).out);
  EXPECT_TRUE(run(command_table(), {"version", "--json"}).out.starts_with("{\"schema\":1,\"data\":{\"version\":"));
}

}  // namespace
}  // namespace gilir::cli
