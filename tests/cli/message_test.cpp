// Longer texts: from -m, from files and standard input, and from an editor that may fail.
#include "cli/output/message.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "core/base/text.h"
#include "tests/cli/command_fixture.h"

namespace gilir::cli {
namespace {

class MessageTest : public testing::Test {
 protected:
  MessageTest() : output_(out_, errors_), prompt_(input_, output_, {.may_ask = true}) {
    std::string pattern = (std::filesystem::temp_directory_path() / "gilir-message-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~MessageTest() override { std::filesystem::remove_all(directory_); }

  Message read(const Words& words, std::string_view initial = {}) {
    arguments_ = parse(words);
    CommandContext context{sample_command, arguments_, output_, input_, prompt_, environment_, clock_, {}, {}};
    return Message::read(context, initial);
  }
  std::string file(const std::string& name, std::string_view text) const {
    const auto path = directory_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // An editor that runs these lines of sh with the draft as $1.
  void use_editor(const std::string& lines, const std::string& variable = "EDITOR") {
    const auto path = file("editor", "#!/bin/sh\n" + lines + "\n");
    chmod(path.c_str(), 0700);
    environment_ = variables({{"HOME", directory_}, {"PATH", std::getenv("PATH")}, {variable, path + " --wait"}});
  }
  std::size_t drafts() const {
    const auto path = directory_ + "/.local/state/gilir/drafts";
    if (!std::filesystem::exists(path)) return 0;
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }

  std::string directory_;
  StringSink out_;
  StringSink errors_;
  Output output_;
  FakeInput input_;
  Prompt prompt_;
  Environment environment_;
  Arguments arguments_;
  const SystemClock clock_;
};

TEST_F(MessageTest, ComesFromTheOption) {
  EXPECT_EQ(read({"-m", "two\nlines"}).text(), "two\nlines");
  EXPECT_EQ(read({"-m", ""}).text(), "");
}

TEST_F(MessageTest, ComesFromAFileOrStandardInput) {
  EXPECT_EQ(read({"-F", file("text", "from a file\n")}).text(), "from a file");
  EXPECT_EQ(read({"-F", file("marked", "\uFEFFfrom Notepad\r\n")}).text(), "from Notepad");
  input_ = FakeInput("from a pipe");
  EXPECT_EQ(read({"-F", "-"}).text(), "from a pipe");
}

TEST_F(MessageTest, IsRefusedWhenItCannotBe) {
  EXPECT_EQ(words_when([&] { read({"-m", "a", "-F", "b"}); }), "-m and -F do not go together");
  EXPECT_EQ(words_when([&] { read({"-F", "/nonexistent"}); }), "cannot read /nonexistent: No such file or directory");
  EXPECT_NE(words_when([&] { read({"-F", file("long", std::string(max_body_bytes + 1, 'x'))}); }), "no error");
  EXPECT_EQ(read({"-F", file("longest", std::string(max_body_bytes, 'x'))}).text().size(), max_body_bytes);
}

TEST_F(MessageTest, IsAskedForByFlagWhereThereIsNoTerminal) {
  use_editor("echo never > $2");
  prompt_.configure({.may_ask = false});
  EXPECT_EQ(words_when([&] { read({}); }), "the text cannot be asked here. Answer with -m TEXT");
}

TEST_F(MessageTest, ComesFromTheEditorAndItsDraftGoesWhenSaved) {
  use_editor("echo more >> \"$2\"");
  auto message = read({}, "initial\n");
  EXPECT_EQ(message.text(), "initial\nmore");
  EXPECT_EQ(drafts(), 1u);
  message.saved();
  EXPECT_EQ(drafts(), 0u);
}

TEST_F(MessageTest, TakesTheNameOfTheEditorApartAsAShellDoes) {
  std::filesystem::create_directory(directory_ + "/my editors");
  const auto editor = file("my editors/ed", "#!/bin/sh\nprintf '%s|' \"$@\" | head -c 20 > \"$3\"\n");
  chmod(editor.c_str(), 0700);
  environment_ = variables({{"HOME", directory_}, {"EDITOR", "'" + editor + "' -c \"set tw=72\""}});
  auto message = read({});
  EXPECT_TRUE(message.text().starts_with("-c|set tw=72|/")) << message.text();
  message.saved();
  environment_ = variables({{"HOME", directory_}, {"EDITOR", "'" + editor}});
  EXPECT_EQ(words_when([&] { read({}); }), "a quote is not closed in the name of your editor: '" + editor);
  EXPECT_EQ(drafts(), 0u);
}

TEST_F(MessageTest, TakesAnEditorWithoutANameForNone) {
  environment_ = variables({{"HOME", directory_}, {"EDITOR", " "}, {"PATH", directory_}});
  EXPECT_EQ(words_when([&] { read({}); }),
            "there is no editor for the text: name one with $EDITOR, or give the text with -m TEXT");
}

TEST_F(MessageTest, ComesFromTheEditorOfTheMachineOrViWhereNoneIsNamed) {
  environment_ = variables({{"HOME", directory_}, {"PATH", directory_}});
  const auto install = [&](const std::string& name) {
    chmod(file(name, "#!/bin/sh\necho " + name + " > \"$1\"\n").c_str(), 0700);
  };
  const auto written = [&] {
    auto message = read({});
    message.saved();
    return message.text();
  };
  install("editor");
  EXPECT_EQ(written(), "editor");
  // Where it cannot be run, the next one is looked for.
  std::filesystem::remove(directory_ + "/editor");
  file("editor", "no program");
  install("vi");
  EXPECT_EQ(written(), "vi");
}

TEST_F(MessageTest, PrefersTheVisualEditor) {
  use_editor("echo visual > \"$2\"", "VISUAL");
  auto message = read({});
  EXPECT_EQ(message.text(), "visual");
  message.saved();
}

TEST_F(MessageTest, KeepsTheDraftWhenSavingFails) {
  use_editor("echo precious > \"$2\"");
  { const auto message = read({}); }
  EXPECT_EQ(drafts(), 1u);
  EXPECT_TRUE(errors_.text().starts_with("What you wrote is kept in " + directory_)) << errors_.text();
}

TEST_F(MessageTest, KeepsTheDraftWhenTheEditorFails) {
  use_editor("echo precious > \"$2\"; exit 3");
  EXPECT_NE(words_when([&] { read({}); }).find("What you wrote is kept in " + directory_), std::string::npos);
  EXPECT_EQ(drafts(), 1u);
}

TEST_F(MessageTest, MayHoldAnyBytesForTheDeskToMend) {
  EXPECT_EQ(read({"-F", file("latin", "caf\xe9")}).text(), "caf\xe9");
  use_editor("printf 'caf\\351' > \"$2\"");
  EXPECT_EQ(read({}).text(), "caf\xe9");
}

TEST_F(MessageTest, SaysWhenTheEditorDoesNotExist) {
  environment_ = variables({{"HOME", directory_}, {"EDITOR", "no-such-editor-here"}});
  EXPECT_EQ(words_when([&] { read({}); }), "the editor no-such-editor-here failed");
  EXPECT_EQ(drafts(), 0u);
}

TEST_F(MessageTest, ChangesNothingWhenTheEditedTextIsEmpty) {
  use_editor("printf '  \\n' > \"$2\"");
  EXPECT_EQ(words_when([&] { read({}); }), "the text is empty, so nothing was changed");
  EXPECT_EQ(drafts(), 0u);
}

TEST_F(MessageTest, KeepsTheDraftToItsUser) {
  use_editor("stat -c %a \"$2\" > \"$2\".mode; echo x > \"$2\"");
  auto message = read({});
  message.saved();
  bool seen = false;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ + "/.local/state/gilir/drafts")) {
    std::string mode;
    std::ifstream(entry.path()) >> mode;
    EXPECT_EQ(mode, "600");
    seen = true;
  }
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace gilir::cli
