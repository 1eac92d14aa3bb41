#include "cli/config.h"

#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/cli/command_fixture.h"
#include "tests/fakes/expect_error.h"
#include "tests/fakes/no_descriptors_left.h"

namespace gilir::cli {
namespace {

class ConfigFile : public testing::Test {
 protected:
  ConfigFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gilir-config-XXXXXX").string();
    home_ = mkdtemp(pattern.data());
  }
  ~ConfigFile() override { std::filesystem::remove_all(home_); }

  std::string path() const { return home_ + "/.config/gilir/config"; }
  Environment environment(std::vector<std::pair<std::string, std::string>> more = {}) const {
    more.emplace_back("HOME", home_);
    return Environment(more);
  }
  void write(std::string_view text) const {
    std::filesystem::create_directories(home_ + "/.config/gilir");
    std::ofstream(path(), std::ios::binary) << text;
  }
  std::string read() const {
    std::stringstream text;
    text << std::ifstream(path(), std::ios::binary).rdbuf();
    return text.str();
  }

  std::string home_;
};

TEST_F(ConfigFile, IsFoundInTheUsersDirectory) {
  EXPECT_EQ(config_path(environment()), path());
  EXPECT_EQ(config_path(environment({{"XDG_CONFIG_HOME", "/etc/sari"}})), "/etc/sari/gilir/config");
  EXPECT_EQ(config_path(environment({{"XDG_CONFIG_HOME", "relative"}})), path());
}

TEST_F(ConfigFile, IsFoundInTheHomeOfThePasswordDatabaseWhereHomeIsNotSet) {
  const passwd* entry = getpwuid(geteuid());
  ASSERT_NE(entry, nullptr);
  const std::string home = entry->pw_dir;
  EXPECT_EQ(home_directory(Environment()), home);
  EXPECT_EQ(home_directory(variables({{"HOME", ""}})), home);
  EXPECT_EQ(home_directory(variables({{"HOME", "relative"}})), home);
  EXPECT_EQ(config_path(Environment()), home + "/.config/gilir/config");
}

TEST_F(ConfigFile, KeepsNothingThatWouldNotBeReadAgain) {
  write("agent=sari\n");
  for (const std::string value : {"/x/desk ", "\t/x/desk", "/x/\xff\xfe", "/x\n/desk"}) {
    EXPECT_EQ(thrown_by([&] { write_config(path(), {{"desk", value}}); }).code(), ErrorCode::invalid) << value;
    EXPECT_EQ(read(), "agent=sari\n");
  }
}

TEST_F(ConfigFile, IsNoPipe) {
  std::filesystem::create_directories(home_ + "/.config/gilir");
  ASSERT_EQ(mkfifo(path().c_str(), 0600), 0);
  const auto error = thrown_by([&] { read_config(path()); });
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_EQ(error.text("because"), "it is not a file");
}

TEST_F(ConfigFile, IsNotCalledWrongWhereThisProcessMayOpenNoMoreFiles) {
  write("agent=sari\n");
  const NoDescriptorsLeft poor;
  const auto error = thrown_by([&] { read_config(path()); });
  EXPECT_EQ(error.code(), ErrorCode::failed);
  EXPECT_NE(error.text("problem").find("Too many open files"), std::string::npos);
}

TEST_F(ConfigFile, IsNoneOfTheUsersInADirectoryTheyMayNotEnter) {
  write("desk=/a\nagent=a\n");
  if (geteuid() == 0) {
    // Root may enter every directory: another user stands in for who may not.
    std::filesystem::permissions(home_, std::filesystem::perms::owner_all);
    const pid_t child = fork();
    if (child == 0) {
      const bool changed = seteuid(65534) == 0;
      _exit(changed && choose_agent(parse({}), environment()).empty() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    return;
  }
  std::filesystem::permissions(home_, std::filesystem::perms::none);
  EXPECT_EQ(choose_agent(parse({}), environment()), "");
  std::filesystem::permissions(home_, std::filesystem::perms::owner_all);
}

TEST_F(ConfigFile, MayBeAbsent) {
  EXPECT_EQ(read_config(path()).desk, "");
  EXPECT_EQ(choose_desk(parse({}), environment()), home_ + "/.local/share/gilir/desk");
  EXPECT_EQ(choose_agent(parse({}), environment()), "");
}

TEST_F(ConfigFile, NamesTheDeskAndTheAgent) {
  write("# mine\r\n desk = /srv/desk \nagent=sari\nunknown=1\nnonsense\n#agent=budi\n");
  EXPECT_EQ(choose_desk(parse({}), environment()), "/srv/desk");
  EXPECT_EQ(choose_agent(parse({}), environment()), "sari");
}

TEST_F(ConfigFile, GivesWayToTheEnvironmentAndTheEnvironmentToOptions) {
  write("desk=/a\nagent=a\n");
  const auto both = environment({{"GILIR_DESK", "/b"}, {"GILIR_AGENT", "b"}});
  EXPECT_EQ(choose_desk(parse({}), both), "/b");
  EXPECT_EQ(choose_agent(parse({}), both), "b");
  EXPECT_EQ(choose_desk(parse({"--desk=/c"}), both), "/c");
  EXPECT_EQ(choose_agent(parse({"--as=c"}), both), "c");
  EXPECT_EQ(choose_desk(parse({}), environment({{"GILIR_DESK", ""}})), "/a");
}

TEST_F(ConfigFile, MakesDirectoriesAbsoluteAndLeavesUrlsAlone) {
  write("desk=~/desks/one\n");
  EXPECT_EQ(choose_desk(parse({}), environment()), home_ + "/desks/one");
  EXPECT_EQ(choose_desk(parse({"--desk=x/../y"}), environment()), std::filesystem::current_path().string() + "/y");
  EXPECT_EQ(choose_desk(parse({"--desk=ssh://gilir@hub/path"}), environment()), "ssh://gilir@hub/path");
  EXPECT_EQ(words_when([&] { choose_desk(parse({"--desk="}), environment()); }), "--desk wants a value: --desk PATH");
}

TEST_F(ConfigFile, NamesTheSamePathsWhereverGilirIsStarted) {
  write("desk=desk\nheads=../heads\n");
  EXPECT_EQ(choose_desk(parse({}), environment()), home_ + "/.config/gilir/desk");
  EXPECT_EQ(choose_heads(parse({}), environment()), home_ + "/.config/heads");
  write("desk=/a\nheads=~/heads\n");
  EXPECT_EQ(choose_heads(parse({}), environment()), home_ + "/heads");
  write("desk=/a\n");
  EXPECT_EQ(choose_heads(parse({}), environment()), "");
}

TEST_F(ConfigFile, KeepsUnknownLinesWhenWritten) {
  write("# mine\nunknown = 1\ndesk=/a");
  write_config(path(), {{"desk", "/b"}, {"agent", "sari"}});
  EXPECT_EQ(read(), "# mine\nunknown = 1\ndesk=/b\nagent=sari\n");
}

TEST_F(ConfigFile, IsMadeForItsUserAlone) {
  write_config(path(), {{"desk", "/b"}});
  struct stat facts {};
  ASSERT_EQ(stat(path().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777u, 0600u);
  EXPECT_EQ(read(), "desk=/b\n");
  for (const auto& entry : std::filesystem::directory_iterator(home_ + "/.config/gilir")) {
    EXPECT_EQ(entry.path().filename(), "config") << "a temporary file is left";
  }
}

TEST_F(ConfigFile, StaysALinkWhenItIsOne) {
  std::filesystem::create_directories(home_ + "/.config/gilir");
  std::ofstream(home_ + "/dotfile") << "unknown=1\n";
  std::filesystem::create_symlink(home_ + "/dotfile", path());
  write_config(path(), {{"desk", "/b"}});
  EXPECT_TRUE(std::filesystem::is_symlink(path()));
  EXPECT_EQ(read(), "unknown=1\ndesk=/b\n");
}

TEST_F(ConfigFile, IsRefusedWhenItIsNoText) {
  write("desk=caf\xe9\n");
  EXPECT_EQ(words_when([&] { read_config(path()); }), "cannot read " + path() + ": it is not UTF-8 text");
  write(std::string(70'000, 'x'));
  EXPECT_NE(words_when([&] { read_config(path()); }), "no error");
  EXPECT_NE(words_when([&] { read_config(home_); }), "no error");
}

TEST_F(ConfigFile, TakesNoLineBreaks) {
  EXPECT_THROW(write_config(path(), {{"desk", "/a\nagent=root"}}), Error);
}

}  // namespace
}  // namespace gilir::cli
