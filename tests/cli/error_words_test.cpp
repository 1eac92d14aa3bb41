#include "cli/output/error_words.h"

#include <gtest/gtest.h>

#include "cli/output/output.h"
#include "cli/usage_error.h"
#include "tests/fakes/string_sink.h"

namespace gilir::cli {
namespace {

// Details under every key that words use, so that a missing one would show as a gap.
Error with_all_details(Error error) {
  for (const char* key : {"name",    "number",      "status",   "verb",    "version", "expected",      "into",
                          "tier",    "assignee",    "server",   "lease",   "pid",     "ticket_server", "by",
                          "because", "path",        "kind",     "owner",   "schema",  "supported",     "address",
                          "type",    "fingerprint", "user",     "methods", "command", "event",         "request_id",
                          "needs",   "field",       "option",   "given",   "value",   "argument",      "most",
                          "least",   "other",       "question", "editor",  "draft",   "variable",      "noun"}) {
    error.add(key, "VALUE");
  }
  return error;
}

void expect_words(const ErrorWords& words, std::string_view name) {
  EXPECT_FALSE(words.message.empty()) << name;
  EXPECT_NE(words.message, name) << "no words for it";
  for (const auto& text : {words.message, words.hint}) {
    EXPECT_EQ(text.find("{}"), std::string::npos) << name;
    EXPECT_EQ(text.find("  "), std::string::npos) << name << ": a detail is missing in \"" << text << "\"";
    EXPECT_FALSE(text.ends_with('.')) << name << ": show_error adds the full stop";
  }
}

TEST(ErrorWords, ExistForEveryCode) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorCode>>([](auto enumerator) {
    auto error = with_all_details(Error(enumerator.value));
    if (enumerator.value != ErrorCode::usage) error.add("problem", "PROBLEM");
    expect_words(error_words(error), enum_name(enumerator.value));
  });
}

TEST(ErrorWords, ExistForEveryMistakeOnTheCommandLine) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<UsageProblem>>([](auto enumerator) {
    auto error = with_all_details(usage_error(enumerator.value));
    error.add("choices", std::vector<std::string>{"a", "b"});
    expect_words(error_words(error), enum_name(enumerator.value));
  });
}

TEST(ErrorWords, ExistWithoutAnyDetail) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorCode>>(
      [](auto enumerator) { EXPECT_FALSE(error_words(Error(enumerator.value)).message.empty()); });
}

TEST(ErrorWords, NameTheProcessThatADeskWaitsFor) {
  EXPECT_EQ(error_words(Error(ErrorCode::busy)).message, "the desk is busy with other changes");
  auto busy = Error(ErrorCode::busy).with("pid", 41).with("command", "gilir").with("stopped", false);
  EXPECT_EQ(error_words(busy).message, "the desk is busy with a change of process 41 (gilir)");
  const auto stopped = Error(ErrorCode::busy).with("pid", 41).with("command", "gilir").with("stopped", true);
  EXPECT_EQ(error_words(stopped).message, "the desk waits for process 41 (gilir), which is stopped");
  EXPECT_EQ(error_words(stopped).hint, "Let it go on with kill -CONT 41, or end it with kill -KILL 41");
}

TEST(ErrorWords, TakeACommandsOwnSentence) {
  EXPECT_EQ(error_words(usage_error("name two tickets")).message, "name two tickets");
}

TEST(ErrorWords, TellSomebodyElsesDeskFromADirectoryThatIsNone) {
  const auto theirs = [] { return Error(ErrorCode::foreign_desk).with("path", "/srv/d").with("owner", 1000); };
  EXPECT_EQ(error_words(theirs()).message, "the desk /srv/d belongs to 1000");
  const auto words = error_words(theirs().with("kind", "directory"));
  EXPECT_EQ(words.message, "the directory /srv/d belongs to user 1000");
  EXPECT_EQ(words.hint, "Make the desk as that user, or name a directory of your own");
}

TEST(ErrorWords, NameWhatIsNear) {
  const auto words = error_words(Error(ErrorCode::not_found)
                                     .with("kind", "agent")
                                     .with("name", "sary")
                                     .with("near", std::vector<std::string>{"sari", "mary"}));
  EXPECT_EQ(words.message, "there is no agent sary");
  EXPECT_EQ(words.hint, "Did you mean sari, mary?");
}

TEST(ShowError, EndsSentencesOnceAndEscapesDetails) {
  StringSink out;
  StringSink errors;
  Output output(out, errors);
  show_error(output, Error(ErrorCode::not_found).with("kind", "agent").with("name", "a\x1b[2J\u202e"));
  EXPECT_EQ(errors.take(), "gilir: there is no agent a\\x1b[2J\\u202e.\n");
  show_error(output, Error(ErrorCode::failed).with("problem", "It broke."));
  EXPECT_EQ(errors.take(), "gilir: It broke.\n");
}

TEST(ShowError, SurvivesDetailsOfAnotherShape) {
  StringSink out;
  StringSink errors;
  Output output(out, errors);
  show_error(output, Error(ErrorCode::held).with("server", 7).with("lock", std::vector<int>{1}));
  show_error(output, Error(ErrorCode::not_found).with("near", "text").with("kind", std::vector<int>{1}));
  show_error(output, usage_error(UsageProblem::wants_choice).with("choices", std::vector<int>{1}));
  EXPECT_NE(errors.text().find("7 is held"), std::string::npos);
}

}  // namespace
}  // namespace gilir::cli
