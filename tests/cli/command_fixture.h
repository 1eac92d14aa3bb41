// Commands made up for tests of the framework, and the verbs that run them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/output/error_words.h"
#include "cli/program.h"
#include "tests/fakes/fake_input.h"
#include "tests/fakes/string_sink.h"

namespace gilir::cli {

using Words = std::vector<std::string>;

inline Environment variables(std::vector<std::pair<std::string, std::string>> values) {
  return Environment(std::move(values));
}

inline constexpr PositionalSpec sample_positionals[] = {{.name = "TICKET", .count = Count::any_number}};
inline constexpr OptionSpec sample_options[] = {
    {.name = "due", .value = Value::required, .value_name = "TIME"},
    {.name = "for", .value = Value::required, .value_name = "D"},
    {.name = "into", .value = Value::required, .value_name = "N"},
    {.name = "local", .letter = 'L', .value = Value::required, .value_name = "L", .repeatable = true},
    {.name = "tier", .value = Value::required, .value_name = "T"},
    {.name = "urgent", .letter = 'u'},
    {.name = "verbose", .letter = 'v'},
    {.name = "wait", .value = Value::optional, .value_name = "D"},
};
inline constexpr std::string_view sample_fields[] = {"number", "title", "status"};
inline constexpr CommandSpec sample_command{
    .path = "ticket sample",
    .positionals = sample_positionals,
    .options = sample_options,
    .takes = {.message = true},
    .fields = sample_fields,
};

inline Arguments parse(const Words& words, const CommandSpec& command = sample_command) {
  return Arguments::parse(command, words);
}

// What a person is told when `action` fails: "message. hint", or "no error".
template <class Action>
std::string words_when(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(exit_code(error.code()), 2) << error.what();
    const auto words = error_words(error);
    return words.hint.empty() ? words.message : words.message + ". " + words.hint;
  }
  return "no error";
}

inline std::string refusal(const Words& words, const CommandSpec& command = sample_command) {
  return words_when([&] { parse(words, command); });
}

struct Ran {
  int code = 0;
  std::string out;
  std::string errors;
};

struct Setting {
  Environment environment = variables({{"HOME", "/home/sari"}});
  TerminalFacts terminal = {};
  std::string input = {};
};

// The whole program over `table`.
inline Ran run(CommandTable table, const Words& words, const Setting& setting = {}) {
  const SystemClock clock;
  FakeInput input(setting.input, setting.terminal.input);
  StringSink out;
  StringSink errors;
  Ran ran;
  ran.code = run_program({.words = words,
                          .table = table,
                          .environment = setting.environment,
                          .clock = clock,
                          .terminal = setting.terminal,
                          .input = input,
                          .out = out,
                          .errors = errors});
  ran.out = out.take();
  ran.errors = errors.take();
  return ran;
}

}  // namespace gilir::cli
