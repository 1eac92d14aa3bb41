// Man pages: everything that help says is in them too.
#include <gtest/gtest.h>

#include <set>

#include "cli/command_table.h"
#include "cli/manual/page.h"
#include "cli/shared_options.h"

namespace gilir::cli {
namespace {

constexpr CommandTable none{};
const ManualFacts facts{"1.2.3", "2026-11-22"};

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

// As the page writes an option's name.
std::string dashed(std::string_view name) {
  std::string text = "\\-\\-";
  for (const char c : name) text += c == '-' ? std::string("\\-") : std::string(1, c);
  return text;
}

TEST(Manual, HasPurposeUsageOptionsCodesAndExamplesOfEveryCommand) {
  std::set<std::string> names;
  for (const CommandSpec* command : command_table()) {
    if (command->hidden) continue;
    EXPECT_TRUE(names.insert(page_name(command->path)).second) << command->path;
    const auto page = command_page(command_table(), *command, facts);
    for (const auto* section :
         {".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n", ".SH EXAMPLES\n", ".SH SEE ALSO\n"}) {
      EXPECT_TRUE(has(page, section)) << command->path << section;
    }
    for_each_option(*command, [&](const OptionSpec& option) {
      EXPECT_TRUE(has(page, dashed(option.name))) << command->path << " --" << option.name;
      if (!option.default_text.empty()) {
        EXPECT_TRUE(has(page, "(default: ")) << command->path << " --" << option.name;
      }
    });
    for (const auto& special : command->exit_codes) {
      EXPECT_TRUE(has(page, "\\fB" + std::to_string(special.code) + "\\fR")) << command->path;
    }
  }
}

TEST(Manual, ListsEveryCommandInTheOverview) {
  const auto page = overview_page(command_table(), facts);
  for (const CommandSpec* command : command_table()) {
    if (command->hidden) continue;
    std::string name = "gilir";
    for (const char c : " " + std::string(command->path))
      name += c == ' ' || c == '-' ? std::string("\\-") : std::string(1, c);
    EXPECT_TRUE(has(page, "\\fB" + name + "\\fR(1)")) << name;
  }
}

TEST(Manual, WritesTextThatRoffWouldReadAsRequests) {
  static constexpr ExampleSpec examples[] = {{.command = "gilir odd 'a\\b' --x", .about = ".SH not a section"},
                                             {.command = "gilir odd", .about = "'apostrophe first"}};
  const CommandSpec odd{.path = "odd", .purpose = "Do it.", .examples = examples};
  const auto page = command_page(none, odd, facts);
  EXPECT_TRUE(has(page, "\\fBgilir odd \\(aqa\\eb\\(aq \\-\\-x\\fR"));
  EXPECT_TRUE(has(page, "\n\\&.SH not a section\n"));
  EXPECT_TRUE(has(page, "\n\\&\\(aqapostrophe first\n"));
}

}  // namespace
}  // namespace gilir::cli
