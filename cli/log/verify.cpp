#include "core/operations/log/verify.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/log/log_words.h"
#include "cli/output/output.h"
#include "core/operations/log/compare.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "deep", .about = N_("also whether agents, servers and tickets are what the log tells")},
    {.name = "head",
     .value = Value::required,
     .value_name = "NUMBER:HASH",
     .about = N_("a head printed earlier and kept elsewhere; it must be in the log still")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir log verify --deep", .about = N_("whether nobody changed the desk behind its back")},
    {.command = "gilir log verify --head 812:9f86d081...", .about = N_("whether nothing was cut off since")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {1, N_("an event was changed, is missing or was cut off; or the log tells otherwise")}};

struct VerifiedLog {
  EventNumber number;
  std::string hash;
  // With --deep.
  std::optional<std::vector<LogDifference>> differences;
  // How many there are, of which the first are told.
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(VerifiedLog, (), (number, hash, differences, total))

constexpr auto fields = field_names<VerifiedLog>;

std::string thing(const LogDifference& difference) {
  switch (difference.kind) {
    case SubjectKind::agent:
      return plain_text(phrase(_("agent {}"), difference.name));
    case SubjectKind::server:
      return plain_text(phrase(_("server {}"), difference.name));
    case SubjectKind::reporter:
    case SubjectKind::ticket:
      break;
  }
  return "#" + difference.name;
}

Line words(const LogDifference& difference) {
  if (!difference.field.empty()) {
    const auto or_nothing = [](const std::string& word) { return word.empty() ? std::string("-") : word; };
    return phrase(_("{}: {} is {}, the log says {}"), thing(difference), difference.field, or_nothing(difference.row),
                  or_nothing(difference.log));
  }
  return difference.row.empty() ? phrase(_("{}: the log knows it, the desk does not"), thing(difference))
                                : phrase(_("{}: the desk has it, the log does not know it"), thing(difference));
}

int show(Output& output, const LogComparison& found) {
  for (const auto& difference : found.differences) output.note(bad(plain_text(words(difference))));
  const auto total = static_cast<unsigned long>(found.total);
  if (total == 0) {
    output.note(_("Agents, servers and tickets are what the log tells."));
    return 0;
  }
  output.note(phrase(plural("{} thing is not what the log tells. Compare the desk with a backup.",
                            "{} things are not what the log tells. Compare the desk with a backup.", total),
                     total));
  return 1;
}

int run(CommandContext& context) {
  const VerifyLog operation{given_head(context.arguments)};
  DeskSession desk(context);
  const auto head = desk.perform(operation);
  VerifiedLog verified{head.number, head.hash, {}, {}};
  LogComparison found;
  if (context.arguments.flag("deep")) {
    found = desk.perform(CompareLog{});
    verified.differences = found.differences;
    verified.total = found.total;
  }
  if (context.output.json(verified)) return found.total == 0 ? 0 : 1;
  context.output.note(phrase(plural("The log is whole: {} event.", "The log is whole: {} events.",
                                    static_cast<unsigned long>(head.number.value)),
                             head.number.value));
  context.output.line(to_text(head));
  return verified.differences ? show(context.output, found) : 0;
}

}  // namespace

extern constexpr CommandSpec log_verify{
    .path = "log verify",
    .purpose = N_("Check that the log is whole, and print its head to keep elsewhere."),
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
