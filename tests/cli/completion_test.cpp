// What an unfinished command line asks for, and what is offered where no desk is needed.
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "cli/command_table.h"
#include "cli/completion/asked.h"
#include "cli/shared_options.h"
#include "tests/cli/command_fixture.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir::cli {
namespace {

Asked asked(const Words& words) {
  return understand(command_table(), words);
}

// What `gilir complete` prints, without a desk.
std::string offered(Words words, const Setting& setting = {}) {
  words.insert(words.begin(), {"complete", "--desk", "/nonexistent", "--"});
  const auto ran = run(command_table(), words, setting);
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.errors, "");
  std::string names;
  for (std::string_view rest = ran.out; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    names.append(names.empty() ? "" : " ").append(rest.substr(0, rest.find('\t')));
  }
  return names;
}

TEST(Understanding, FindsThePath) {
  EXPECT_EQ(asked({""}).typed, Typed::path);
  EXPECT_EQ(asked({"ti"}).typed, Typed::path);
  EXPECT_EQ(asked({"ticket", ""}).path, "ticket");
  EXPECT_EQ(asked({"ticket", "sh"}).beginning, "sh");
  EXPECT_EQ(asked({"--desk", "/d", "ticket", ""}).path, "ticket");
}

TEST(Understanding, FindsTheArgument) {
  EXPECT_EQ(asked({"ticket", "show", ""}).positional->name, "TICKET");
  EXPECT_EQ(asked({"ticket", "show", "4", ""}).positional->name, "TICKET");
  EXPECT_EQ(asked({"ticket", "assign", "4", "s"}).positional->name, "AGENT");
  EXPECT_EQ(asked({"ticket", "assign", "--as", "ani", "4", "s"}).positional->name, "AGENT");
  EXPECT_EQ(asked({"ticket", "assign", "4", "sari", ""}).typed, Typed::nothing);
  EXPECT_EQ(asked({"lock", "show", "--", "-x"}).positional->name, "SERVER");
}

TEST(Understanding, FindsOptionsAndTheirValues) {
  EXPECT_EQ(asked({"ticket", "list", "--st"}).typed, Typed::option);
  EXPECT_EQ(asked({"ticket", "list", "--status", "n"}).option->name, "status");
  const auto joined = asked({"ticket", "list", "--status=new,as"});
  EXPECT_EQ(joined.typed, Typed::option_value);
  EXPECT_EQ(joined.kept, "--status=new,");
  EXPECT_EQ(joined.beginning, "as");
  // An option with an optional value takes it only behind '='.
  EXPECT_EQ(asked({"lock", "acquire", "--wait", ""}).typed, Typed::positional);
  EXPECT_EQ(asked({"ticket", "note", "-m", ""}).option->name, "message");
  EXPECT_EQ(asked({"ticket", "note", "-mtext", ""}).typed, Typed::positional);
  EXPECT_EQ(asked({"ticket", "list", "--urgent=x"}).typed, Typed::nothing);
  EXPECT_EQ(asked({"ticket", "list", "--nonsense=x"}).typed, Typed::nothing);
}

TEST(Understanding, CompletesListsBehindTheirLastComma) {
  const auto tickets = asked({"ticket", "show", "41,4"});
  EXPECT_EQ(tickets.kept, "41,");
  EXPECT_EQ(tickets.beginning, "4");
  EXPECT_EQ(asked({"lock", "show", "a,b"}).beginning, "a,b");
}

TEST(Understanding, LeavesProgramsToTheShell) {
  EXPECT_EQ(asked({"with", "app-1", "--", "rs"}).typed, Typed::own_command);
  EXPECT_EQ(asked({"with", "app-1", "--", "rsync", "fi"}).typed, Typed::own_argument);
  EXPECT_EQ(asked({"with", "app-1", "--"}).typed, Typed::option);
  // A program of another machine is nobody's to guess.
  EXPECT_EQ(asked({"ssh", "app-1", "sys"}).typed, Typed::nothing);
  EXPECT_EQ(asked({"ssh", "app-1", "systemctl", "res"}).typed, Typed::nothing);
  EXPECT_EQ(asked({"ssh", "ap"}).positional->name, "SERVER");
}

TEST(Understanding, KeepsTheDeskThatIsTyped) {
  EXPECT_EQ(asked({"--desk", "/a", "--as=ani", "ticket", "show", ""}).desk_options, (Words{"--desk=/a", "--as=ani"}));
}

TEST(Understanding, OfNonsenseAsksForNothing) {
  EXPECT_EQ(asked({}).typed, Typed::nothing);
  EXPECT_EQ(asked({"nonsense", ""}).typed, Typed::nothing);
  EXPECT_EQ(asked({"version", "x", "y", ""}).typed, Typed::nothing);
  for (const auto* word : {"-", "--", "---", "-=", "--=", "=", ",", "\xff", "\n"}) {
    asked({word});
    asked({word, word});
    asked({"ticket", "show", word, word});
  }
}

TEST(Completion, OffersNounsVerbsAndOptions) {
  EXPECT_EQ(offered({"tic"}), "tick ticket");
  EXPECT_EQ(offered({"log", ""}), "verify");
  EXPECT_EQ(offered({"ticket", "me"}), "merge");
  EXPECT_EQ(offered({"ticket", "list", "--st"}), "--status");
  EXPECT_EQ(offered({"help", "ticket", "me"}), "merge");
  EXPECT_EQ(offered({"com"}), "completion");  // not the hidden one
}

void write_program(const std::string& path, mode_t mode) {
  std::ofstream(path) << "#!/bin/sh\n";
  ASSERT_EQ(chmod(path.c_str(), mode), 0);
}

TEST(Completion, OffersPluginsBehindTheCommandsThatTheyCannotReplace) {
  TemporaryDirectory own, path;
  ASSERT_EQ(chmod(own.path().c_str(), 0755), 0);
  for (const auto* name : {"gilir-tide", "gilir-ticket", "gilir-tick", "gilir-tin foil"}) {
    write_program(own.file(name), 0755);
  }
  write_program(own.file("gilir-tilde"), 0777);  // help would not list it either
  write_program(path.file("gilir-tiara"), 0755);
  write_program(path.file("gilir-tiger"), 0644);
  const auto setting = Setting{variables({{"GILIR_PLUGINS", own.path()}, {"PATH", path.path()}}), {}, {}};
  EXPECT_EQ(offered({"ti"}, setting), "tick ticket tiara tide");
  EXPECT_EQ(offered({"--as", "ani", "tid"}, setting), "tide");
  EXPECT_EQ(offered({"help", "tid"}, setting), "tide");
  EXPECT_EQ(offered({"ticket", "ti"}, setting), "");
  EXPECT_EQ(offered({"tide", ""}, setting), "");
}

TEST(Completion, OffersChoicesAndFields) {
  EXPECT_EQ(offered({"ticket", "list", "--sort", ""}), "number created updated next_news");
  EXPECT_EQ(offered({"agent", "add", "--role", "s"}), "supervisor");
  EXPECT_EQ(offered({"ticket", "list", "--status=al"}), "--status=all");
  EXPECT_EQ(offered({"version", "--json="}), "--json=version --json=licence --json=help");
  EXPECT_EQ(offered({"version", "--json=version,l"}), "--json=version,licence");
  EXPECT_EQ(offered({"completion", ""}), "bash fish zsh");
}

TEST(Completion, NeverFailsLoudly) {
  EXPECT_EQ(offered({"ticket", "show", ""}), "");
  EXPECT_EQ(offered({"ticket", "show", std::string(100'000, '4')}), "");
  EXPECT_EQ(offered({"ticket", "show", "\xff\xfe"}), "");
  EXPECT_EQ(offered({}), "");
  EXPECT_EQ(offered(Words(20'000, "x")), "");
}

TEST(Completion, KnowsTheKindOfEveryTicketServerAndAgent) {
  for (const CommandSpec* command : command_table()) {
    for (const auto& positional : command->positionals) {
      const bool named = positional.name == "TICKET" || positional.name == "SERVER" || positional.name == "AGENT";
      EXPECT_TRUE(!named || kind_of(positional) != Completes::nothing) << command->path;
    }
    for_each_option(*command, [&](const OptionSpec& option) {
      if (option.name == "ticket" || option.name == "server" || option.name == "as") {
        EXPECT_NE(kind_of(option), Completes::nothing) << command->path << " --" << option.name;
      }
    });
  }
}

TEST(CompletionInstall, PutsEachScriptWhereItsShellLooks) {
  TemporaryDirectory home;
  const auto setting = Setting{variables({{"HOME", home.path()}, {"SHELL", "/usr/bin/fish"}}), {}, {}};
  const std::pair<const char*, const char*> places[] = {{"bash", ".local/share/bash-completion/completions/gilir"},
                                                        {"zsh", ".zfunc/_gilir"},
                                                        {"fish", ".config/fish/completions/gilir.fish"}};
  for (const auto& [shell, place] : places) {
    const auto ran = run(command_table(), {"completion", "--install", shell}, setting);
    EXPECT_EQ(ran.code, 0) << ran.errors;
    EXPECT_NE(ran.out.find(place), std::string::npos) << ran.out;
    EXPECT_TRUE(std::filesystem::file_size(home.file(place)) > 100);
  }
  // Again, and without a name.
  EXPECT_EQ(run(command_table(), {"completion", "--install"}, setting).code, 0);
  EXPECT_EQ(run(command_table(), {"completion", "tcsh"}, setting).code, 2);
}

}  // namespace
}  // namespace gilir::cli
