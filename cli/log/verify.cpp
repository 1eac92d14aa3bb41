#include "core/operations/log/verify.h"

#include <charconv>

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr std::size_t hash_length = 64;

constexpr OptionSpec options[] = {
    {.name = "head",
     .value = Value::required,
     .value_name = "NUMBER:HASH",
     .about = N_("a head printed earlier and kept elsewhere; it must be in the log still")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir log verify", .about = N_("whether the log is whole; prints its head")},
    {.command = "gilir log verify --head 812:9f86d081...", .about = N_("whether nothing was cut off since")},
};
constexpr ExitCodeSpec exit_codes[] = {{1, N_("an event was changed, is missing or was cut off")}};
constexpr auto fields = field_names<LogHead>;

VerifyLog parse(const Arguments& arguments) {
  VerifyLog operation;
  const auto given = arguments.text("head");
  if (!given) return operation;
  const auto colon = given->find(':');
  LogHead head;
  const auto* end = given->data() + std::min(colon, given->size());
  const auto parsed = std::from_chars(given->data(), end, head.number.value);
  const bool number_good = parsed.ec == std::errc{} && parsed.ptr == end && head.number.value >= 0;
  if (colon != std::string::npos) head.hash = given->substr(colon + 1);
  const bool hash_good =
      head.hash.size() == hash_length && head.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!number_good || !hash_good)
    throw usage_error(std::string_view(_("--head takes NUMBER:HASH as log verify prints it")));
  operation.head = head;
  return operation;
}

int run(CommandContext& context) {
  const auto operation = parse(context.arguments);
  const auto head = DeskSession(context).perform(operation);
  if (context.output.json(head)) return 0;
  context.output.note(phrase(plural("The log is whole: {} event.", "The log is whole: {} events.",
                                    static_cast<unsigned long>(head.number.value)),
                             head.number.value));
  context.output.line({std::to_string(head.number.value), ":", head.hash});
  return 0;
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
