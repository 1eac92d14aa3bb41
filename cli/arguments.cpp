#include "cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "cli/command_line.h"
#include "cli/input.h"
#include "cli/shared_options.h"
#include "cli/ticket_numbers.h"
#include "cli/usage_error.h"
#include "core/base/text.h"

namespace gilir::cli {
namespace {

// What standard input may say of tickets, the same ones again included.
constexpr std::size_t longest_ticket_list = 256 * 1024;

std::string dashed(std::string_view name) {
  return std::string("--").append(name);
}

void check_fields(const CommandSpec& command, const std::vector<std::string>& chosen) {
  const std::vector<std::string> known(command.fields.begin(), command.fields.end());
  for (const auto& field : chosen) {
    if (std::ranges::find(known, field) != known.end()) continue;
    if (known.empty()) throw usage_error(UsageProblem::no_fields).with("given", field);
    throw usage_error(UsageProblem::unknown_field)
        .with("given", field)
        .with("near", near_names(field, known))
        .with("fields", known);
  }
}

[[noreturn]] void refuse_ticket(TicketProblem problem, std::string_view where, std::string_view given) {
  if (problem == TicketProblem::too_many) {
    throw usage_error(UsageProblem::too_many_tickets).with("option", where).with("most", max_ticket_numbers);
  }
  throw usage_error(UsageProblem::wants_ticket).with("option", where).with("given", given);
}

}  // namespace

Arguments Arguments::parse(const CommandSpec& command, const std::vector<std::string>& words) {
  auto line = read_command_line(command, words);
  Arguments arguments;
  arguments.command_ = &command;
  arguments.options_ = std::move(line.options);
  arguments.tail_ = std::move(line.tail);
  // Help answers whatever else is wrong or missing on the line.
  if (arguments.flag("help")) return arguments;
  const auto fields = arguments.json_fields();
  if (fields != std::vector<std::string>{"help"}) {
    check_fields(command, fields);
    arguments.assign_positionals(std::move(line.positionals));
  }
  return arguments;
}

void Arguments::assign_positionals(std::vector<std::string> given) {
  std::size_t next = 0;
  for (const auto& positional : command_->positionals) {
    const bool rest = positional.count == Count::many || positional.count == Count::any_number;
    const bool needed = positional.count == Count::many || positional.count == Count::required;
    if (next == given.size() && needed) {
      throw usage_error(UsageProblem::missing_argument)
          .with("argument", positional.name)
          .with("command", command_->path);
    }
    auto& words = positionals_[std::string(positional.name)];
    while (next < given.size() && (rest || words.empty())) words.push_back(std::move(given[next++]));
  }
  if (next == given.size()) return;
  auto error = usage_error(UsageProblem::too_many_arguments).with("given", given[next]);
  // `hand-over SERVER AGENT`: to whom it goes is an option.
  for (const std::string_view goal : {"to", "into"}) {
    if (find_option(*command_, goal) != nullptr && !options_.contains(goal))
      error.add("near", std::vector{dashed(goal) + " " + replace_invalid_utf8(given[next])});
  }
  throw error;
}

const std::vector<std::string>* Arguments::values(std::string_view name) const {
  if (find_option(*command_, name) == nullptr) {
    throw std::logic_error(std::string("this command has no option --").append(name));
  }
  const auto found = options_.find(name);
  return found == options_.end() ? nullptr : &found->second;
}

bool Arguments::given(std::string_view name) const {
  return values(name) != nullptr;
}

bool Arguments::any_given(std::span<const OptionSpec> options) const {
  return std::ranges::any_of(options, [&](const OptionSpec& option) { return given(option.name); });
}

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto* found = values(name);
  if (found == nullptr || found->empty()) return std::nullopt;
  return found->front();
}

std::string Arguments::required_text(std::string_view name) const {
  const auto value = text(name);
  if (!value)
    throw usage_error(UsageProblem::missing_option).with("option", dashed(name)).with("command", command_->path);
  return *value;
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  const auto* found = values(name);
  return found == nullptr ? std::vector<std::string>{} : *found;
}

std::optional<Seconds> Arguments::duration(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto parsed = parse_duration(*value);
  if (!parsed) throw usage_error(UsageProblem::wants_duration).with("option", dashed(name)).with("given", *value);
  return parsed;
}

std::optional<WallTime> Arguments::time(std::string_view name, WallTime now, Direction direction,
                                        DayAlone day_alone) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto parsed = parse_time(*value, now, direction, day_alone);
  if (!parsed) throw usage_error(UsageProblem::wants_time).with("option", dashed(name)).with("given", *value);
  return parsed;
}

std::optional<Seconds> Arguments::time_ahead(std::string_view name) const {
  const auto value = text(name);
  return value ? parse_time_ahead(*value) : std::nullopt;
}

std::optional<std::int64_t> Arguments::number(std::string_view name, std::int64_t least, std::int64_t most) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const auto* end = value->data() + value->size();
  const auto parsed = std::from_chars(value->data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end || number < least || number > most) {
    throw usage_error(UsageProblem::wants_number)
        .with("option", dashed(name))
        .with("given", *value)
        .with("least", least)
        .with("most", most);
  }
  return number;
}

std::optional<TicketNumber> Arguments::ticket(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto number = parse_ticket_number(*value);
  if (!number) refuse_ticket(TicketProblem::wrong, dashed(name), *value);
  return number;
}

std::optional<std::string> Arguments::choice(std::string_view name, const std::vector<std::string>& choices) const {
  auto value = text(name);
  if (value && std::ranges::find(choices, *value) == choices.end()) {
    throw usage_error(UsageProblem::wants_choice)
        .with("option", dashed(name))
        .with("given", *value)
        .with("choices", choices);
  }
  return value;
}

std::vector<std::string> Arguments::words(std::string_view positional) const {
  const auto is_it = [&](const PositionalSpec& spec) { return spec.name == positional; };
  if (std::ranges::none_of(command_->positionals, is_it)) {
    throw std::logic_error(std::string("this command has no positional ").append(positional));
  }
  const auto found = positionals_.find(positional);
  return found == positionals_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::string> Arguments::word(std::string_view positional) const {
  auto all = words(positional);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

std::string Arguments::required_word(std::string_view positional) const {
  auto only = word(positional);
  if (!only) {
    throw usage_error(UsageProblem::missing_argument).with("argument", positional).with("command", command_->path);
  }
  return *only;
}

std::vector<TicketNumber> Arguments::tickets(std::string_view positional, Input& input) const {
  std::vector<TicketNumber> numbers;
  const auto add = [&](std::string_view text) {
    const auto problem = add_ticket_numbers(text, numbers);
    if (problem != TicketProblem::none) refuse_ticket(problem, positional, text);
  };
  for (const auto& word : words(positional)) {
    if (word != "-") {
      add(word);
      continue;
    }
    std::size_t read = 0;
    while (const auto line = input.line(max_line_bytes)) {
      read += line->size() + 1;
      if (read > longest_ticket_list)
        throw usage_error(UsageProblem::too_long).with("option", "-").with("most", longest_ticket_list);
      const auto text = trimmed(*line);
      if (!text.empty()) add(text);
    }
  }
  return numbers;
}

TicketNumber Arguments::one_ticket(std::string_view positional) const {
  const auto given = required_word(positional);
  if (const auto number = parse_ticket_number(given)) return *number;
  std::vector<TicketNumber> several;
  if (add_ticket_numbers(given, several) != TicketProblem::wrong) {
    throw usage_error(UsageProblem::wants_one_ticket).with("option", positional).with("given", given);
  }
  refuse_ticket(TicketProblem::wrong, positional, given);
}

std::vector<std::string> Arguments::json_fields() const {
  std::vector<std::string> fields;
  const auto chosen = text("json");
  if (!chosen || chosen->empty()) return fields;
  std::string_view rest = *chosen;
  while (true) {
    const auto comma = rest.find(',');
    const auto field = trimmed(rest.substr(0, comma));
    if (std::ranges::find(fields, field) == fields.end()) fields.emplace_back(field);
    if (comma == std::string_view::npos) return fields;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace gilir::cli
