#include "core/operations/server/edit.h"

#include "cli/desk_session.h"
#include "cli/server/machine_options.h"
#include "cli/server/server_options.h"
#include "cli/session/log_off.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec log_off_option{
    .name = "log-off",
    .value = Value::required,
    .value_name = "CMD",
    .about = N_(
        "what ends a session that a closed desktop leaves behind, \"\" for nothing: a program and its words, without a "
        "shell, which gilir with and gilir rdp run on the agent's own machine before the server goes on")};
constexpr OptionSpec legacy_option{
    .name = "legacy",
    .about = N_("let SSH and RDP use outdated algorithms there (ssh-rsa, CBC ciphers, SHA-1, TLS 1.0), which can be "
                "broken: for a server that has no better")};
constexpr OptionSpec no_legacy_option{.name = "no-legacy",
                                      .about = N_("let it use those of today only, which is the usual")};
constexpr OptionSpec options[] = {
    address_option, alias_of_option, different_from_option, legacy_option, lock_delay_option,
    log_off_option, logins_option,   no_legacy_option,      offer_option,  protocol_option,
    seats_option,   term_option,     user_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server edit kantor-123 --seats 2", .about = N_("one more agent at once; the line moves up")},
    {.command = "gilir server edit kantor-123 --protocol ssh,rdp", .about = N_("it has a desktop too")},
};
constexpr ExitCodeSpec exit_codes[] = {same_machine_exit};
constexpr auto fields = field_names<ServerView>;

std::optional<bool> legacy_asked(const Arguments& arguments) {
  const bool legacy = arguments.flag("legacy");
  if (legacy && arguments.flag("no-legacy"))
    throw usage_error(UsageProblem::conflicting_options).with("option", "--legacy").with("other", "--no-legacy");
  if (!legacy && !arguments.flag("no-legacy")) return std::nullopt;
  return legacy;
}

// "" is nothing. What cannot be run would keep the server shut after every session.
std::optional<std::string> log_off_asked(const Arguments& arguments) {
  auto command = arguments.text("log-off");
  if (!command || command->empty()) return command;
  if (const auto words = log_off_words(*command); words.problem != nullptr)
    throw usage_error(plain_text(phrase("{}: {}", "--log-off", _(words.problem))));
  return command;
}

EditServer parse(const Arguments& arguments) {
  EditServer operation;
  operation.name = ServerName{arguments.required_word("SERVER")};
  if (!arguments.any_given(options)) throw nothing_to_change();
  if (const auto text = arguments.text("address")) {
    const auto address = parse_address(*text);
    operation.host = address.host;
    operation.port = address.port;
  }
  if (const auto asked = protocols_asked(arguments)) {
    operation.protocols = asked->protocols;
    operation.rdp_port = asked->rdp_port;
  }
  operation.log_off = log_off_asked(arguments);
  operation.legacy = legacy_asked(arguments);
  claim_machine(arguments, operation);
  operation.user = arguments.text("user");
  operation.seats = arguments.number("seats", 1, most_seats);
  operation.logins = logins_asked(arguments);
  operation.term_s = arguments.duration("term");
  operation.lock_delay_s = duration_or_none(arguments, "lock-delay");
  operation.offer_s = arguments.duration("offer");
  return operation;
}

int run(CommandContext& context) {
  auto operation = parse(context.arguments);
  DeskSession desk(context);
  HostAddresses looked_up;
  if (operation.host) looked_up = addresses_of(*operation.host);
  operation.addresses = looked_up.addresses;
  const auto server = desk.perform(operation);
  tell_unresolved(context.output, server.host, looked_up);
  if (!context.output.json(server)) show_server(context.output, server);
  return 0;
}

}  // namespace

extern constexpr CommandSpec server_edit{
    .path = "server edit",
    .purpose = N_("Change a server; what is not named stays as it is; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
